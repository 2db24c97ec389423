"""Which figures are added up, and what a reader is told when they are not."""

import pytest

from missions.models import Contribution, NoSum, contingent_groups, sum_by_country
from tests import make
from tests.missions.sums import sum_of, values_of

pytestmark = pytest.mark.django_db


def result():
    return sum_of(Contribution.objects.published())


def sums_by_country():
    return {bar.iso3: bar.quantity for bar in result()}


def test_figures_of_one_date_are_added_by_nation_the_largest_first(django_assert_num_queries):
    kfor, italy, spain = make.published_mission(), make.country(name="Italy"), make.country(name="Spain")
    make.contribution(mission=kfor, country=spain, quantity=20)
    make.contribution(mission=kfor, country=italy, quantity=551, value_state="up-to")

    figures = Contribution.objects.published()
    values = values_of(figures)
    with django_assert_num_queries(1):
        first, second = sum_by_country(figures, *values)

    assert first == ("Italy", italy.iso3, 551, "up-to")
    assert second == ("Spain", spain.iso3, 20, "exact")


def test_only_the_better_graded_of_two_sources_counts():
    kfor, italy = make.published_mission(), make.country()
    make.contribution(mission=kfor, country=italy, quantity=600, source=make.source(grade="F"))
    make.contribution(mission=kfor, country=italy, quantity=551, source=make.source(grade="B"))

    assert sums_by_country() == {italy.iso3: 551}


def test_figures_by_place_are_added_unless_the_source_states_the_total():
    mission, source, italy, spain = make.published_mission(), make.source(), make.country(), make.country()
    for place, quantity in [("Herat", 30), ("Kabul", 12)]:
        make.contribution(mission=mission, country=italy, location=place, quantity=quantity, source=source)
        make.contribution(mission=mission, country=spain, location=place, quantity=quantity, source=source)
    make.contribution(mission=mission, country=spain, quantity=50, source=source)

    assert sums_by_country() == {italy.iso3: 42, spain.iso3: 50}


@pytest.mark.parametrize(
    ("herat", "kabul", "both"),
    [("exact", "exact", "exact"), ("about", "exact", "about"), ("about", "at-least", "estimated")],
)
def test_sum_is_as_exact_as_its_figures_and_estimated_if_they_differ(herat, kabul, both):
    mission, italy, source = make.published_mission(), make.country(), make.source()
    make.contribution(mission=mission, country=italy, location="Herat", value_state=herat, source=source)
    make.contribution(mission=mission, country=italy, location="Kabul", value_state=kabul, source=source)

    assert [bar.value_state for bar in result()] == [both]


def test_list_and_mission_page_choose_the_same_headline():
    mission, italy = make.published_mission(), make.country()
    better, other = make.source(grade="A"), make.source(grade="B")
    make.contribution(mission=mission, country=italy, quantity=100, source=other)
    make.contribution(mission=mission, country=italy, quantity=7, location="Pristina", source=other)
    for place, quantity in [("Pec", 40), ("Mitrovica", 50)]:
        make.contribution(mission=mission, country=italy, location=place, quantity=quantity, source=better)
    figures = Contribution.objects.for_list().best_first()

    (group,) = contingent_groups(figures, figures[0].as_of)

    assert sums_by_country() == {italy.iso3: 90}
    assert [part.quantity for part in group.parts] == [90]


def test_figures_of_two_missions_on_one_date_are_added():
    italy = make.country()
    make.contribution(country=italy, quantity=1)
    make.contribution(country=italy, quantity=2)

    assert sums_by_country() == {italy.iso3: 3}


def test_sorties_of_several_missions_are_added_over_dates():
    italy = make.country()
    sorties = {"kind": "aircraft", "unit": "sorties", "basis": "delivered", "country": italy}
    make.contribution(as_of="1995-09", quantity=35, **sorties)
    make.contribution(as_of="2011-08", quantity=65, **sorties)

    assert sums_by_country() == {italy.iso3: 100}


