"""Columns that explain a row: words for codes, names of linked records, where a row comes from."""

import pytest

from missions.models import Contribution
from pkportal.exchange.explaining import explaining_columns
from pkportal.exchange.mapping import guess_mapping
from pkportal.exchange.registry import resources_by_name
from tests import make
from tests.files import rows_of

pytestmark = pytest.mark.django_db


def test_figure_says_its_codes_in_words_and_names_and_where_it_comes_from(client, settings):
    source = make.source(title="Annual report; part 2", grade="B")
    mission, country = make.published_mission(name="Some Force"), make.country(name="=Nation")
    figure = make.contribution(mission=mission, country=country, source=source, kind="police-and-advisers")

    (row,) = rows_of(client.get("/contributions.csv?columns=all"))

    explained = {
        "mission_name": "Some Force",
        "country_name": "'=Nation",
        "kind_in_words": Contribution.objects.get().get_kind_display(),
        "source_title": "Annual report; part 2",
        "source_grade": "B",
        "permanent_address": f"{settings.SITE_URL}/r/{figure.reference}",
    }
    assert row | explained == row
    assert client.get(f"/r/{figure.reference}").status_code == 302


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_several_records_are_named_in_the_order_of_their_codes_and_hidden_ones_not_at_all(client, ending):
    missions = [make.published_mission(code="b", name="First"), make.published_mission(code="a", name="Second")]
    sources = [make.source(code="s1", title="One", grade=""), make.source(code="s2", title="Two", grade="A")]
    hidden = make.mission(code="aa", name="Hidden")
    make.published_lesson(missions=[*missions, hidden], sources=sources, dotmlpfi=["training", "doctrine"])

    (row,) = rows_of(client.get(f"/lessons.{ending}?columns=all"))

    names = ["missions", "missions_names", "sources_titles", "sources_grades", "dotmlpfi_in_words"]
    joined = [";".join(row[name]) if ending == "json" else row[name] for name in names]
    assert joined == ["a;b", "Second;First", "One;Two", ";A", "training;doctrine"]


def test_columns_are_those_that_are_stored_unless_all_are_asked_for(client):
    make.contribution(mission=make.published_mission())

    (stored,), (explained,) = (rows_of(client.get(f"/contributions.csv{query}")) for query in ["", "?columns=all"])

    assert "country_name" not in stored
    assert [*explained][: len(stored)] == [*stored]


@pytest.mark.parametrize(("query", "reason"), [("columns=some", "Did you mean all?"), ("colums=all", "Did you mean")])
def test_columns_that_are_not_understood_are_refused(client, query, reason):
    for address in ["/contributions.csv", "/data/contributions.csv"]:
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400
        assert reason in response.text


def test_no_column_is_named_twice():
    for resource_class in resources_by_name().values():
        resource = resource_class()
        names = [column.column_name for column in [*resource.public_columns(), *explaining_columns(resource)]]
        assert len(names) == len({*names})
        assert "permanent_address" in names


def test_explaining_columns_are_passed_over_by_name_and_never_taken_for_stored_ones():
    for resource_class in resources_by_name().values():
        resource = resource_class()
        stored, explaining = (
            [it.column_name for it in columns] for columns in [resource.columns(), explaining_columns(resource)]
        )

        mapped = guess_mapping(resource, [*stored, *explaining])

        assert [it.column for it in mapped] == [*stored, *[""] * len(explaining)]
        assert all(it.is_certain for it in mapped)
