"""The panel of the API: for each mission, nation and year one figure, chosen by the rule of every page."""

import pytest

from missions.models import Contribution, contingent_groups, yearly_figures, yearly_rows
from pkportal.content.dates import PartialDate
from tests import make

pytestmark = pytest.mark.django_db
PANEL = "/api/v1/contributions/panel?unit=personnel&kind=troops"


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor")


@pytest.fixture
def italy():
    return make.country(iso3="ITA", name="Italy")


def troops(mission, country, as_of, quantity, **fields):
    return make.contribution(
        mission=mission, country=country, as_of=as_of, quantity=quantity, kind="troops", unit="personnel", **fields
    )


def test_panel_has_the_latest_figure_of_each_year_and_adds_nothing_over_dates(client, kfor, italy):
    source = make.source(code="report")
    for as_of, quantity in [("2004-02", 900), ("2004-11", 700), ("2005", 600)]:
        troops(kfor, italy, as_of, quantity, source=source)
    troops(make.published_mission(code="isaf"), italy, "2004-05", 50, source=source, value_state="about")
    troops(kfor, italy, "2004-12", 5000, basis="authorised")
    troops(make.mission(), italy, "2004-12", 9)

    panel = client.get(PANEL).json()

    rest = {"country": "ITA", "source": "report"}
    assert panel["data"] == [
        {"mission": "isaf", "year": 2004, "quantity": 50, "value_state": "about", "as_of": "2004-05", **rest},
        {"mission": "kfor", "year": 2004, "quantity": 700, "value_state": "exact", "as_of": "2004-11", **rest},
        {"mission": "kfor", "year": 2005, "quantity": 600, "value_state": "exact", "as_of": "2005", **rest},
    ]
    assert "never a sum over dates" in panel["rule"]
    assert [row["quantity"] for row in client.get(f"{PANEL}&basis=authorised").json()["data"]] == [5000]


def test_panel_takes_the_better_source_and_adds_its_figures_by_place(client, kfor, italy):
    poor, good = make.source(grade="F"), make.source(code="good", grade="A")
    troops(kfor, italy, "2004-06", 999, source=poor)
    for place, quantity, state in [("Pristina", 100, "exact"), ("Pec", 50, "about")]:
        troops(kfor, italy, "2004-06", quantity, location=place, source=good, value_state=state)

    (row,) = client.get(PANEL).json()["data"]

    assert (row["quantity"], row["value_state"], row["source"]) == (150, "about", "good")


def test_panel_has_the_figures_that_the_page_of_a_mission_shows_for_a_year(kfor, italy):
    spain = make.country(iso3="ESP", name="Spain")
    good, poor = make.source(grade="B", published="2004"), make.source(grade="B", published="2005")
    troops(kfor, italy, "2004-03", 10, source=good)
    troops(kfor, italy, "2004-09", 20, source=good, location="Pec")
    troops(kfor, spain, "2004-05", 30, source=good)
    troops(kfor, spain, "2004-05", 40, source=poor)
    troops(kfor, spain, "2004-05", 15, source=poor, location="Istok")

    figures = Contribution.objects.published()
    (group,) = contingent_groups(figures.select_related("country").best_first(), PartialDate("2004"))

    shown = {(part.country.iso3, part.quantity, part.as_of) for part in group.parts}
    assert {(row.country, row.quantity, row.as_of) for row in yearly_figures(yearly_rows(figures))} == shown
    assert shown == {("ITA", 10, "2004-03"), ("ESP", 40, "2004-05")}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=troops", "unit"),
        ("unit=personnel", "kind"),
        ("unit=personnel&kind=trops", "kind"),
        ("unit=personnel&kind=troops&basis=all", "basis"),
        ("unit=personnel&kind=troops&kind=police-and-advisers", "kind"),
        ("unit=personnel&kind=troops&limit=0", "limit"),
        ("unit=personnel&kind=troops&sort=date", "sort"),
        ("unit=personnel&kind=troops&fields=mission,yer", "fields"),
    ],
)
def test_panel_needs_one_unit_and_one_kind(client, query, parameter):
    refused = client.get(f"/api/v1/contributions/panel?{query}")

    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, parameter)


def test_panel_is_one_query_and_is_narrowed_by_the_filters_of_the_list(client, kfor, italy, django_assert_num_queries):
    troops(kfor, italy, "2004", 1)
    troops(kfor, italy, "2010", 2)
    troops(kfor, make.country(iso3="ESP"), "2004", 3)

    with django_assert_num_queries(1):
        assert len(client.get(PANEL).json()["data"]) == 3
    assert [row["quantity"] for row in client.get(f"{PANEL}&country=ITA&to=2006&mission=kfor").json()["data"]] == [1]


def test_panel_is_read_page_by_page_with_the_columns_that_are_wanted(client, kfor, italy):
    years = [str(year) for year in range(2000, 2005)]
    for year in years:
        troops(kfor, italy, year, int(year))
    address, found = f"{PANEL}&limit=2&fields=year,quantity", []
    while address:
        page = client.get(address).json()
        found += page["data"]
        assert len(page["data"]) <= 2
        address = page["links"]["next"]

    assert found == [{"year": int(year), "quantity": int(year)} for year in years]
    back = page["data"]
    while address := page["links"]["prev"]:
        page = client.get(address).json()
        back = page["data"] + back
    assert back == found
    assert client.get(f"{PANEL}&after=a.{'b' * 43}").status_code == 404
