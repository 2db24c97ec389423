"""Contingents of a mission on a date: one headline figure per nation, other sources beside it, and the sums."""

import datetime

import pytest

from missions.models import Contribution, comparable_total, contingent_groups
from missions.models.contingents import age_in_words
from pkportal.content.dates import PartialDate
from tests import make

pytestmark = pytest.mark.django_db
DATE = PartialDate("2017-02")


def contribution(mission, nation, quantity, **fields):
    return make.contribution(mission=mission, country=nation, quantity=quantity, as_of=DATE, **fields)


def groups_of(mission):
    return contingent_groups(Contribution.objects.for_list().filter(mission=mission).best_first(), DATE)


def only_part_of(mission):
    (group,) = groups_of(mission)
    (part,) = group.parts
    return part


def test_headline_comes_from_the_better_graded_source_and_the_other_figure_is_kept_beside_it():
    mission, italy = make.published_mission(), make.country()
    contribution(mission, italy, 551, source=make.source(grade="B"))
    contribution(mission, italy, 600, source=make.source(grade="F"))

    part = only_part_of(mission)

    assert (part.quantity, [figure.quantity for figure in part.others]) == (551, [600])


def test_headline_comes_from_the_newer_of_two_sources_of_the_same_grade():
    mission, italy = make.published_mission(), make.country()
    contribution(mission, italy, 700, source=make.source(grade="F"))
    contribution(mission, italy, 600, source=make.source(grade="F", published="2017"))
    contribution(mission, italy, 551, source=make.source(grade="F", published="2017-03"))

    part = only_part_of(mission)

    assert (part.quantity, sorted(figure.quantity for figure in part.others)) == (551, [600, 700])


def test_headline_comes_from_the_first_source_code_if_grade_and_date_are_equal():
    mission, italy = make.published_mission(), make.country()
    contribution(mission, italy, 600, source=make.source(code="zeitung", grade="F", published="2017"))
    contribution(mission, italy, 551, source=make.source(code="annuario", grade="F", published="2017"))

    part = only_part_of(mission)

    assert part.quantity == 551


def test_figures_by_place_of_one_source_are_added_unless_it_states_the_total():
    mission, source = make.published_mission(), make.source()
    latvia, italy = make.country(name="A"), make.country(name="B")
    contribution(mission, latvia, 60, location="Latvia", source=source)
    contribution(mission, latvia, 35, location="Lithuania", source=source)
    contribution(mission, italy, 90, source=source)
    contribution(mission, italy, 40, location="Latvia", source=source)

    ((first, second),) = [group.parts for group in groups_of(mission)]

    assert [(part.country.name, part.quantity) for part in (first, second)] == [("A", 95), ("B", 90)]
    assert [part.location for part in second.within] == ["Latvia"]


def test_headline_of_several_figures_is_checked_only_if_each_of_them_is():
    mission, italy, source = make.published_mission(), make.country(), make.source()
    first = contribution(mission, italy, 60, location="Latvia", source=source)
    second = contribution(mission, italy, 35, location="Lithuania", source=source)

    first.mark_checked()
    assert not only_part_of(mission).is_checked
    second.mark_checked()
    assert only_part_of(mission).is_checked


def test_figures_of_different_kind_or_basis_are_separate_groups():
    mission, italy = make.published_mission(), make.country()
    contribution(mission, italy, 551)
    contribution(mission, italy, 4, kind="ships", unit="ships")
    contribution(mission, italy, 900, basis="authorised")

    assert [(group.title, group.total) for group in groups_of(mission)] == [
        ("troops, deployed", 551),
        ("troops, authorised", 900),
        ("ships, deployed", 4),
    ]


def test_allies_and_partners_are_counted_as_of_the_date():
    mission = make.published_mission()
    for name, joined in [("Old ally", "1949-04-04"), ("Later ally", "2017-06-05"), ("Partner", None)]:
        joined_on = joined and datetime.date.fromisoformat(joined)
        contribution(mission, make.country(name=name, joined_on=joined_on), 10)

    (group,) = groups_of(mission)

    assert group.allies == (1, 10)
    assert group.partners == (2, 20)


def test_nation_that_joined_within_the_month_is_joining():
    mission = make.published_mission()
    contribution(mission, make.country(joined_on=datetime.date(2017, 2, 14)), 10)

    part = only_part_of(mission)

    assert (part.is_ally, part.is_joining) == (False, True)


def test_sum_is_as_exact_as_its_least_exact_figure():
    mission, italy, source = make.published_mission(), make.country(), make.source()
    contribution(mission, italy, 60, location="Latvia", source=source)
    contribution(mission, italy, 35, location="Lithuania", source=source, value_state="about")

    part = only_part_of(mission)

    assert part.value_state == "about"


def test_sum_is_compared_with_a_stated_total_of_nearly_the_same_date_alone():
    mission = make.published_mission()
    contribution(mission, make.country(), 4273)
    near = make.stated_total(mission=mission, as_of="2017-01", total=4289)
    far = make.stated_total(mission=mission, as_of="2015-12", total=4609)

    assert comparable_total(groups_of(mission), [far, near], DATE) == near
    assert comparable_total(groups_of(mission), [far], DATE) is None
    assert comparable_total([], [near], DATE) is None


def test_map_names_the_date_for_which_each_figure_is_stated_and_not_that_asked_for(client):
    mission = make.published_mission(code="kfor")
    for iso3, as_of in [("ITA", "2017-02"), ("DEU", "2016"), ("FRA", "2017-02")]:
        make.contribution(mission=mission, country=make.country(iso3=iso3), as_of=as_of)

    chart = client.get("/missions/kfor/?on=2017-02").context["map"]

    stated = {mark.nation.iso3: mark.nation.description.partition(",")[2].partition(".")[0] for mark in chart.marks}
    assert stated == {"ITA": " February 2017", "DEU": " 2016", "FRA": " February 2017"}


@pytest.mark.parametrize(
    ("as_of", "date", "age"),
    [
        ("2022", "2023", "1 year earlier"),
        ("2009", "2011", "2 years earlier"),
        ("2022-12", "2023-01", "1 month earlier"),
        ("2022-12-31", "2023-01-01", "1 day earlier"),
        ("2022-11-15", "2023-01-01", "1 month earlier"),
        ("2022", "2023-06-12", "at least 5 months earlier"),
        ("2022-12-31", "2023", "at least 1 day earlier"),
        ("2022", "2022-06", ""),
    ],
)
def test_age_of_a_figure_is_said_no_more_exactly_than_its_date(as_of, date, age):
    assert age_in_words(PartialDate(as_of), PartialDate(date)) == age
