"""The force of a mission on a date: one headline a nation, what others state beside it, sums that may be made."""

import datetime

import pytest

from missions.models import Contribution, comparable_total, contingent_groups
from pkportal.content.dates import PartialDate
from tests import make

pytestmark = pytest.mark.django_db
DATE = PartialDate("2017-02")


def figure(mission, nation, quantity, **fields):
    return make.contribution(mission=mission, country=nation, quantity=quantity, as_of=DATE, **fields)


def force_of(mission):
    return contingent_groups(Contribution.objects.for_list().filter(mission=mission).best_first(), DATE)


def test_the_better_graded_source_makes_the_headline_and_the_other_stands_beside_it():
    mission, italy = make.published_mission(), make.country()
    figure(mission, italy, 551, source=make.source(grade="B"))
    figure(mission, italy, 600, source=make.source(grade="F"))

    ((part,),) = [force.parts for force in force_of(mission)]

    assert (part.quantity, [it.quantity for it in part.others]) == (551, [600])


def test_of_equal_grades_the_newer_source_makes_the_headline():
    mission, italy = make.published_mission(), make.country()
    figure(mission, italy, 700, source=make.source(grade="F"))
    figure(mission, italy, 600, source=make.source(grade="F", published="2017"))
    figure(mission, italy, 551, source=make.source(grade="F", published="2017-03"))

    ((part,),) = [force.parts for force in force_of(mission)]

    assert (part.quantity, sorted(it.quantity for it in part.others)) == (551, [600, 700])


def test_between_equal_sources_the_code_decides_whichever_was_on_record_first():
    mission, italy = make.published_mission(), make.country()
    figure(mission, italy, 600, source=make.source(code="zeitung", grade="F", published="2017"))
    figure(mission, italy, 551, source=make.source(code="annuario", grade="F", published="2017"))

    ((part,),) = [force.parts for force in force_of(mission)]

    assert part.quantity == 551


def test_the_places_that_one_source_names_are_added_up_unless_it_states_the_whole():
    mission, book = make.published_mission(), make.source()
    latvia, italy = make.country(name="A"), make.country(name="B")
    figure(mission, latvia, 60, location="Latvia", source=book)
    figure(mission, latvia, 35, location="Lithuania", source=book)
    figure(mission, italy, 90, source=book)
    figure(mission, italy, 40, location="Latvia", source=book)

    ((first, second),) = [force.parts for force in force_of(mission)]

    assert [(it.country.name, it.quantity) for it in (first, second)] == [("A", 95), ("B", 90)]
    assert [it.location for it in second.within] == ["Latvia"]


def test_a_headline_of_several_figures_is_checked_when_all_of_them_are():
    mission, italy, book = make.published_mission(), make.country(), make.source()
    one = figure(mission, italy, 60, location="Latvia", source=book)
    other = figure(mission, italy, 35, location="Lithuania", source=book)

    one.mark_checked()
    assert not force_of(mission)[0].parts[0].is_checked
    other.mark_checked()
    assert force_of(mission)[0].parts[0].is_checked


def test_what_does_not_compare_is_not_added():
    mission, italy = make.published_mission(), make.country()
    figure(mission, italy, 551)
    figure(mission, italy, 4, kind="ships", unit="ships")
    figure(mission, italy, 900, basis="authorised")

    assert [(force.title, force.total) for force in force_of(mission)] == [
        ("troops, deployed", 551),
        ("troops, authorised", 900),
        ("ships, deployed", 4),
    ]


def test_allies_and_partners_are_those_of_that_date():
    mission = make.published_mission()
    for name, joined in [("Old ally", "1949-04-04"), ("Later ally", "2017-06-05"), ("Partner", None)]:
        joined_on = joined and datetime.date.fromisoformat(joined)
        figure(mission, make.country(name=name, joined_on=joined_on), 10)

    (force,) = force_of(mission)

    assert force.allies == (1, 10)
    assert force.partners == (2, 20)


def test_a_nation_that_joined_within_the_date_says_so():
    mission = make.published_mission()
    figure(mission, make.country(joined_on=datetime.date(2017, 2, 14)), 10)

    ((part,),) = [force.parts for force in force_of(mission)]

    assert (part.is_ally, part.is_joining) == (False, True)


def test_a_sum_is_as_exact_as_its_least_exact_place():
    mission, italy, book = make.published_mission(), make.country(), make.source()
    figure(mission, italy, 60, location="Latvia", source=book)
    figure(mission, italy, 35, location="Lithuania", source=book, value_state="about")

    ((part,),) = [force.parts for force in force_of(mission)]

    assert part.value_state == "about"


def test_the_stated_total_beside_the_sum_is_the_nearest_within_half_a_year():
    mission = make.published_mission()
    figure(mission, make.country(), 4273)
    near = make.stated_total(mission=mission, as_of="2016-12", total=4289)
    far = make.stated_total(mission=mission, as_of="2015-12", total=4609)

    assert comparable_total(force_of(mission), [far, near], DATE) == near
    assert comparable_total(force_of(mission), [far], DATE) is None
    assert comparable_total([], [near], DATE) is None
