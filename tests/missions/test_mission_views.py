"""The list of missions as a timeline and on maps."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_timeline_shows_all_matching_missions_and_not_only_one_page(client):
    for _ in range(60):
        make.published_mission(type="peacekeeping")
    make.published_mission(type="humanitarian-relief")

    lanes = client.get("/missions/?view=timeline&type=peacekeeping").context["timeline"]

    assert sum(len(group.marks) for group in lanes.groups) == 60


def test_country_on_the_map_links_to_its_missions_and_keeps_the_filters(client):
    kosovo = make.country(iso3="XKX", name="Kosovo")
    for acronym in ["KFOR", "NALT"]:
        make.published_mission(acronym=acronym, host_countries=[kosovo], type="peacekeeping")
    make.published_mission(acronym="OTHER", host_countries=[kosovo], type="humanitarian-relief")

    page = client.get("/missions/?view=map&type=peacekeeping")

    (mark,) = page.context["maps"][0].marks
    assert mark.nation.description in {"Kosovo: KFOR, NALT", "Kosovo: NALT, KFOR"}
    assert mark.nation.address == "/missions/?type=peacekeeping&host=XKX"
    assert client.get(mark.nation.address).context["count"] == 2


def test_mission_without_a_host_country_is_a_dot_with_a_link(client):
    mission = make.published_mission(acronym="OSG", latitude=35, longitude=18)

    for map_ in client.get("/missions/?view=map").context["maps"]:
        assert [(dot.site.name, dot.site.address) for dot in map_.dots] == [("OSG", f"/missions/{mission.code}/")]


def test_country_outside_europe_is_on_the_world_map_only(client):
    make.published_mission(host_countries=[make.country(iso3="SOM", name="Somalia")])

    europe, world = client.get("/missions/?view=map").context["maps"]

    assert (europe.marks, europe.absent) == ([], [])
    assert [mark.nation.name for mark in world.marks] == ["Somalia"]


@pytest.mark.parametrize(("view", "offered"), [("table", True), ("cards", True), ("timeline", False), ("map", False)])
def test_sorting_is_offered_in_table_and_cards_and_kept_as_a_hidden_field_elsewhere(client, view, offered):
    make.published_mission()

    text = client.get(f"/missions/?view={view}&sort=name").text

    assert ('id="id_sort"' in text) == offered
    assert ('<input type="hidden" name="sort" value="name">' in text) != offered


@pytest.mark.parametrize("view", ["timeline", "map"])
@pytest.mark.parametrize("query", ["", "&q=nothing-answers", "&type=nonsense", "&page=99"])
def test_timeline_and_map_work_without_matches_and_with_invalid_values(client, view, query):
    make.published_mission()

    assert client.get(f"/missions/?view={view}{query}").status_code == 200


@pytest.mark.parametrize("missions", [1, 3])
@pytest.mark.parametrize(("view", "queries"), [("timeline", 5), ("map", 6)])
def test_costs_the_same_for_any_number_of_missions(client, django_assert_max_num_queries, missions, view, queries):
    for _ in range(missions):
        make.published_mission(host_countries=[make.country(), make.country()])

    with django_assert_max_num_queries(queries):
        client.get(f"/missions/?view={view}")
