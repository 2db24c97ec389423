"""Heads of columns sort every list, one way and the other, and say to a screen reader how it is sorted."""

import html
import re

import pytest

from tests import make

pytestmark = pytest.mark.django_db

LISTS = ["missions", "countries", "contributions", "mandates", "events", "lessons", "challenges", "sources"]
SEVERAL_VALUES = {"Missions", "Themes", "Note"}  # columns that have no order
HEAD = re.compile(r'<th scope="col"(?P<attributes>[^>]*)>(?P<content>.*?)</th>', re.DOTALL)
SORT = re.compile(r'aria-sort="(\w+)"')


def heads(page):
    """Return the attributes and the content of the heads of the list."""
    return [(head["attributes"], head["content"].strip()) for head in HEAD.finditer(page.text)]


@pytest.mark.parametrize("name", LISTS)
def test_every_head_sorts_the_list_and_turns_its_order_round(client, name):
    mission = make.published_mission()
    make.contribution(mission=mission)
    make.mandate(mission=mission)
    make.event(mission=mission)
    make.challenge(mission=mission)
    make.published_lesson(missions=[mission])

    page = client.get(f"/{name}/")

    plain = {content for _attributes, content in heads(page) if "<a " not in content}
    assert plain <= SEVERAL_VALUES
    links = [re.search('href="([^"]*)"', content)[1] for _attributes, content in heads(page) if "<a " in content]
    assert len(links) == len({*links}) > 2
    for link in map(html.unescape, links):
        sorted_page = client.get(link)
        assert (link, sorted_page.context["notices"]) == (link, [])
        [(direction, back)] = [
            (SORT.search(attributes)[1], re.search('href="([^"]*)"', content)[1])
            for attributes, content in heads(sorted_page)
            if "aria-sort" in attributes
        ]
        turned = SORT.findall(client.get(html.unescape(back)).text)
        assert [direction, *turned] in (["ascending", "descending"], ["descending", "ascending"])


def test_rows_sort_by_the_place_of_a_choice_in_its_list(client):
    for code, state in [("b", "ongoing"), ("a", "completed"), ("c", "ongoing")]:
        make.published_mission(code=code, name=code, state=state)

    def order(sort):
        return [mission.code for mission in client.get(f"/missions/?sort={sort}").context["object_list"]]

    assert order("status") == ["b", "c", "a"]
    assert order("-status") == ["a", "c", "b"]


def test_rows_sort_by_the_name_of_the_mission_that_they_show(client):
    for acronym, name in [("", "Joint Guardian"), ("KFOR", "A long name"), ("", "Amber Fox")]:
        make.event(mission=make.published_mission(name=name, acronym=acronym))

    events = client.get("/events/?sort=mission").context["object_list"]

    assert [str(event.mission) for event in events] == ["Amber Fox", "Joint Guardian", "KFOR"]
