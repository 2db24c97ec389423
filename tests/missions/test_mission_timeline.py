"""Missions on a timeline: where they end, what they are called, where they stand."""

import datetime

import pytest

from missions.charts.mission_timeline import AREAS, TIMELINE_KIND_OF, TIMELINE_KINDS, mission_span, mission_timeline
from missions.models import Mission, MissionType, Region
from tests import make

pytestmark = pytest.mark.django_db


def test_an_unknown_end_is_neither_open_nor_known():
    mission = make.mission(start_date="2021-08", end_date=None, state="completed-end-unknown")

    drawn = mission_span(mission)

    assert (drawn.ending, drawn.end) == ("unknown", datetime.date(2021, 8, 31))
    assert "August 2021, end not known" in drawn.says


def test_what_was_never_established_has_no_end_to_be_known():
    drawn = mission_span(make.mission(start_date="2016-10", end_date=None, state="not-established"))

    assert drawn.ending == "known"
    assert drawn.says.endswith("October 2016, not established")


def test_a_running_mission_reaches_to_today():
    drawn = mission_span(make.mission(start_date="1999-06-12", end_date=None, state="ongoing"))

    assert drawn.ending == "open"
    assert "since 12 June 1999, still running" in drawn.says


def test_a_mission_is_called_by_its_acronym_its_operation_or_its_name():
    assert make.mission(name="Kosovo Force", acronym="KFOR").called == "KFOR"
    assert make.mission(name="Air surveillance", acronym="", operation_names="Agile Genie").called == "Agile Genie"
    assert make.mission(name="Stabilisers", operation_names="Joint Guard; Joint Forge").called == "Stabilisers"


def test_every_region_and_every_type_has_its_place_and_its_colour():
    assert set(AREAS) == set(Region)
    assert set(TIMELINE_KIND_OF) == set(MissionType)
    assert set(TIMELINE_KIND_OF.values()) == set(TIMELINE_KINDS)


def test_missions_of_one_area_stand_together():
    for region in ["western-balkans", "africa", "western-balkans-adriatic"]:
        make.mission(name=region, region=region, start_date="1999", end_date="2001", state="completed")

    drawn = mission_timeline(Mission.objects.all())

    assert [len(group.marks) for group in drawn.groups] == [2, 1]


def test_a_mark_leads_to_its_mission_or_where_the_page_says():
    here, there = make.mission(name="Here"), make.mission(name="There")

    drawn = mission_timeline([here, there], addresses={here: "#here"})

    found = {mark.span.name: mark.span.address for group in drawn.groups for mark in group.marks}
    assert found == {"Here": "#here", "There": there.get_absolute_url()}
