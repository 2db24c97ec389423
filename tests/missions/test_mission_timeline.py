"""The timeline of missions: ends, labels, groups and links."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from missions.charts.mission_timeline import AREAS, TIMELINE_KIND_OF, TIMELINE_KINDS, mission_span, mission_timeline
from missions.models import Mission, MissionType, Region
from tests import make

pytestmark = pytest.mark.django_db


def test_span_of_a_mission_with_an_unknown_end_is_neither_open_nor_known():
    mission = make.mission(start_date="2021-08", end_date=None, state="completed-end-unknown")

    span = mission_span(mission)

    assert (span.ending, span.end) == ("unknown", datetime.date(2021, 8, 31))
    assert "August 2021, end not known" in span.description


def test_span_of_a_mission_that_was_not_established_says_so():
    span = mission_span(make.mission(start_date="2016-10", end_date=None, state="not-established"))

    assert span.ending == "known"
    assert span.description.endswith("October 2016, not established")


def test_span_of_an_ongoing_mission_is_open_at_the_date_as_of_which_it_was_last_stated():
    mission = make.mission(start_date="1999-06-12", end_date=None, state="ongoing")
    stated = timezone.localdate() - datetime.timedelta(days=300)
    make.event(mission=mission, date=stated.isoformat())

    span = mission_span(mission)

    assert (span.ending, span.end) == ("open", stated)
    assert f"since 12 June 1999, as last stated on {date_format(stated, 'j F Y')}" in span.description


def test_span_of_an_ongoing_mission_that_was_last_stated_long_ago_has_an_unknown_end():
    mission = make.mission(start_date="1999-06-12", end_date=None, state="ongoing")
    make.event(mission=mission, date="2013-05")

    span = mission_span(mission)

    assert (span.ending, span.end) == ("unknown", datetime.date(2013, 5, 31))
    assert "since 12 June 1999, last stated in May 2013, more than two years ago" in span.description


def test_label_is_the_acronym_the_only_operation_or_the_name():
    assert make.mission(name="Kosovo Force", acronym="KFOR").short_name == "KFOR"
    assert make.mission(name="Air surveillance", acronym="", operation_names="Agile Genie").short_name == "Agile Genie"
    assert make.mission(name="Stabilisers", operation_names="Joint Guard; Joint Forge").short_name == "Stabilisers"


def test_every_region_has_an_area_and_every_type_a_colour():
    assert set(AREAS) == set(Region)
    assert set(TIMELINE_KIND_OF) == set(MissionType)
    assert set(TIMELINE_KIND_OF.values()) == set(TIMELINE_KINDS)


def test_missions_are_grouped_by_area():
    for region in ["western-balkans", "africa", "western-balkans-adriatic"]:
        make.mission(name=region, region=region, start_date="1999", end_date="2001", state="completed")

    timeline = mission_timeline(Mission.objects.all())

    assert [len(group.marks) for group in timeline.groups] == [2, 1]


def test_mark_links_to_its_mission_or_to_a_given_address():
    here, there = make.mission(name="Here"), make.mission(name="There")

    timeline = mission_timeline([here, there], addresses={here: "#here"})

    addresses = {mark.span.name: mark.span.address for group in timeline.groups for mark in group.marks}
    assert addresses == {"Here": "#here", "There": there.get_absolute_url()}
