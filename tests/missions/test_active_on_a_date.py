"""Active commands and their holders on a date, as far as the record knows."""

import pytest

from missions.models import Appointment, Command
from pkportal.content.dates import PartialDate
from tests import make

pytestmark = pytest.mark.django_db

WITHIN = [
    ("1999-06-12", "2001-10-03", ["1999-06-12", "2000-01-01", "2001-10-03", "1999", "2001-10", "1999-06"]),
    ("1999-06", "2001", ["1999-06-01", "1999-06-30", "2001-12-31", "2001", "2000-02"]),
    (None, "2001-10", ["2001-10-01", "2001-10-31", "2001-10", "2001"]),
    (None, None, []),
]
OUTSIDE = {
    ("1999-06-12", "2001-10-03"): ["1999-06-11", "2001-10-04", "1998", "1999-05", "2002"],
    ("1999-06", "2001"): ["1999-05-31", "2002-01-01", "1999-05", "2002"],
    (None, "2001-10"): ["2001-09-30", "2001-11-01", "2000", "1999-06-12"],
    (None, None): ["1949", "1999-06-12", "2026"],
}


def commands_on(date):
    return [*Command.objects.on(PartialDate(date)).order_by("name")]


def holders_on(date):
    return [*Appointment.objects.on(PartialDate(date)).order_by("from_date", "person")]


@pytest.mark.parametrize(("start", "end", "dates"), WITHIN)
def test_command_and_holder_count_if_they_may_have_been_active_on_the_date(start, end, dates):
    command = make.command(active_from=start, active_to=end)
    appointment = make.appointment(from_date=start, to_date=end)

    assert all(commands_on(date) == [command] for date in dates)
    assert all(holders_on(date) == [appointment] for date in dates)
    assert not any(commands_on(date) or holders_on(date) for date in OUTSIDE[start, end])


def test_command_without_an_end_is_active_no_longer_than_its_mission():
    ended = make.published_mission(start_date="1999", end_date="2004-12", state="completed")
    unknown_end = make.published_mission(start_date="1999", state="completed-end-unknown")
    of_ongoing = make.command(name="A", active_from="1999", mission=make.published_mission(state="ongoing"))
    standing = make.command(name="B", active_from="1999")
    of_ended = make.command(name="C", active_from="1999", mission=ended)
    of_unknown_end = make.command(name="D", active_from="1999", mission=unknown_end)

    assert commands_on("1999-06-12") == [of_ongoing, standing, of_ended, of_unknown_end]
    assert commands_on("2004-12-31") == [of_ongoing, standing, of_ended]
    assert commands_on("2005-01-01") == [of_ongoing, standing]


def test_holder_without_an_end_serves_until_a_successor_has_certainly_come():
    command = make.command()
    first = make.appointment(command=command, from_date="1999-06")
    second = make.appointment(command=command, from_date="2001-10")

    assert holders_on("1999-05") == []
    assert holders_on("2001-09-30") == [first]
    assert holders_on("2001-10-15") == [first, second]
    assert holders_on("2001-11-01") == [second]
    assert holders_on("2026") == [second]


def test_holder_without_an_end_serves_no_longer_than_the_command_or_its_mission():
    ended = make.published_mission(start_date="1999", end_date="2004-12-02", state="completed")
    of_command = make.appointment(command=make.command(active_to="2004-12-02"), from_date="1999-01")
    of_mission = make.appointment(command=make.command(mission=ended), from_date="1999-02")

    assert holders_on("2004-12-02") == [of_command, of_mission]
    assert holders_on("2004-12-03") == []


def test_day_of_a_handover_has_both_holders():
    command = make.command()
    predecessor = make.appointment(command=command, from_date="2001-10-03", to_date="2002-10-04")
    successor = make.appointment(command=command, from_date="2002-10-04", to_date="2003-10")

    assert holders_on("2002-10-04") == [predecessor, successor]
    assert holders_on("2002-10-05") == [successor]
