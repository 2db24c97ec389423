"""The fixtures: complete in the record, and dumped and loaded without loss."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from missions.models import Contribution, Fatality
from pkportal.changes.unchecked import kinds_by_importance
from pkportal.exchange.registry import resources_by_name
from pkportal.sources.models import Source
from pkportal.sources.unverified import rests_on_unverified

FIXTURES = settings.BASE_DIR / "fixtures"

# rows of the real data set, counted in the files it was compiled in
COUNTS = {
    "countries": 70,
    "country_names": 875,
    "sources": 949,
    "missions": 63,
    "mission_names": 173,
    "objectives": 206,
    "mandates": 139,
    "commands": 73,
    "appointments": 101,
    "events": 234,
    "contributions": 2021,
    "stated_totals": 105,
    "fatalities": 134,
    "cost_shares": 66,
    "themes": 16,
    "challenges": 90,
    "lessons": 111,
    "remedial_actions": 97,
    "topics": 16,
    "synonyms": 284,
}

# rows that the data set calls checked, counted in the same files; a check of a mission does not cover its objectives
CHECKED = {
    "missions": 61,
    "objectives": 137,
    "mandates": 129,
    "commands": 66,
    "appointments": 98,
    "events": 231,
    "contributions": 1980,
    "stated_totals": 105,
    "fatalities": 134,
    "cost_shares": 4,
    "themes": 0,
    "challenges": 65,
    "lessons": 78,
    "topics": 0,
}

pytestmark = pytest.mark.django_db


def dump(folder):
    call_command("dump", folder, verbosity=0)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_row_of_the_fixtures_is_in_the_record():
    counts = {name: resource._meta.model.objects.count() for name, resource in resources_by_name().items()}

    assert {name: counts.pop(name) for name in COUNTS} == COUNTS
    assert {*counts.values()} <= {0}  # models that the fixtures do not have


def test_two_dumps_are_identical(tmp_path):
    assert dump(tmp_path / "one") == dump(tmp_path / "two")


def test_dump_of_the_loaded_fixtures_is_identical_to_them(tmp_path):
    dumped = dump(tmp_path)
    topics = dumped.pop("topics.csv").decode()

    files = {path.name: path.read_bytes() for path in FIXTURES.glob("*.csv") if path.name != "topics.csv"}
    assert {name: dumped.pop(name) for name in files} == files
    assert all(content.count(b"\n") == 1 for content in dumped.values())  # a header alone, of models without fixtures
    texts = {row["code"]: row.pop("text") for row in csv.DictReader(topics.splitlines(keepends=True))}
    assert texts == {path.stem: path.read_text() for path in (FIXTURES / "topics").glob("*.md")}


@pytest.mark.parametrize("source", ["dump", "fixtures"])
def test_loading_the_same_data_again_changes_nothing(tmp_path, capsys, source):
    dump(tmp_path)
    folder = {"dump": tmp_path, "fixtures": FIXTURES}[source]
    call_command("load", folder)

    lines = [line for line in capsys.readouterr().out.splitlines() if ".csv:" in line]
    assert len(lines) == len([*folder.glob("*.csv")])
    assert [line for line in lines if ": 0 new, 0 changed" not in line] == []


def test_kfor_in_february_2017_is_thirty_nations_and_4273_people():
    rows = Contribution.objects.filter(mission__code="kfor", as_of="2017-02", source__code="kfor-placemat-2017-02")

    assert rows.count() == 30
    assert sum(row.quantity for row in rows) == 4273


def test_rows_marked_as_checked_are_checked_in_the_record():
    expected, checked = {}, {}
    for name in COUNTS:
        resource_class = resources_by_name()[name]
        with open(FIXTURES / f"{name}.csv", newline="") as file:
            rows = [*csv.DictReader(file)]
        if "checked" in resource_class._meta.fields:
            expected[name] = sum(row["checked"] == "yes" for row in rows)
            checked[name] = resource_class._meta.model.objects.filter(is_checked=True).count()

    assert checked == expected == CHECKED


def test_nothing_that_rests_on_unverified_sources_alone_is_checked():
    kinds = kinds_by_importance()

    assert [kind for kind in kinds if kind.objects.filter(rests_on_unverified(kind), is_checked=True).exists()] == []
    assert Contribution.objects.filter(rests_on_unverified(Contribution)).count() == 22


def test_seven_figures_are_doubtful_until_they_are_checked():
    doubtful = Contribution.objects.exclude(doubt="")

    assert doubtful.count() == 7
    assert all(figure.open_doubt for figure in doubtful)


def test_deaths_under_isaf_say_that_they_count_all_foreign_forces():
    scopes = {*Fatality.objects.filter(mission__code="isaf").values_list("scope", flat=True)}

    assert scopes == {"of all foreign forces in Afghanistan since 2001"}


def test_every_source_has_a_short_title():
    assert not Source.objects.filter(short_title="").exists()


def test_every_text_of_the_record_is_marked_as_ai_assisted():
    resource_classes = resources_by_name().values()
    assisted = [resource._meta.model for resource in resource_classes if "ai_assisted" in resource._meta.fields]

    assert len(assisted) == 8
    assert [model for model in assisted if model.objects.filter(ai_assisted=False).exists()] == []


def test_topics_have_between_400_and_900_words():
    lengths = {path.stem: len(path.read_text().split()) for path in Path(FIXTURES / "topics").glob("*.md")}

    assert len(lengths) == 16
    assert {code: length for code, length in lengths.items() if not 400 <= length <= 900} == {}
