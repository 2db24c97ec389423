"""A date before a mission's life, after it, or after the record's own end is answered as such."""

import pytest
from django.utils.html import strip_tags

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def page_on(client, date, **fields):
    mission = make.published_mission(code="heron", acronym="HERON", **fields)
    council = make.command(name="Council", active_from="1949-08-24")
    field = make.command(name="Field", mission=mission, parent=council, active_from=mission.start_date)
    make.appointment(command=field, person="Somebody", from_date="1999-10", to_date="2004-10")
    make.contribution(mission=mission, as_of="2003-12", quantity=40)
    return client.get(f"/missions/heron/?on={date}")


def answer_of(page):
    return strip_tags(text_of(page))


def shown_on(page):
    names = [command.name for command, _lines in page.context["command_rows"]]
    return names, [figure.quantity for figure in page.context["contributions"]]


@pytest.mark.parametrize("date", ["0001", "1985", "1999-06-11", "1999-05"])
def test_before_its_start_a_mission_did_not_exist_and_nothing_stood_above_it(client, date):
    page = page_on(client, date)

    assert "HERON did not exist" in answer_of(page)
    assert "it began on 12 June 1999" in answer_of(page)
    assert shown_on(page) == ([], [])


@pytest.mark.parametrize("date", ["2004-12-03", "2005", "9999-12-31"])
def test_after_its_end_a_mission_no_longer_existed(client, date):
    page = page_on(client, date, state="completed", end_date="2004-12-02")

    assert "HERON no longer existed" in answer_of(page)
    assert "it ended on 2 December 2004" in answer_of(page)
    assert shown_on(page) == ([], [])


@pytest.mark.parametrize("date", ["2004-11", "2013-05-01", "2026-11-01", "9999", "9999-12-31"])
def test_after_the_end_of_the_record_an_ongoing_mission_is_shown_as_last_stated(client, date):
    page = page_on(client, date)

    assert "The record of HERON ends with October 2004." in answer_of(page)
    assert "Command in October 2004" in answer_of(page)
    assert shown_on(page) == (["Council", "Field"], [40])


@pytest.mark.parametrize("date", ["1999-06-12", "1999", "2003-12-31", "2004-10-31", "2004"])
def test_date_within_its_life_needs_no_answer(client, date):
    assert page_on(client, date).context["life"] == ""


def test_mission_whose_end_is_not_known_is_not_said_to_have_existed_later(client):
    page = page_on(client, "2002", state="completed-end-unknown")

    words = "HERON has ended, but when is not known: whether it still existed in 2002 is not on record."
    assert words in answer_of(page)


def test_mission_that_was_not_established_existed_on_no_date(client):
    assert "HERON was never established." in answer_of(page_on(client, "2001", state="not-established"))


def test_without_a_date_an_ongoing_mission_is_shown_as_last_stated_and_not_as_of_today(client):
    page = page_on(client, "")

    assert "Command in October 2004" in answer_of(page)
