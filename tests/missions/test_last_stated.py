"""Nothing is claimed of today that was not stated lately: what goes on does so as of its newest dated evidence."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from missions.models import Appointment, Command, Mission
from pkportal.content.dates import PartialDate
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def days_ago(days):
    return (timezone.localdate() - datetime.timedelta(days=days)).isoformat()


def a_holder(mission, **dates):
    make.appointment(command=make.command(mission=mission), **dates)


EVIDENCE = {
    "a figure": lambda mission: make.contribution(mission=mission, as_of="2013-05"),
    "a stated total": lambda mission: make.stated_total(mission=mission, as_of="2013-05"),
    "an event": lambda mission: make.event(mission=mission, date="2013-05"),
    "a mandate": lambda mission: make.mandate(mission=mission, adopted="2013-05"),
    "the first day of a holder": lambda mission: a_holder(mission, from_date="2013-05"),
    "the last day of a holder": lambda mission: a_holder(mission, from_date="2012", to_date="2013-05"),
    "a source of the mission": lambda mission: mission.sources.add(make.source(published="2013-05")),
}


def test_missions_that_a_nation_hosts_say_in_one_piece_when_they_were_last_stated(client):
    mission = make.published_mission(start_date="2004", state="ongoing", host_countries=[make.country(iso3="MKD")])
    mission.sources.add(make.source(published="2010"))

    assert "more than two years ago</span>&nbsp;· " in client.get("/countries/MKD/").text
    assert ",&nbsp;·" not in client.get("/countries/MKD/").text


@pytest.mark.parametrize("kind", EVIDENCE)
def test_each_kind_of_dated_evidence_shows_that_a_mission_went_on(kind):
    mission = make.published_mission(start_date="2001")
    make.event(mission=mission, date="2005")
    EVIDENCE[kind](mission)

    assert Mission.objects.with_last_stated().get(pk=mission.pk).last_stated == "2013-05"


def test_what_is_planned_or_of_another_mission_or_only_cited_is_no_evidence():
    source = make.source(published=days_ago(0))
    mission = make.published_mission(start_date="2001-03", summary=f"It kept the peace [@{source.code}].")
    make.contribution(mission=mission, as_of=f"{timezone.localdate().year + 1}", basis="pledged")
    make.event(date="2013-05")

    assert Mission.objects.with_last_stated().get(pk=mission.pk).last_stated == "2001-03"


@pytest.mark.parametrize(("days", "is_old"), [(700, False), (800, True)])
def test_every_page_says_when_a_mission_that_goes_on_was_last_stated(client, days, is_old):
    host = make.country()
    mission = make.published_mission(start_date="2001", host_countries=[host])
    stated = PartialDate(days_ago(days)).first
    make.event(mission=mission, date=stated.isoformat())
    make.published_topic(code="peace", missions=[mission])
    addresses = ["/missions/", "/missions/?view=cards", "/missions/?view=timeline", f"/missions/{mission.code}/"]

    for address in [*addresses, "/", f"/countries/{host.iso3}/", "/topics/peace/"]:
        text = text_of(client.get(address))
        assert f"on {date_format(stated, 'j F Y')}" in text, address
        assert ("more than two years ago" in text) == is_old, address


def test_what_was_last_stated_long_ago_is_dimmed_on_the_map_of_the_front_page(client):
    host, other = make.country(iso3="XKX", name="Kosovo"), make.country(iso3="ITA", name="Italy")
    place = {"latitude": 42.6, "longitude": 21.2}
    recent = make.published_mission(name="Recent", start_date=days_ago(20), host_countries=[host], **place)
    old = make.published_mission(name="Old", start_date="2006-12", host_countries=[host, other], **place)

    chart = client.get("/").context["map"]

    assert {mark.nation.iso3: mark.css_class for mark in chart.marks} == {"XKX": "runs", "ITA": "stale"}
    assert {dot.site.address: dot.site.css_class for dot in chart.dots} == {
        recent.get_absolute_url(): "",
        old.get_absolute_url(): "stale",
    }


@pytest.mark.parametrize("stated", ["2001", "today", "two years ago", "this month two years ago"])
def test_stale_missions_are_found_as_each_says_it_of_itself(stated):
    limit = PartialDate(f"{timezone.localdate().year - 2}{timezone.localdate():-%m}")
    dates = {"today": days_ago(0), "two years ago": days_ago(800), "this month two years ago": limit}
    mission = make.published_mission(start_date=dates.get(stated, stated))
    make.published_mission(start_date="2001", state="completed", end_date="2003")

    assert [*Mission.objects.stale()] == [mission] * mission.is_stale
    assert mission.is_stale == (stated in {"2001", "two years ago"})


def test_stale_commands_and_holders_are_those_of_which_no_end_is_known():
    old, ended = make.command(active_from="2001"), make.command(active_from="2001", active_to="2002")
    make.command(active_from="2001", mission=make.mission(state="completed", end_date="2004"))
    make.command(active_from="2001", sources=[make.source(published=days_ago(1))])
    holder = make.appointment(command=old, from_date="2002")
    make.appointment(command=ended, from_date="2001")

    assert [*Command.objects.stale()] == [old]
    assert [*Appointment.objects.stale()] == [holder]
