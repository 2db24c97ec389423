"""The page of a command on a date: its chain and its holder then, and where the date is outside what is known of it."""

import pytest
from django.utils.html import strip_tags

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def field():
    """Make the command of a mission that others led at first, with NATO's command above it from 2003 on."""
    mission = make.published_mission(acronym="MFOR", start_date="2001-12-20", under_nato_from="2003-08-11")
    council = make.command(name="Council", active_from="1949-08-24")
    field = make.command(name="Field", code="hq", mission=mission, parent=council, active_from="2001-12-20")
    for person, start, end in [("Early", "2002-01", "2003-02"), ("Late", "2003-08", "2004-05")]:
        make.appointment(command=field, person=person, from_date=start, to_date=end)
    return field


def page_on(client, date):
    page = client.get(f"/commands/hq/?on={date}")
    return page, strip_tags(text_of(page))


def holders_in(page):
    return {
        command.name: [holder.post["appointment"].person for holder in command.holders]
        for command in page.context["surroundings"]
    }


def test_before_the_mission_was_under_nato_nothing_of_nato_stands_above_its_command(client, field):
    page, text = page_on(client, "2002-03")

    assert holders_in(page) == {"Field": ["Early"]}
    assert "MFOR was led by NATO only from 11 August 2003" in text
    assert "No command above it" not in text


def test_from_then_on_the_chain_stands_above_it(client, field):
    page, text = page_on(client, "2003-12-01")

    assert holders_in(page) == {"Council": [], "Field": ["Late"]}
    assert "led by NATO only" not in text


def test_without_a_date_the_page_says_from_when_on_the_chain_stood_above_it(client, field):
    _page, text = page_on(client, "")

    assert "Reports to Council." in text
    assert "This is the chain from 11 August 2003 on: before that, MFOR was not led by NATO." in text


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        ("1985", "Field did not exist in 1985: it began on 20 December 2001."),
        ("2001-12-19", "Field did not exist on 19 December 2001"),
        ("2014", "Field no longer existed in 2014: it ended on 1 May 2013."),
        ("9999-12-31", "Field no longer existed on 31 December 9999"),
    ],
)
def test_before_and_after_its_life_a_command_did_not_exist_and_nothing_is_shown(client, field, date, answer):
    type(field).objects.filter(pk=field.pk).update(active_to="2013-05-01")

    page, text = page_on(client, date)

    assert answer in text
    assert "surroundings" not in page.context
    assert "Reports to" not in text


@pytest.mark.parametrize("date", ["2026-11-01", "9999-12-31"])
def test_after_the_end_of_its_record_a_command_is_shown_as_last_stated(client, field, date):
    page, text = page_on(client, date)

    assert "The record of Field ends with May 2004." in text
    assert holders_in(page) == {"Council": [], "Field": ["Late"]}


def test_command_and_tenures_that_were_last_stated_long_ago_are_dimmed_with_their_words(client, field):
    nation = make.country(iso3="ITA")
    make.appointment(command=field, person="Open", country=nation, from_date="2005-03")

    for address in ["/commands/hq/", "/countries/ITA/"]:
        page = client.get(address)
        assert '<td class="stale">' in text_of(page), address
        assert "from March 2005, as last stated in March 2005, more than two years ago" in strip_tags(text_of(page))
        assert "more than two years ago" in page.context["posts_timeline"].groups[0].marks[-1].span.description


def test_list_of_all_holders_of_a_mission_dims_them_too(client, field):
    make.appointment(command=field, person="Open", from_date="2005-03")

    text = text_of(client.get(f"/missions/{field.mission.code}/"))

    assert '<span class="meta stale">' in text
    assert "from March 2005 General Open" in strip_tags(text)
    assert "as last stated in March 2005, more than two years ago" in strip_tags(text)


def test_date_that_cannot_be_read_is_said_and_all_times_are_shown(client, field):
    page, text = page_on(client, "13/13/2013")

    assert "Write a year, a month or a day" in text
    assert "Reports to Council." in text