def test_payments_up_to_two_dates_for_one_mission_are_not_added(django_assert_num_queries):
    payment = {"kind": "financial", "unit": "EUR", "basis": "delivered"}
    payment |= {"mission": make.published_mission(), "country": make.country()}
    make.contribution(as_of="2010-02", **payment)
    make.contribution(as_of="2010-12", **payment)

    figures = Contribution.objects.published()
    values = values_of(figures)
    with django_assert_num_queries(3):
        refusal = sum_by_country(figures, *values)

    assert "the later may include the earlier" in refusal.reason
    assert len(refusal.selections) == 2


def test_pledges_are_not_added_over_dates():
    pledge = {"kind": "financial", "unit": "EUR", "basis": "pledged"}
    make.contribution(as_of="2010", **pledge)
    make.contribution(as_of="2011", **pledge)

    assert result().reason.startswith("These figures are of 2 dates; euros")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"as_of": "2018"}, "These figures are of 2 dates; people counted on one date are not added"),
        ({"unit": "teams"}, "These figures are in 2 units"),
        ({"basis": "pledged"}, "These figures count 2 different things"),
        ({"kind": "training"}, "These figures are of 2 kinds"),
    ],
)
def test_figures_of_two_dates_units_bases_or_kinds_are_refused(django_assert_num_queries, fields, reason):
    make.contribution()
    make.contribution(**fields)

    figures = Contribution.objects.published()
    values = values_of(figures)
    with django_assert_num_queries(2):
        refusal = sum_by_country(figures, *values)

    assert isinstance(refusal, NoSum)
    assert refusal.reason.startswith(reason)


def test_sum_of_no_figures_is_empty():
    assert result() == []


def test_each_selection_that_a_refusal_offers_can_be_added(client):
    kfor = make.published_mission(code="kfor", name="Kosovo Force")
    for _ in range(2):
        make.contribution(mission=kfor, as_of="2017-02")
    make.contribution(mission=kfor, as_of="2017")
    make.contribution(mission=kfor, as_of="2017-02-01", unit="teams", kind="police-and-advisers")

    refusal = client.get("/contributions/?from=2016&mission=kfor").context["sums"]()
    (selection, address), *_others = refusal["selections"]

    assert "2 units" in refusal["reason"]
    assert (selection.words, selection.number) == ("Kosovo Force, February 2017: troops, deployed, personnel", 2)
    assert len(client.get(address).context["sums"]()["bars"]) == 2
    addresses = [address for _selection, address in refusal["selections"]]
    assert [len(client.get(address).context["sums"]()["bars"]) for address in addresses] == [2, 1, 1]


def test_only_figures_that_match_the_filters_are_added(client):
    italy = make.country()
    make.contribution(country=italy, quantity=5)
    make.contribution(as_of="2001")
    make.contribution(mission=make.mission(), country=italy)

    def sums_at(address):
        return client.get(address).context["sums"]()

    ((bar, length, _address),) = sums_at(f"/contributions/?country={italy.iso3}")["bars"]
    assert (bar.quantity, length) == (5, 100)
    assert sums_at(f"/contributions/?country={italy.iso3}&kind=medical")["bars"] == []


def test_page_shows_the_sums_and_links_the_figures_of_each_nation(client):
    mission = make.published_mission(code="kfor")
    make.contribution(mission=mission, country=make.country(iso3="ITA", name="Italy"), quantity=551)
    make.contribution(mission=mission, country=make.country(iso3="ESP", name="Spain"), quantity=49)

    text = client.get("/contributions/?mission=kfor").text

    assert "2 nations, 600 together" in text
    assert '<a href="/contributions/?mission=kfor&amp;country=ITA">Italy</a>' in text


def test_page_explains_a_refusal_and_links_what_can_be_added(client):
    mission = make.published_mission(code="kfor", name="Kosovo Force")
    for date in ["2016", "2017"]:
        make.contribution(mission=mission, as_of=date)

    text = client.get("/contributions/?mission=kfor").text

    assert "<b>Not added up.</b> These figures are of 2 dates" in text
    assert "Kosovo Force, 2017: troops, deployed, personnel</a>" in text
