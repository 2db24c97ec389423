"""The first and the last day of a command, of a post and of a mission, and dates that are only half known."""

import pytest

from missions.models import Appointment, Command
from pkportal.content.dates import PartialDate
from tests import make

pytestmark = pytest.mark.django_db


def commands_on(date):
    return [*Command.objects.on(PartialDate(date)).order_by("name")]


def holders_on(date):
    return [*Appointment.objects.on(PartialDate(date)).order_by("from_date", "person")]


@pytest.mark.parametrize(
    ("start", "end", "dates", "others"),
    [
        (None, "2001-10-03", ["2001-10-03", "2001-10", "2001"], ["2001-10-02", "2001-10-04", "2001-09", "2000"]),
        ("1999-06", "1999", ["1999-06-01", "1999-12-31"], ["1999-05", "1999-05-31", "2000-01-01"]),
        ("1999-06-12", "1999-06", ["1999-06-12", "1999-06-30"], ["1999-06-11", "1999-07-01"]),
        ("1999-06-12", "1999-06-12", ["1999-06-12", "1999-06", "1999"], ["1999-06-11", "1999-06-13"]),
    ],
)
def test_a_term_holds_from_its_first_day_to_its_last_and_no_longer(start, end, dates, others):
    post = make.command(active_from=start, active_to=end)
    held = make.appointment(from_date=start, to_date=end)

    assert [date for date in [*dates, *others] if commands_on(date) == [post]] == dates
    assert [date for date in [*dates, *others] if holders_on(date) == [held]] == dates


def test_a_command_of_a_mission_whose_end_is_unknown_stood_in_the_whole_of_its_first_month():
    lost = make.published_mission(start_date="1999", state="completed-end-unknown")
    post = make.command(active_from="1999-06", mission=lost)

    assert [date for date in ["1999-06-01", "1999-06-30", "1999-07-01"] if commands_on(date) == [post]] == [
        "1999-06-01",
        "1999-06-30",
    ]


def test_a_holder_stays_through_the_day_on_which_the_next_one_comes():
    post = make.command()
    first = make.appointment(command=post, from_date="1999-06")
    second = make.appointment(command=post, from_date="2001-10-03")

    assert holders_on("2001-10-03") == [first, second]
    assert holders_on("2001-10-04") == [second]


@pytest.mark.parametrize(
    ("came", "both", "alone"), [("2001", "2001-12-31", "2002-01-01"), ("2001-10", "2001-10-31", "2001-11-01")]
)
def test_who_came_in_a_year_or_a_month_may_have_come_on_its_last_day(came, both, alone):
    post = make.command()
    first = make.appointment(command=post, from_date="1999-06")
    second = make.appointment(command=post, from_date=came)

    assert holders_on(both) == [first, second]
    assert holders_on(alone) == [second]


def test_who_holds_another_post_relieves_nobody():
    stays = make.appointment(command=make.command(), from_date="1999-06")
    other = make.appointment(command=make.command(), from_date="2001-10")

    assert holders_on("2003") == [stays, other]


def test_a_holder_of_a_mission_that_has_an_end_stays_while_the_command_may_still_stand():
    over = make.published_mission(start_date="1999", end_date="2004-12-02", state="completed")
    outlives = make.command(mission=over, active_to="2005-03")
    held = make.appointment(command=outlives, from_date="1999-02")

    assert holders_on("2005-03-31") == [held]
    assert holders_on("2005-04-01") == []


def test_an_ongoing_mission_with_a_known_end_has_its_commands_until_that_end():
    ending = make.published_mission(start_date="1999", end_date="2004-12", state="ongoing")
    post = make.command(active_from="1999", mission=ending)

    assert commands_on("2004-12-31") == [post]
    assert commands_on("2005-01-01") == []


def test_a_holder_in_a_mission_whose_end_is_unknown_is_known_to_have_served_only_in_the_first_month():
    lost = make.published_mission(start_date="1999", state="completed-end-unknown")
    held = make.appointment(command=make.command(mission=lost), from_date="1999-06")

    assert holders_on("1999-06-30") == [held]
    assert holders_on("1999-07-01") == []
