"""Who held a post on a date: two holders with their dates, and a tenure known to the month yields to an exact one."""

import pytest
from django.utils.html import strip_tags

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def headquarters():
    mission = make.published_mission(code="heron", start_date="2001-12-20", state="completed", end_date="2014-12")
    return make.command(name="Field", mission=mission, active_from="2001-12-20")


def holders_in_words(client, date):
    """Return the holders with their dates, from the name of the first on."""
    text = strip_tags(text_of(client.get(f"/missions/heron/?on={date}")))
    words = text.partition("Operational")[2].partition("A ring is")[0].partition("· ")[2]
    return " ".join(words.replace("not yet checked", "").replace("General", "").split())


def test_two_holders_on_the_day_of_a_handover_are_shown_with_their_dates(client, headquarters):
    make.appointment(command=headquarters, person="First", from_date="2009-06-15", to_date="2010-07-04")
    make.appointment(command=headquarters, person="Second", from_date="2010-07-04", to_date="2011-07-18")

    assert holders_in_words(client, "2010-07-04") == (
        "First 15 June 2009 – 4 July 2010 Second 4 July 2010 – 18 July 2011"
    )


def test_a_tenure_known_to_the_month_yields_to_one_known_to_the_day(client, headquarters):
    make.appointment(command=headquarters, person="Vague", from_date="2010-07", to_date="2011-07-18")
    make.appointment(command=headquarters, person="Acting", from_date="2010-06-23", to_date="2010-07-04")

    assert holders_in_words(client, "2010-07-01") == (
        "Acting 23 June 2010 – 4 July 2010 or, from some day in July 2010, Vague July 2010 – 18 July 2011"
    )
    assert holders_in_words(client, "2010-08-01") == "Vague July 2010 – 18 July 2011"


def test_a_tenure_that_ended_on_some_day_of_the_month_yields_to_the_successor(client, headquarters):
    make.appointment(command=headquarters, person="Vague", from_date="2009-06-15", to_date="2010-07")
    make.appointment(command=headquarters, person="Exact", from_date="2010-07-04", to_date="2011-07-18")

    assert holders_in_words(client, "2010-07-20") == (
        "Exact 4 July 2010 – 18 July 2011 or, until some day in July 2010, Vague 15 June 2009 – July 2010"
    )


def test_a_month_that_is_asked_for_is_not_more_exact_than_a_tenure_known_to_the_month(client, headquarters):
    make.appointment(command=headquarters, person="Vague", from_date="2010-07", to_date="2011-07-18")

    assert holders_in_words(client, "2010-07") == "Vague July 2010 – 18 July 2011"


def test_holder_without_an_end_is_shown_as_last_stated(client, headquarters):
    make.appointment(command=headquarters, person="Open", from_date="2009", sources=[make.source(published="2010-02")])

    assert holders_in_words(client, "2010-07-01") == "Open2 from 2009, as last stated in February 2010"
    assert holders_in_words(client, "2010-01") == "Open2 from 2009"
    assert 'class="command-holder stale"' in client.get("/missions/heron/?on=2012-03-01").text


def test_before_a_mission_was_under_nato_nothing_of_nato_stands_above_it_and_nobody_is_called_its_ally(client):
    mission = make.published_mission(code="heron", start_date="2001-12-20", under_nato_from="2003-08-11")
    council = make.command(name="Council", active_from="1949-08-24")
    make.command(name="Field", mission=mission, parent=council, active_from="2001-12-20")
    for as_of in ["2002-01", "2003-12"]:
        make.contribution(mission=mission, as_of=as_of, country=make.country(joined_on="1949-08-24"))
        make.contribution(mission=mission, as_of=as_of)

    before, after = client.get("/missions/heron/?on=2002-03"), client.get("/missions/heron/?on=2003-12")

    assert [command.name for command, _lines in before.context["command_rows"]] == ["Field"]
    assert [command.name for command, _lines in after.context["command_rows"]] == ["Council", "Field"]
    assert 'class="acronym">partner<' not in before.text
    assert "1 allies" not in text_of(before)
    assert 'class="acronym">partner<' in after.text
    assert "led by NATO only from 11 August 2003" in text_of(before)
    assert "led by NATO only" not in text_of(after)
