"""The data page, and the file of each table."""

import pytest
from django.utils import timezone

from pkportal.exchange.registry import resources_by_name
from pkportal.website.releases.tables import code_list_rows, release_tables
from tests import make
from tests.equipment.make import equipment
from tests.files import rows_of

pytestmark = pytest.mark.django_db


def columns_of(resource):
    """Return the names of the columns of a public file."""
    return [column.column_name for column in resource().public_columns()]


def make_every_part(mission):
    """Make one record of every kind that belongs to a mission."""
    make.appointment(command=make.command(mission=mission))
    for part in [
        make.objective,
        make.mandate,
        make.event,
        make.challenge,
        make.contribution,
        make.stated_total,
        make.fatality,
        make.mission_name,
        equipment,
    ]:
        part(mission=mission)


def make_one_of_every_model():
    mission, lesson = make.published_mission(), make.published_lesson()
    make_every_part(mission)
    make.cost_share()
    make.country_name()
    make.synonym()
    make.remedial_action(lesson=lesson)
    make.published_topic()
    return mission, lesson


def test_page_describes_every_table_and_every_column(client):
    page = client.get("/data/")

    tables = {table.name: table for table in page.context["tables"]}
    assert tables.keys() == resources_by_name().keys()
    for name, resource in resources_by_name().items():
        assert [column.name for column in tables[name].columns] == columns_of(resource)
        assert all(column.meaning and column.format for column in tables[name].columns)
        assert f'href="/data/{name}.csv"' in page.text
        assert f'href="/data/{name}.json"' in page.text
    assert "<title>Data – Peacekeeping Record</title>" in page.text


def test_page_explains_the_format_and_the_codes_of_a_column(client):
    tables = {table.name: table for table in client.get("/data/").context["tables"]}
    columns = {name: {column.name: column for column in table.columns} for name, table in tables.items()}

    assert columns["missions"]["host_countries"].format == "countries by iso3, separated by semicolons"
    assert columns["contributions"]["mission"].format == "one of the missions, by code"
    assert columns["missions"]["start_date"].format == "date as far as known: 1999, 1999-06 or 1999-06-12"
    assert columns["countries"]["joined_on"].format == "day: 1999-06-12"
    assert columns["contributions"]["quantity"].format == "number"
    assert columns["missions"]["checked"].format == "yes or no"
    assert columns["lessons"]["published_at"].format.startswith("date and time in UTC")
    codes = {name: {it.code: it.label for it in columns["lessons"][name].codes} for name in ["maturity", "dotmlpfi"]}
    assert codes["maturity"]["lesson-learned"] == "lesson learned"
    assert codes["dotmlpfi"]["doctrine"] == "doctrine"
    assert columns["sources"]["code"].help == "Cites the source in texts: [@code]."


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("BSD 3-Clause License", "https://opensource.org/license/bsd-3-clause"),
    ],
)
def test_page_links_the_licences_of_the_record_and_of_the_code(client, name, address):
    assert f'<a href="{address}" rel="license">{name}</a>' in client.get("/data/").text


@pytest.mark.parametrize("file", ["record-serif-licence.txt", "record-sans-licence.txt"])
def test_page_links_the_licences_of_the_fonts(client, file):
    assert f'href="/static/fonts/{file}"' in client.get("/data/").text


def test_published_rows_are_counted_in_one_query(client, django_assert_num_queries):
    make_one_of_every_model()
    draft = make.mission()
    make.contribution(mission=draft)
    make.lesson()
    make.remedial_action(lesson=make.lesson())

    with django_assert_num_queries(2):  # the other one reads the releases
        page = client.get("/data/")

    numbers = {table.name: table.number for table in page.context["tables"]}
    assert numbers["missions"] == numbers["contributions"] == numbers["lessons"] == numbers["remedial_actions"] == 1


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_every_file_has_the_published_rows_and_no_others(client, ending):
    make_one_of_every_model()
    draft, draft_lesson = make.mission(code="draft-mission"), make.lesson()
    make_every_part(draft)
    make.remedial_action(lesson=draft_lesson)
    make.topic()
    open_tables = {"sources", "countries", "country_names", "synonyms", "themes", "cost_shares"}

    for name, resource in resources_by_name().items():
        file = client.get(f"/data/{name}.{ending}")
        rows = rows_of(file)
        assert file.status_code == 200
        assert file["Content-Disposition"] == f'attachment; filename="{name}-{timezone.localdate()}.{ending}"'
        first, *_others = rows
        assert list(first) == columns_of(resource)
        assert len(rows) == (resource._meta.model.objects.count() if name in open_tables else 1), name
        assert "draft-mission" not in str(rows)


def test_file_of_a_table_has_the_rows_of_the_file_of_its_list(client):
    for number in range(3):
        make.published_lesson(title=f"Lesson {number}")

    assert rows_of(client.get("/data/lessons.csv")) == rows_of(client.get("/lessons.csv"))


def test_file_does_not_name_unpublished_records(client):
    make.published_lesson(missions=[make.mission(code="hidden-mission"), make.published_mission(code="open-mission")])

    assert [row["missions"] for row in rows_of(client.get("/data/lessons.csv"))] == ["open-mission"]


@pytest.mark.parametrize(
    "address", ["/data/users.csv", "/data/missions.xml", "/data/missions", "/data/..csv", "/data/.csv"]
)
def test_file_of_an_unknown_table_or_format_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_file_does_not_accept_post(client):
    assert client.post("/data/missions.csv").status_code == 405


def test_every_code_has_a_meaning_but_for_regions_that_the_map_explains():
    rows = code_list_rows(release_tables())
    unexplained = {(table, column) for table, column, _code, _label, meaning in rows if not meaning}

    assert unexplained == {("missions", "region")}
    assert len(rows) > 150
