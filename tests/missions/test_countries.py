"""The list of nations: its counts, its filters and its file."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db


ALLY = {"joined_on": date(1999, 3, 12)}


PARTNER = {"partnership": "PfP/EAPC"}


def names_listed(client, query=""):
    return [country.name for country in client.get(f"/countries/?{query}").context["object_list"]]


def test_list_counts_missions_figures_and_hosted_missions_of_each_nation(client):
    host = make.country(name="Kosovo")
    contributor = make.country(name="Italy", **ALLY)
    kfor, sfor = make.published_mission(host_countries=[host]), make.published_mission()
    for mission, year in [(kfor, "2001"), (kfor, "2002"), (sfor, "2002")]:
        make.contribution(mission=mission, country=contributor, as_of=year)

    italy, kosovo = client.get("/countries/").context["object_list"]

    assert (italy, italy.mission_count, italy.figure_count, italy.hosted_count) == (contributor, 2, 3, 0)
    assert (kosovo, kosovo.mission_count, kosovo.figure_count, kosovo.hosted_count) == (host, 0, 0, 1)
    assert "Ally since 1999" in client.get("/countries/").text


def test_counts_leave_out_draft_missions(admin_client):
    nation, draft = make.country(), make.mission(name="Draft")
    draft.host_countries.add(nation)
    make.contribution(mission=draft, country=nation)

    (country,) = admin_client.get("/countries/").context["object_list"]

    assert (country.mission_count, country.figure_count, country.hosted_count) == (0, 0, 0)


def test_search_finds_names_and_codes(client):
    make.country(name="Slovakia", iso3="SVK", iso2="SK")
    make.country(name="Slovenia", iso3="SVN", iso2="SI")
    make.country(name="Italy", iso3="ITA", iso2="IT")

    assert names_listed(client, "q=slov") == ["Slovakia", "Slovenia"]
    assert names_listed(client, "q=+svk+") == ["Slovakia"]
    assert names_listed(client, "q=it") == ["Italy"]
    assert names_listed(client, "q=%25") == []


def test_filters_allies_partners_and_others_as_of_today(client):
    make.country(name="Ally", **ALLY)
    make.country(name="Ally that was a partner", **ALLY, **PARTNER)
    make.country(name="Next ally", joined_on=timezone.localdate() + timedelta(days=1), **PARTNER)
    make.country(name="Partner", **PARTNER)
    make.country(name="Neither")

    assert names_listed(client, "standing=ally") == ["Ally", "Ally that was a partner"]
    assert names_listed(client, "standing=partner") == ["Next ally", "Partner"]
    assert names_listed(client, "standing=neither") == ["Neither"]


def test_region_filter_combines_with_the_filter_of_allies(client):
    make.country(name="A", region="Western Asia", **ALLY)
    make.country(name="B", region="Western Asia")
    make.country(name="C", region="Oceania")

    assert names_listed(client, "region=Western+Asia") == ["A", "B"]
    assert names_listed(client, "region=Western+Asia&standing=ally") == ["A"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("q", "%00"), ("q", "x" * 10_000), ("standing", "abc"), ("standing", "%00")],
        *[("region", "Atlantis"), ("region", "%00")],
    ],
)
def test_invalid_value_is_said_at_its_field_and_left_out(client, field, value):
    make.country()

    page = client.get(f"/countries/?{field}={value}&page=zzz")

    assert page.status_code == 200
    assert len([*page.context["object_list"]]) == 1
    assert f'id="id_{field}_error"' in page.text


def test_csv_has_the_filtered_nations_in_the_order_of_the_list(client):
    for name in ["Norway", "Denmark", "Italy"]:
        make.country(name=name, region="Oceania" if name == "Italy" else "Northern Europe")

    text = b"".join(client.get("/countries.csv?region=Northern+Europe")).decode("utf-8-sig")

    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["Denmark", "Norway"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number_of_nations(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make.contribution()

    with django_assert_num_queries(3):  # the regions to choose from, the count, the page
        assert len(names_listed(client)) == rows


def test_code_in_lower_case_redirects_to_the_canonical_address(client):
    make.country(iso3="ITA")

    for code in ["ita", "Ita"]:
        response = client.get(f"/countries/{code}/")
        assert (response.status_code, response["Location"]) == (301, "/countries/ITA/")


@pytest.mark.parametrize("code", ["ZZZ", "zzz", "IT", "ITAL", "I%00A", "123"])
def test_unknown_code_is_not_found(client, code):
    assert client.get(f"/countries/{code}/").status_code == 404
