"""An import of a file that is older than the record says what is newer in the record, since when and by whom."""

from contextlib import contextmanager

import pghistory
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from missions.models import Contribution, Country, Mission
from tests import make

pytestmark = pytest.mark.django_db
HEADER = "iso3,iso2,name,region,partnership\n"


def questions(page):
    return [shown.row.question for shown in page.context["rows"] if shown.row.question]


@pytest.fixture
def preview(admin_as, data_manager):
    def upload(content, model=Country):
        return admin_as(data_manager).upload(model, SimpleUploadedFile("file.csv", content.encode()))

    return upload


@pytest.fixture
def italy():
    return make.country(iso3="ITA", iso2="IT", name="Italia", region="Europe")


def test_row_that_says_what_the_record_said_before_is_marked(preview, italy, editor):
    with pghistory.context(user=editor.pk):
        Country.objects.update(name="Italy")
        Country.objects.update(region="Southern Europe")

    page = preview(f"{HEADER}ITA,IT,Italia,Europe,none\n")

    by = f"on {timezone.now():%-d %B %Y} by editor"
    assert questions(page) == [f"The record is newer than this row: “name” {by} and “region” {by}."]
    assert "1 row is far from what is on record, or older," in " ".join(page.text.split())


def test_terminal_says_the_same_of_a_file_that_is_older_than_the_record(italy, editor, tmp_path, capsys):
    with pghistory.context(user=editor.pk):
        Country.objects.update(name="Italy")
    file = tmp_path / "countries.csv"
    file.write_text(f"{HEADER}ITA,IT,Italia,Europe,none\n")

    call_command("load", file, "--dry-run")

    by = f"on {timezone.now():%-d %B %Y} by editor"
    said = f"countries.csv, row 2: The record is newer than this row: “name” {by}."
    assert said in capsys.readouterr().out.splitlines()


def test_row_that_says_something_new_is_not_marked(preview, italy):
    Country.objects.update(name="Italy")

    assert questions(preview(f"{HEADER}ITA,IT,Italian Republic,Europe,none\n")) == []


def test_source_of_a_figure_is_compared_too(preview):
    figure = make.contribution(quantity=7)
    Contribution.objects.update(quantity=8)
    columns = ["mission", "country", "kind", "location", "as_of", "basis", "unit"]
    key = [figure.mission.code, figure.country.iso3, figure.kind, "", figure.as_of, figure.basis, figure.unit]
    row = ",".join([*key, "7", figure.source.code])

    page = preview(f"{','.join(columns)},quantity,source\n{row}\n", Contribution)

    assert questions(page)[0].startswith("The record is newer than this row: “quantity” on ")


@pytest.fixture
def hosted():
    """Make a mission in one host country, which gets a second one later, and then another in place of the first."""
    first, second, third = make.country(), make.country(), make.country()
    with later():
        mission = make.mission()
        mission.host_countries.set([first])
    return mission, first, second, third


@contextmanager
def later():
    """Let what is done inside be a transaction of its own: its history has the time at which it began."""
    yield
    with connection.cursor() as cursor:
        for table in ["missions_missionhistory", "missions_missionhostcountrieshistory"]:
            cursor.execute(f"UPDATE {table} SET pgh_created_at = pgh_created_at - interval '1 hour'")  # noqa: S608


def test_links_that_are_what_the_record_had_before_are_marked(preview, hosted, editor, publisher):
    mission, first, second, third = hosted
    with pghistory.context(user=editor.pk), later():
        mission.host_countries.add(second)
    with pghistory.context(user=publisher.pk):
        mission.host_countries.set([second, third])
    header = "code,host_countries\n"

    both = questions(preview(f"{header}{mission.code},{first.iso3};{second.iso3}\n", Mission))
    one = questions(preview(f"{header}{mission.code},{first.iso3}\n", Mission))
    none, new = (questions(preview(f"{header}{mission.code},{cell}\n", Mission)) for cell in ["", third.iso3])

    assert both[0].startswith("The record is newer than this row: “host_countries” on ")
    assert both[0].endswith(" by publisher.")
    assert one[0].endswith(" by editor.")
    assert (none, new) == ([], [])


def test_links_that_a_record_lacked_for_a_time_are_marked(preview):
    with later():
        mission, country = make.mission(), make.country()
    mission.host_countries.add(country)

    asked = questions(preview(f"code,host_countries\n{mission.code},\n", Mission))

    assert asked[0].startswith("The record is newer than this row: “host_countries” on ")


def test_history_of_many_rows_is_read_in_one_query(preview):
    rows = ""
    for _number in range(12):
        country = make.country()
        rows += f"{country.iso3},{country.iso2},{country.name},{country.region},none\n"
    Country.objects.update(region="Elsewhere")

    with CaptureQueriesContext(connection) as queries:
        page = preview(HEADER + rows)

    assert len(questions(page)) == 12
    assert sum('FROM "missions_countryhistory"' in query["sql"] for query in queries) == 1
