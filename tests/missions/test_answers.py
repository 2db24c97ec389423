"""Answers of the search: a figure with its source and selection, and who held a post."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def answers(client, query):
    return client.get("/search/", {"q": query}).context["answers"]


@pytest.fixture
def force():
    return make.published_mission(name="Marsh Force", acronym="MFOR", code="mfor", start_date="2009", end_date="2015")


def test_question_for_a_nation_in_a_mission_is_answered_with_the_figure_its_source_and_the_selection(client, force):
    italy, source = make.country(name="Italy", iso3="ITA", iso2="IT"), make.source(title="Placemat", code="placemat")
    for date, quantity in [("2013-02", 700), ("2014-02", 512)]:
        make.contribution(mission=force, country=italy, as_of=date, quantity=quantity, source=source)

    (answer,) = answers(client, "Italy MFOR 2014")

    assert answer.text.startswith("Italy, Marsh Force, February 2014: 512 ")
    assert (answer.source, answer.address) == ("Placemat", "/sources/placemat/")
    assert answer.selection_address == "/contributions/?mission=mfor&country=ITA&from=2014&to=2014"
    selection = client.get(answer.selection_address)
    assert ([row["quantity"] for row in selection.context["page_obj"]], selection.context["notices"]) == ([512], [])
    assert [it.text for it in answers(client, "Italy MFOR")][0].startswith("Italy, Marsh Force, February 2014: 512 ")
    assert "Nothing</b> on record" not in client.get("/search/?q=Italy+MFOR+2014").text


def test_question_for_a_commander_is_answered_with_the_holders_on_that_date(client, force):
    command = make.command(name="HQ MFOR", code="hq-mfor", mission=force)
    for person, start, end in [("Ann Early", "2009-06-01", "2010-06-30"), ("Ben Late", "2010-07-01", "2011-07-01")]:
        make.appointment(command=command, person=person, from_date=start, to_date=end)

    (answer,) = answers(client, "who commanded MFOR July 2010")

    assert "Ben Late" in answer.text
    assert answer.selection_address == "/missions/mfor/?on=2010-07"
    assert not answers(client, "MFOR July 2010")
