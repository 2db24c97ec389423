"""The page of a nation on a date: its standing then, its figures in each mission, its commanders."""

import pytest
from django.utils.html import strip_tags

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def denmark():
    """Make a nation with figures in a mission that goes on and in one that ended in 2010, and with a commander."""
    denmark = make.country(name="Denmark", iso3="DNK", joined_on="1999-03-12")
    going_on = make.published_mission(acronym="MFOR", start_date="1999-06")
    ended = make.published_mission(acronym="OVER", start_date="1999-06", end_date="2010-06", state="completed")
    for mission, as_of, quantity in [(going_on, "2009", 10), (going_on, "2010-02", 30), (ended, "2010-02", 700)]:
        make.contribution(mission=mission, country=denmark, as_of=as_of, quantity=quantity)
    command = make.command(name="Field", mission=going_on, active_from="1999")
    make.appointment(command=command, person="Ann", country=denmark, from_date="2010-01", to_date="2010-09")
    return denmark


def answer_on(client, date):
    page = client.get(f"/countries/DNK/?on={date}")
    figures = [(figure.mission.acronym, figure.quantity) for figure in page.context["figures_on_date"]]
    return strip_tags(text_of(page)), figures, [post.person for post in page.context["posts_on_date"]]


def test_on_a_date_each_mission_has_its_latest_figure_and_there_are_the_commanders(client, denmark):
    text, figures, commanders = answer_on(client, "2010-03-01")

    assert "Denmark was an ally on 1 March 2010." in text
    assert (sorted(figures), commanders) == ([("MFOR", 30), ("OVER", 700)], ["Ann"])


def test_nothing_is_shown_of_a_mission_that_had_ended(client, denmark):
    _text, figures, _commanders = answer_on(client, "2010-08")

    assert figures == [("MFOR", 30)]


@pytest.mark.parametrize(
    ("date", "standing"),
    [
        ("1985", "Denmark was not an ally in 1985."),
        ("1999", "Denmark became an ally on 12 March 1999."),
        ("2001-05", "Denmark was an ally in May 2001."),
    ],
)
def test_before_its_record_begins_the_page_says_so_and_what_the_nation_was(client, denmark, date, standing):
    text, figures, commanders = answer_on(client, date)

    assert standing in text
    assert "Its record begins with 2009: no figure and no commander is on record for an earlier date." in text
    assert (figures, commanders) == ([], [])


@pytest.mark.parametrize("date", ["2026-11-01", "9999-12-31"])
def test_after_its_record_ends_the_page_shows_what_was_last_stated(client, denmark, date):
    text, figures, commanders = answer_on(client, date)

    assert "Its record ends with September 2010." in text
    assert (figures, commanders) == ([("MFOR", 30)], ["Ann"])


def test_date_that_cannot_be_read_is_said(client, denmark):
    assert "Write a year, a month or a day" in strip_tags(text_of(client.get("/countries/DNK/?on=13/13/2013")))
