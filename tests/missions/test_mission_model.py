"""The model of missions: obstacles to publication, short texts, and what its query sets load."""

import pytest

from missions.models import Mission
from tests import make

pytestmark = pytest.mark.django_db


def test_mission_with_a_summary_and_a_source_has_no_obstacles():
    source = make.source()
    listed = make.mission(sources=[source])
    cited = make.mission(sources=[], summary=f"It kept the peace [@{source.code}].")

    assert [[*mission.obstacles()] for mission in [listed, cited]] == [[], []]


def test_each_obstacle_to_publication_is_named():
    mission = make.mission(sources=[])
    mission.predecessors.set([mission])
    mission.summary = ""

    assert [str(obstacle) for obstacle in mission.obstacles()] == [
        *["It has no summary.", "It cites no source.", "It is its own predecessor."]
    ]


def test_another_predecessor_is_no_obstacle():
    mission = make.mission(predecessors=[make.mission()])

    assert [*mission.obstacles()] == []


@pytest.mark.parametrize(("acronym", "text"), [("KFOR", "KFOR"), ("", "Kosovo Force")])
def test_mission_as_text_is_its_acronym_or_its_name(acronym, text):
    assert str(make.mission(name="Kosovo Force", acronym=acronym)) == text


def test_address_of_its_figures_has_the_mission_and_further_filters():
    mission = make.mission(code="kfor")

    assert mission.figures_address() == "/contributions/?mission=kfor"
    assert mission.figures_address(country="ITA") == "/contributions/?mission=kfor&country=ITA"


def test_list_has_the_host_countries_by_name_and_no_long_texts():
    hosts = [make.country(name=name) for name in ["Kosovo", "Albania"]]
    make.mission(host_countries=hosts)

    mission = Mission.objects.for_list().get()

    assert [host["name"] for host in mission.hosts] == ["Albania", "Kosovo"]
    assert mission.get_deferred_fields() == {"search", "outcome", "cited"}


def test_timeline_has_the_earliest_mission_first_and_equals_by_code():
    for code, start_date in [("c", "1999"), ("b", "1999"), ("a", "2001")]:
        make.mission(code=code, start_date=start_date)

    assert [mission.code for mission in Mission.objects.for_timeline()] == ["b", "c", "a"]


def test_missions_of_a_nation_are_those_it_hosted_or_contributed_to_each_of_them_once():
    nation, other = make.country(), make.country()
    hosted = make.mission(host_countries=[nation, other])
    joined = make.mission(host_countries=[other])
    for date in ["2001", "2002"]:
        make.contribution(mission=joined, country=nation, as_of=date)
    make.contribution(mission=make.mission(host_countries=[other]), country=other)

    missions = Mission.objects.of_nation(nation)

    assert {mission: mission.is_host for mission in missions} == {hosted: True, joined: False}
    assert len(missions) == 2
    assert {frozenset(mission.get_deferred_fields()) for mission in missions} == {
        frozenset({"search", "summary", "outcome", "cited"})
    }


def test_map_has_the_place_and_the_host_countries_in_two_queries(django_assert_num_queries):
    make.mission(latitude=42.6, longitude=21.2, host_countries=[make.country(name="Kosovo")])

    with django_assert_num_queries(2):
        (mission,) = Mission.objects.for_map()
        assert (mission.latitude, mission.longitude) == (42.6, 21.2)
        assert [country.name for country in mission.host_countries.all()] == ["Kosovo"]
