"""Who stood where on a date: commands and their holders, as far as the record can say."""

import pytest

from missions.models import Appointment, Command
from pkportal.content.dates import PartialDate
from tests import make

pytestmark = pytest.mark.django_db

SPANS = [
    ("1999-06-12", "2001-10-03", ["1999-06-12", "2000-01-01", "2001-10-03", "1999", "2001-10", "1999-06"]),
    ("1999-06", "2001", ["1999-06-01", "1999-06-30", "2001-12-31", "2001", "2000-02"]),
    (None, "2001-10", ["2001-10-01", "2001-10-31", "2001-10", "2001"]),
    (None, None, []),
]
NEVER = {
    ("1999-06-12", "2001-10-03"): ["1999-06-11", "2001-10-04", "1998", "1999-05", "2002"],
    ("1999-06", "2001"): ["1999-05-31", "2002-01-01", "1999-05", "2002"],
    (None, "2001-10"): ["2001-09-30", "2001-11-01", "2000", "1999-06-12"],
    (None, None): ["1949", "1999-06-12", "2026"],
}


def standing(date):
    return [*Command.objects.on(PartialDate(date)).order_by("name")]


def holders(date):
    return [*Appointment.objects.on(PartialDate(date)).order_by("from_date", "person")]


@pytest.mark.parametrize(("start", "end", "dates"), SPANS)
def test_counts_what_may_have_been_on_the_date_and_nothing_else(start, end, dates):
    post = make.command(active_from=start, active_to=end)
    held = make.appointment(from_date=start, to_date=end)

    assert all(standing(date) == [post] for date in dates)
    assert all(holders(date) == [held] for date in dates)
    assert not any(standing(date) or holders(date) for date in NEVER[start, end])


def test_a_command_without_a_known_end_goes_on_no_longer_than_its_mission():
    over = make.published_mission(start_date="1999", end_date="2004-12", state="completed")
    lost = make.published_mission(start_date="1999", state="completed-end-unknown")
    running = make.command(name="A", active_from="1999", mission=make.published_mission(state="ongoing"))
    alone = make.command(name="B", active_from="1999")
    closed = make.command(name="C", active_from="1999", mission=over)
    unsaid = make.command(name="D", active_from="1999", mission=lost)

    assert standing("1999-06-12") == [running, alone, closed, unsaid]
    assert standing("2004-12-31") == [running, alone, closed]
    assert standing("2005-01-01") == [running, alone]


def test_a_holder_without_a_known_end_stays_until_somebody_certainly_came():
    post = make.command()
    first = make.appointment(command=post, from_date="1999-06")
    second = make.appointment(command=post, from_date="2001-10")

    assert holders("1999-05") == []
    assert holders("2001-09-30") == [first]
    assert holders("2001-10-15") == [first, second]
    assert holders("2001-11-01") == [second]
    assert holders("2026") == [second]


def test_a_holder_without_a_known_end_leaves_with_the_command_or_its_mission():
    over = make.published_mission(start_date="1999", end_date="2004-12-02", state="completed")
    of_command = make.appointment(command=make.command(active_to="2004-12-02"), from_date="1999-01")
    of_mission = make.appointment(command=make.command(mission=over), from_date="1999-02")

    assert holders("2004-12-02") == [of_command, of_mission]
    assert holders("2004-12-03") == []


def test_names_both_on_the_day_of_handing_over():
    post = make.command()
    leaves = make.appointment(command=post, from_date="2001-10-03", to_date="2002-10-04")
    comes = make.appointment(command=post, from_date="2002-10-04", to_date="2003-10")

    assert holders("2002-10-04") == [leaves, comes]
    assert holders("2002-10-05") == [comes]
