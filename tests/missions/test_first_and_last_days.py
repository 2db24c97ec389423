"""First and last days of commands, appointments and missions, including partial dates."""

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
    ("start", "end", "within", "outside"),
    [
        (None, "2001-10-03", ["2001-10-03", "2001-10", "2001"], ["2001-10-02", "2001-10-04", "2001-09", "2000"]),
        ("1999-06", "1999", ["1999-06-01", "1999-12-31"], ["1999-05", "1999-05-31", "2000-01-01"]),
        ("1999-06-12", "1999-06", ["1999-06-12", "1999-06-30"], ["1999-06-11", "1999-07-01"]),
        ("1999-06-12", "1999-06-12", ["1999-06-12", "1999-06", "1999"], ["1999-06-11", "1999-06-13"]),
    ],
)
def test_term_includes_its_first_and_its_last_day_and_no_other(start, end, within, outside):
    command = make.command(active_from=start, active_to=end)
    appointment = make.appointment(from_date=start, to_date=end)

    assert [date for date in [*within, *outside] if commands_on(date) == [command]] == within
    assert [date for date in [*within, *outside] if holders_on(date) == [appointment]] == within


def test_command_of_a_mission_with_an_unknown_end_is_active_through_its_first_month_only():
    mission = make.published_mission(start_date="1999", state="completed-end-unknown")
    command = make.command(active_from="1999-06", mission=mission)

    assert [date for date in ["1999-06-01", "1999-06-30", "1999-07-01"] if commands_on(date) == [command]] == [
        "1999-06-01",
        "1999-06-30",
    ]


def test_holder_serves_through_the_first_day_of_the_successor():
    command = make.command()
    first = make.appointment(command=command, from_date="1999-06")
    second = make.appointment(command=command, from_date="2001-10-03")

    assert holders_on("2001-10-03") == [first, second]
    assert holders_on("2001-10-04") == [second]


@pytest.mark.parametrize(
    ("came", "both", "alone"), [("2001", "2001-12-31", "2002-01-01"), ("2001-10", "2001-10-31", "2001-11-01")]
)
def test_successor_of_a_month_or_a_year_may_have_come_on_its_last_day(came, both, alone):
    command = make.command()
    first = make.appointment(command=command, from_date="1999-06")
    second = make.appointment(command=command, from_date=came)

    assert holders_on(both) == [first, second]
    assert holders_on(alone) == [second]


def test_holder_of_another_command_is_no_successor():
    first = make.appointment(command=make.command(), from_date="1999-06")
    second = make.appointment(command=make.command(), from_date="2001-10")

    assert holders_on("2003") == [first, second]


def test_holder_serves_until_the_end_of_the_command_even_after_the_end_of_the_mission():
    mission = make.published_mission(start_date="1999", end_date="2004-12-02", state="completed")
    command = make.command(mission=mission, active_to="2005-03")
    appointment = make.appointment(command=command, from_date="1999-02")

    assert holders_on("2005-03-31") == [appointment]
    assert holders_on("2005-04-01") == []


def test_commands_of_an_ongoing_mission_with_an_end_date_are_active_until_then():
    mission = make.published_mission(start_date="1999", end_date="2004-12", state="ongoing")
    command = make.command(active_from="1999", mission=mission)

    assert commands_on("2004-12-31") == [command]
    assert commands_on("2005-01-01") == []


def test_holder_in_a_mission_with_an_unknown_end_serves_in_the_first_month_only():
    mission = make.published_mission(start_date="1999", state="completed-end-unknown")
    appointment = make.appointment(command=make.command(mission=mission), from_date="1999-06")

    assert holders_on("1999-06-30") == [appointment]
    assert holders_on("1999-07-01") == []
