"""Reading several figures: their order, their titles, and which of them counts."""

import pytest

from missions.models import Contribution, NoSum, comparable_total, contingent_groups
from pkportal.content.dates import PartialDate
from tests import make
from tests.missions.sums import sum_of

pytestmark = pytest.mark.django_db
DATE = PartialDate("2017-02")


def groups_of(mission):
    return contingent_groups(Contribution.objects.for_list().filter(mission=mission).best_first(), DATE)


def test_groups_are_ordered_by_people_first_then_by_basis_and_size():
    mission = make.published_mission()
    for fields in [
        {"kind": "aircraft", "unit": "aircraft", "quantity": 9000},
        {"kind": "troops", "basis": "pledged", "quantity": 8000},
        {"kind": "training", "quantity": 40},
        {"kind": "police-and-advisers", "quantity": 70},
    ]:
        make.contribution(mission=mission, **fields)

    assert [group.title for group in groups_of(mission)] == [
        "police and advisers, deployed",
        "training, deployed",
        "troops, pledged",
        "aircraft, deployed",
    ]


def test_title_of_a_group_names_the_unit_if_it_differs_from_the_kind():
    mission = make.published_mission()
    make.contribution(mission=mission, kind="training", unit="teams", quantity=3)
    make.contribution(mission=mission, kind="ships", unit="ships", quantity=2)

    assert [group.title for group in groups_of(mission)] == ["training (teams), deployed", "ships, deployed"]


def test_nations_are_ordered_by_quantity_and_then_by_name():
    mission = make.published_mission()
    for name, quantity in [("Spain", 20), ("Italy", 20), ("Albania", 5), ("Norway", 30)]:
        make.contribution(mission=mission, country=make.country(name=name), quantity=quantity)

    (group,) = groups_of(mission)
    sums = sum_of(Contribution.objects.published())

    assert [part.country.name for part in group.parts] == ["Norway", "Italy", "Spain", "Albania"]
    assert [country_sum.nation for country_sum in sums] == ["Norway", "Italy", "Spain", "Albania"]


def test_figures_by_place_of_another_source_are_not_part_of_the_headline():
    mission, italy, better, other = make.published_mission(), make.country(), make.source(grade="A"), make.source()
    make.contribution(mission=mission, country=italy, quantity=90, source=better)
    make.contribution(mission=mission, country=italy, quantity=40, source=better, location="Pristina")
    make.contribution(mission=mission, country=italy, quantity=70, source=other)
    make.contribution(mission=mission, country=italy, quantity=30, source=other, location="Pec")

    ((part,),) = [group.parts for group in groups_of(mission)]

    assert part.quantity == 90
    assert [figure.quantity for figure in part.within] == [40]
    assert sorted(figure.quantity for figure in part.others) == [30, 70]


def test_only_a_nation_that_joined_within_the_month_is_joining():
    mission = make.published_mission()
    make.contribution(mission=mission, country=make.country(joined_on="1949-04-04"))
    make.contribution(mission=mission, country=make.country(joined_on="2017-02-01"))
    make.contribution(mission=mission, country=make.country(joined_on="2017-02-28"))
    make.contribution(mission=mission, country=make.country(joined_on="2017-03-01"))

    (group,) = groups_of(mission)

    parts = sorted(group.parts, key=lambda part: part.country.joined_on)
    assert [(part.is_ally, part.is_joining) for part in parts] == [
        (True, False),
        (True, False),
        (False, True),
        (False, False),
    ]


def test_two_rounded_figures_make_a_rounded_sum_and_not_an_estimated_one():
    mission, italy, source = make.published_mission(), make.country(), make.source()
    for place in ["Herat", "Kabul"]:
        make.contribution(mission=mission, country=italy, location=place, value_state="about", source=source)

    assert [country_sum.value_state for country_sum in sum_of(Contribution.objects.published())] == ["about"]


@pytest.mark.parametrize(
    ("dates", "nearest"),
    [
        (["2017-01", "2017-02"], "2017-02"),
        (["2017-01-31", "2017-03-10"], "2017-01-31"),
        (["2016-12-31"], "2016-12-31"),  # 59 days before the last of February
        (["2016-12-30"], None),
        (["2017-01"], "2017-01"),
        (["2016-12"], None),
        (["2017-04-01"], "2017-04-01"),
        (["2017-04-02"], None),
        (["2017-03"], "2017-03"),
        (["2017"], None),
    ],
)
def test_sum_is_compared_with_the_nearest_total_that_is_surely_less_than_sixty_days_away(dates, nearest):
    mission = make.published_mission()
    make.contribution(mission=mission)
    totals = [make.stated_total(mission=mission, as_of=date) for date in dates]

    total = comparable_total(groups_of(mission), totals, DATE)

    assert (total and total.as_of) == nearest


@pytest.mark.parametrize("fields", [{"basis": "pledged"}, {"kind": "ships", "unit": "ships"}])
def test_only_people_deployed_are_compared_with_a_total(fields):
    mission = make.published_mission()
    make.contribution(mission=mission, **fields)

    assert comparable_total(groups_of(mission), [make.stated_total(mission=mission)], DATE) is None


