"""Answers of the search that lead to a list: all of a kind of a mission or a date, ongoing missions; when one was."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    force = make.published_mission(
        name="Marsh Force", acronym="MFOR", code="mfor", start_date="2009", end_date="2015-06", state="completed"
    )
    other = make.published_mission(name="Fen Watch", code="fen", start_date="2003-05", end_date=None, state="ongoing")
    for mission, date in [(force, "2010-05"), (force, "2012"), (other, "2010")]:
        make.event(mission=mission, date=date)
        make.mandate(mission=mission, adopted=date)
        make.challenge(mission=mission)
    make.published_lesson(missions=[force])
    return force


def answers(client, query):
    """Return the answers to a query, each with the number of rows that its list has."""
    found = client.get("/search/", {"q": query}).context["answers"]
    pages = [client.get(answer.address) for answer in found]
    assert [page.context.get("notices", []) for page in pages] == [[]] * len(pages)
    return [(answer.text, page.context.get("count")) for answer, page in zip(found, pages, strict=True)]


@pytest.mark.parametrize(
    ("query", "text", "number"),
    [
        ("events of MFOR", "Marsh Force: 2 events on record", 2),
        ("MFOR mandates", "Marsh Force: 2 mandates on record", 2),
        ("resolutions for Marsh Force", "Marsh Force: 2 mandates on record", 2),
        ("lessons from MFOR", "Marsh Force: 1 lesson on record", 1),
        ("challenges of the Marsh Force", "Marsh Force: 2 challenges on record", 2),
        ("events of 2010", "2010: 2 events on record", 2),
        ("mandates May 2010", "May 2010: 2 mandates on record", 2),
        ("missions in 2009", "2 missions were active in 2009", 2),
        ("missions in 2012", "2 missions were active in 2012, 1 of them as last stated before", 2),
        ("which NATO operations were active in 2004", "1 mission was active in 2004", 1),
        ("ongoing missions", "1 mission is ongoing, as last stated", 1),
        ("how many missions are currently running", "1 mission is ongoing, as last stated", 1),
        ("when did MFOR start", "MFOR: 2009 – June 2015", None),
        ("how long did MFOR last?", "MFOR: 2009 – June 2015", None),
        ("when was Fen Watch", "Fen Watch: since May 2003, last stated in 2010, more than two years ago", None),
    ],
)
def test_question_for_all_of_a_kind_leads_to_their_list(client, force, query, text, number):
    assert answers(client, query) == [(text, number)]


@pytest.mark.parametrize(
    "query",
    [
        "lessons on herons in MFOR",
        "events",
        "herons of 2010",
        "missions to the marsh",
        "start of the herons",
        "MFOR",
        "missions in 2099",
    ],
)
def test_question_for_something_else_is_left_to_the_records(client, force, query):
    assert answers(client, query) == []
