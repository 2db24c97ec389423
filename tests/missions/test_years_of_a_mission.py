"""The years in which a mission ran, and its last known date."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def years_listed(client, mission):
    years = range(1998, 2004)
    return [year for year in years if mission in client.get(f"/missions/?active_in={year}").context["page_obj"]]


@pytest.mark.parametrize(
    ("start", "end", "state", "years"),
    [
        ("1999-12-31", "2001-01-01", "completed", [1999, 2000, 2001]),
        ("1999", "1999", "completed", [1999]),
        ("1999-06", "1999", "completed", [1999]),
        ("1999-12", "2000-01", "transformed", [1999, 2000]),
        ("2001-06", None, "ongoing", [2001, 2002, 2003]),
        ("2001-06-12", None, "completed-end-unknown", [2001]),
        ("2001", None, "completed-end-unknown", [2001]),
        ("2001", None, "completed", [2001]),
    ],
)
def test_mission_is_listed_in_each_year_in_which_it_ran_and_in_no_other(client, start, end, state, years):
    mission = make.published_mission(start_date=start, end_date=end, state=state)

    assert years_listed(client, mission) == years


@pytest.mark.parametrize(
    ("end", "state", "last"),
    [
        ("2004-12", "completed", "2004-12"),
        ("2004-12", "ongoing", "2004-12"),
        (None, "completed-end-unknown", "1999-06"),
        (None, "completed", "1999-06"),
        (None, "ongoing", "2013-05"),
    ],
)
def test_last_known_date_is_the_end_or_as_last_stated_if_ongoing_or_else_the_start(end, state, last):
    mission = make.mission(start_date="1999-06", end_date=end, state=state)
    make.event(mission=mission, date="2013-05")

    assert mission.last_known_date == last
    assert mission.last_known_date.last  # a date, not a text


@pytest.mark.parametrize(
    ("names", "short_name"),
    [
        ({"acronym": "KFOR", "operation_names": "Joint Guardian"}, "KFOR"),
        ({"operation_names": "Joint Guardian"}, "Joint Guardian"),
        ({"operation_names": "Joint Guardian (1999); Joint Enterprise (2005)"}, "Kosovo Force"),
        ({}, "Kosovo Force"),
    ],
)
def test_shortest_name_is_the_acronym_the_only_operation_or_the_name(names, short_name):
    assert make.mission(name="Kosovo Force", **names).short_name == short_name