def test_refusal_offers_the_three_largest_selections_the_latest_of_equal_size_first():
    first, second = make.published_mission(name="Alpha"), make.published_mission(name="Bravo")
    for mission, date in [(second, "2003"), (second, "2004"), (second, "2004"), (first, "2006"), (first, "2005")]:
        make.contribution(mission=mission, as_of=date)

    refusal = sum_of(Contribution.objects.published())

    assert isinstance(refusal, NoSum)
    assert [(selection.words, selection.number) for selection in refusal.selections] == [
        ("Bravo, 2004: troops, deployed, personnel", 2),
        ("Alpha, 2006: troops, deployed, personnel", 1),
        ("Alpha, 2005: troops, deployed, personnel", 1),
    ]


def test_selection_does_not_repeat_a_word_that_is_both_kind_and_unit():
    mission = make.published_mission(name="Alpha")
    make.contribution(mission=mission, kind="ships", unit="ships")
    make.contribution(mission=mission)

    words = [selection.words for selection in sum_of(Contribution.objects.published()).selections]

    assert "Alpha, February 2017: ships, deployed" in words


def test_sum_of_a_nation_adds_the_headlines_of_its_missions():
    italy, better, other = make.country(), make.source(grade="A"), make.source(grade="F")
    for mission in [make.published_mission(), make.published_mission()]:
        make.contribution(mission=mission, country=italy, quantity=10, source=better)
        make.contribution(mission=mission, country=italy, quantity=99, source=other)

    assert [country_sum.quantity for country_sum in sum_of(Contribution.objects.published())] == [20]


def test_unsorted_figures_make_one_group_per_kind_and_one_part_per_nation():
    mission, italy, spain = make.published_mission(), make.country(name="Italy"), make.country(name="Spain")
    book, paper = make.source(grade="A"), make.source(grade="B")
    figures = [
        (italy, book, {"location": "Herat", "quantity": 30}),
        (italy, book, {"kind": "ships", "unit": "ships", "quantity": 4}),
        (spain, paper, {"quantity": 7}),
        (italy, book, {"location": "Kabul", "quantity": 12}),
        (spain, paper, {"kind": "ships", "unit": "ships", "quantity": 1}),
    ]
    for nation, source, fields in figures:
        make.contribution(mission=mission, country=nation, source=source, **fields)

    groups = contingent_groups(Contribution.objects.for_list().filter(mission=mission).order_by("pk"), DATE)

    assert [(group.title, [(part.country.name, part.quantity) for part in group.parts]) for group in groups] == [
        ("troops, deployed", [("Italy", 42), ("Spain", 7)]),
        ("ships, deployed", [("Italy", 4), ("Spain", 1)]),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "ships", "unit": "ships", "quantity": 1}, "1 ship"),
        ({"kind": "ships", "unit": "ships", "quantity": 2}, "2 ships"),
        ({"quantity": 0}, "0 personnel"),
        ({"quantity": 1}, "1 person"),
        ({"kind": "financial", "unit": "EUR", "quantity": 1}, "1 euro"),
    ],
)
def test_unit_is_singular_for_a_quantity_of_one(fields, words):
    figure = make.contribution(
        mission=make.published_mission(acronym="KFOR"), country=make.country(name="Italy"), **fields
    )

    assert str(figure) == f"KFOR, Italy, 2017-02: {words}"


@pytest.mark.parametrize(("kind", "unit"), [("aircraft", "sorties"), ("financial", "EUR"), ("financial", "USD")])
def test_sorties_and_money_are_added_over_dates(kind, unit):
    italy = make.country()
    for date, quantity in [("2010", 3), ("2011-02", 4)]:
        make.contribution(country=italy, as_of=date, quantity=quantity, kind=kind, unit=unit, basis="delivered")

    assert [country_sum.quantity for country_sum in sum_of(Contribution.objects.published())] == [7]


@pytest.mark.parametrize(
    ("kind", "unit", "what"),
    [("troops", "personnel", "people"), ("ships", "ships", "ships"), ("training", "teams", "teams")],
)
def test_people_and_things_are_not_added_over_dates_even_if_they_were_delivered(kind, unit, what):
    for date in ["2010", "2011-02"]:
        make.contribution(as_of=date, kind=kind, unit=unit, basis="delivered")

    refusal = sum_of(Contribution.objects.published())

    assert refusal.reason.startswith(f"These figures are of 2 dates; {what} counted on one date")


def test_sorties_of_one_nation_in_one_mission_on_two_dates_are_not_added():
    mission, italy, source = make.published_mission(), make.country(), make.source()
    sorties = {"kind": "aircraft", "unit": "sorties", "basis": "delivered", "mission": mission, "source": source}
    make.contribution(country=italy, as_of="2010", location="Herat", **sorties)
    make.contribution(country=italy, as_of="2011", location="Kabul", **sorties)
    make.contribution(country=make.country(), as_of="2011", **sorties)

    assert "the later may include the earlier" in sum_of(Contribution.objects.published()).reason


def test_order_of_the_list_changes_neither_the_sums_nor_the_selections():
    mission, source = make.published_mission(name="Alpha"), make.source()
    for quantity in [3, 1, 2]:
        make.contribution(mission=mission, quantity=quantity, source=source)
    figures = Contribution.objects.published()
    assert sum_of(figures.order_by("quantity")) == sum_of(figures)

    make.contribution(mission=mission, as_of="2016", source=source)
    (largest, other) = sum_of(figures.order_by("quantity")).selections

    assert (largest.words, largest.number) == ("Alpha, February 2017: troops, deployed, personnel", 3)
    assert other.number == 1
