"""One selection of missions, as a timeline and on maps."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_a_timeline_shows_the_whole_selection_and_not_a_page_of_it(client):
    for _ in range(60):
        make.published_mission(type="peacekeeping")
    make.published_mission(type="humanitarian-relief")

    lanes = client.get("/missions/?view=timeline&type=peacekeeping").context["timeline"]

    assert sum(len(group.marks) for group in lanes.groups) == 60


def test_a_map_leads_from_a_country_to_its_missions_and_keeps_the_questions(client):
    kosovo = make.country(iso3="XKX", name="Kosovo")
    for acronym in ["KFOR", "NALT"]:
        make.published_mission(acronym=acronym, host_countries=[kosovo], type="peacekeeping")
    make.published_mission(acronym="OTHER", host_countries=[kosovo], type="humanitarian-relief")

    page = client.get("/missions/?view=map&type=peacekeeping")

    (mark,) = page.context["maps"][0].marks
    assert mark.nation.says in {"Kosovo: KFOR, NALT", "Kosovo: NALT, KFOR"}
    assert mark.nation.address == "/missions/?type=peacekeeping&host=XKX"
    assert client.get(mark.nation.address).context["count"] == 2


def test_a_mission_without_a_host_country_is_a_dot_that_leads_to_it(client):
    mission = make.published_mission(acronym="OSG", latitude=35, longitude=18)

    for drawn in client.get("/missions/?view=map").context["maps"]:
        assert [(dot.site.name, dot.site.address) for dot in drawn.dots] == [("OSG", f"/missions/{mission.code}/")]


def test_a_country_outside_europe_is_on_the_other_map_and_named_once(client):
    make.published_mission(host_countries=[make.country(iso3="SOM", name="Somalia")])

    europe, world = client.get("/missions/?view=map").context["maps"]

    assert (europe.marks, europe.absent) == ([], [])
    assert [mark.nation.name for mark in world.marks] == ["Somalia"]


@pytest.mark.parametrize(("view", "offered"), [("table", True), ("cards", True), ("timeline", False), ("map", False)])
def test_an_order_is_offered_where_it_shows_and_kept_where_it_does_not(client, view, offered):
    make.published_mission()

    text = client.get(f"/missions/?view={view}&sort=name").text

    assert ('id="id_sort"' in text) == offered
    assert ('<input type="hidden" name="sort" value="name">' in text) != offered


@pytest.mark.parametrize("view", ["timeline", "map"])
@pytest.mark.parametrize("question", ["", "&q=nothing-answers", "&type=nonsense", "&page=99"])
def test_every_view_stands_whatever_answers(client, view, question):
    make.published_mission()

    assert client.get(f"/missions/?view={view}{question}").status_code == 200


@pytest.mark.parametrize("missions", [1, 3])
@pytest.mark.parametrize(("view", "queries"), [("timeline", 5), ("map", 6)])
def test_costs_the_same_for_any_number_of_missions(client, django_assert_max_num_queries, missions, view, queries):
    for _ in range(missions):
        make.published_mission(host_countries=[make.country(), make.country()])

    with django_assert_max_num_queries(queries):
        client.get(f"/missions/?view={view}")
