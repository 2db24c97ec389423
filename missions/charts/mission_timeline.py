"""Missions as spans of a timeline: grouped by area, coloured by type; no span is longer than the record knows."""

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.models import Mission, MissionType, Region, State
from pkportal.charts.timeline import TimelineChart, TimelineSpan, timeline_chart

BALKANS, EUROPE_AND_ATLANTIC = _("Balkans and Adriatic"), _("Europe, Atlantic, North America")
MEDITERRANEAN, MIDDLE_EAST = _("Mediterranean"), _("Middle East and North Africa")
AFRICA, ASIA = _("Africa and the Indian Ocean"), _("Central Asia and the former Soviet Union")

# the record has more regions than a timeline can show as groups
AREAS = {
    Region.WESTERN_BALKANS: BALKANS,
    Region.BALKANS_ADRIATIC: BALKANS,
    Region.BALKANS_CENTRAL_EUROPE: BALKANS,
    Region.SOUTHERN_EUROPE: EUROPE_AND_ATLANTIC,
    Region.EASTERN_EUROPE: EUROPE_AND_ATLANTIC,
    Region.BALTIC: EUROPE_AND_ATLANTIC,
    Region.EURO_ATLANTIC: EUROPE_AND_ATLANTIC,
    Region.NORTH_ATLANTIC: EUROPE_AND_ATLANTIC,
    Region.NORTH_AMERICA: EUROPE_AND_ATLANTIC,
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

# a CSS class for each group of mission types, and its label in the legend
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


def mission_timeline(missions: Iterable[Mission], addresses: Mapping[Mission, str] | None = None) -> TimelineChart:
    """Draw missions as spans, grouped by area, from the year of the first start to this year.

    Each span links to its mission, or to the address that ``addresses`` has for it.
    """
    spans = [mission_span(mission, (addresses or {}).get(mission)) for mission in missions]
    spans.sort(key=lambda span: (AREA_ORDER.index(span.group), span.start))
    return timeline_chart(spans, last_year=timezone.localdate().year)


def timeline_legend(timeline: TimelineChart) -> list[tuple[str, str]]:
    """Return pairs of a CSS class and a label, for the types of missions that a timeline shows."""
    present = {mark.span.kind for group in timeline.groups for mark in group.marks}
    return [(kind, label) for kind, label in TIMELINE_KINDS.items() if kind in present]


def mission_span(mission: Mission, address: str | None = None) -> TimelineSpan:
    """Return the span of a mission, up to its last known date: of an ongoing one, the date as of which it is stated.

    An ongoing one that was last stated more than two years ago has an unknown end. A mission that was decided and
    never established has none.
    """
    is_over = mission.end_date or mission.state == State.NOT_ESTABLISHED
    ending = "known" if is_over else "open" if mission.is_ongoing and not mission.is_stale else "unknown"
    start = mission.start_date.first
    return TimelineSpan(
        name=mission.short_name,
        start=start,
        end=max(start, min(mission.last_known_date.last, timezone.localdate())),
        ending=ending,
        group=AREAS[mission.region],
        kind=TIMELINE_KIND_OF[mission.type],
        description=describe_mission(mission, ending),
        address=address or mission.get_absolute_url(),
    )


def describe_mission(mission: Mission, ending: str) -> str:
    """Return a mission in words: ``Kosovo Force (KFOR): peacekeeping, Western Balkans, since 12 June 1999, …``."""
    start = mission.start_date.in_words
    facts = {"start": start, "stated": mission.last_stated.on_or_in if mission.is_ongoing else ""}
    if not mission.end_date and mission.state == State.NOT_ESTABLISHED:
        when = _("%(start)s, not established") % {"start": start}
    elif mission.is_ongoing:
        words = _("since %(start)s, last stated %(stated)s, more than two years ago")
        when = (words if ending == "unknown" else _("since %(start)s, as last stated %(stated)s")) % facts
    else:
        unknown = _("%(start)s, end not known") % facts
        when = f"{start} – {mission.end_date.in_words}" if ending == "known" else unknown
    others = ", ".join(dict.fromkeys(filter(None, [mission.acronym, mission.operations])))
    name = f"{mission.name} ({others})" if others else mission.name
    return f"{name}: {MissionType(mission.type).label}, {Region(mission.region).label}, {when}"
