"""Missions as spans of a timeline: near ones together, alike ones in one colour, an unknown end never open."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.models import MissionType, Region, State
from pkportal.charts.timeline import TimelineSpan
from pkportal.charts.timeline import timeline_chart as timeline_chart

BALKANS, EUROPE = _("Balkans and Adriatic"), _("Europe, Atlantic, North America")
MEDITERRANEAN, MIDDLE_EAST = _("Mediterranean"), _("Middle East and North Africa")
AFRICA, ASIA = _("Africa and the Indian Ocean"), _("Central Asia and the former Soviet Union")

# the record's regions are fine; on one page they meet in six
AREAS = {
    Region.WESTERN_BALKANS: BALKANS,
    Region.BALKANS_ADRIATIC: BALKANS,
    Region.BALKANS_CENTRAL_EUROPE: BALKANS,
    Region.SOUTHERN_EUROPE: EUROPE,
    Region.EASTERN_EUROPE: EUROPE,
    Region.BALTIC: EUROPE,
    Region.EURO_ATLANTIC: EUROPE,
    Region.NORTH_ATLANTIC: EUROPE,
    Region.NORTH_AMERICA: EUROPE,
    Region.MEDITERRANEAN: MEDITERRANEAN,
    Region.CENTRAL_MEDITERRANEAN: MEDITERRANEAN,
    Region.MIDDLE_EAST: MIDDLE_EAST,
    Region.MIDDLE_EAST_MEDITERRANEAN: MIDDLE_EAST,
    Region.NORTH_AFRICA: MIDDLE_EAST,
    Region.AFRICA: AFRICA,
    Region.HORN_OF_AFRICA: AFRICA,
    Region.CENTRAL_ASIA: ASIA,
    Region.FORMER_SOVIET_UNION: ASIA,
}
AREA_ORDER = [*dict.fromkeys(AREAS.values())]

# a class of the stylesheet for each sort of mission, and what a legend calls it
TIMELINE_KINDS = {
    "peace": _("peacekeeping, prevention"),
    "force": _("enforcement, counter-terrorism"),
    "training": _("training"),
    "sea-air": _("sea and air"),
    "relief": _("relief, support"),
    "defence": _("collective defence"),
}
TIMELINE_KIND_OF = {
    MissionType.PEACEKEEPING: "peace",
    MissionType.CONFLICT_PREVENTION: "peace",
    MissionType.PEACE_ENFORCEMENT: "force",
    MissionType.COUNTER_TERRORISM: "force",
    MissionType.TRAINING: "training",
    MissionType.MARITIME_SECURITY: "sea-air",
    MissionType.AIR_POLICING: "sea-air",
    MissionType.SUPPORT: "relief",
    MissionType.RELIEF: "relief",
    MissionType.COLLECTIVE_DEFENCE: "defence",
}


def mission_timeline(missions, leads_to=None, **years):
    """Draw missions in the lanes of their areas; the axis ends this year at the earliest.

    A mark leads to its mission, or to where ``leads_to`` sends the reader of that mission.
    """
    addresses = leads_to or {}
    drawn = (mission_span(it)._replace(address=addresses.get(it) or it.get_absolute_url()) for it in missions)
    spans = sorted(drawn, key=lambda it: (AREA_ORDER.index(it.group), it.start))
    return timeline_chart(spans, last_year=timezone.localdate().year, **years)


def timeline_legend(drawn):
    """Pair the class and the words of each sort of mission that a timeline shows."""
    shown = {mark.span.kind for group in drawn.groups for mark in group.marks}
    return [(kind, words) for kind, words in TIMELINE_KINDS.items() if kind in shown]


def mission_span(mission):
    """Give one mission its bar: an open one reaches to today, an unknown end no further than what is known.

    What was decided and never established has no end that could be known or not.
    """
    is_over = mission.end_date or mission.state == State.NOT_ESTABLISHED
    ending = "known" if is_over else "open" if mission.state == State.ONGOING else "unknown"
    start = mission.start_date.first
    return TimelineSpan(
        name=mission.called,
        start=start,
        end=max(start, min(mission.last_known.last, timezone.localdate())),
        ending=ending,
        group=AREAS[mission.region],
        kind=TIMELINE_KIND_OF[mission.type],
        says=describe_mission(mission, ending),
        address=mission.get_absolute_url(),
    )


def describe_mission(mission, ending):
    """Say what a bar shows: ``Kosovo Force: peacekeeping, Western Balkans, since 12 June 1999``."""
    start = mission.start_date.in_words
    if not mission.end_date and mission.state == State.NOT_ESTABLISHED:
        when = _("%(start)s, not established") % {"start": start}
    else:
        when = {
            "known": lambda: f"{start} – {mission.end_date.in_words}",
            "open": lambda: _("since %(start)s, still running") % {"start": start},
            "unknown": lambda: _("%(start)s, end not known") % {"start": start},
        }[ending]()
    name = f"{mission.name} ({mission.called})" if mission.called != mission.name else mission.name
    return f"{name}: {MissionType(mission.type).label}, {Region(mission.region).label}, {when}"
