"""A timeline: spans in lanes, related ones together, every name in full."""

import datetime
from itertools import groupby
from typing import NamedTuple

from .scales import YearAxis
from .text_width import text_width

WIDTH = 960  # the least width of the broad drawing; where it is wider, names only get more room
NARROW = 288  # and of the one for a small screen: more lanes, and all the years at once
LANE_HEIGHT, GROUP_HEAD, GROUP_FOOT = (
    28,
    26,
    8,
)  # heights in pixels: of a lane, of a group's name, of what stands below a group
SPAN_GAP = 12  # pixels between the end of one thing and the beginning of the next
UNKNOWN_END = 1.2  # per cent of the width: how far the mark of an unknown end reaches


class TimelineSpan(NamedTuple):
    """One span as it goes in; when it ended is ``known`` or ``unknown``, or its end is still ``open``."""

    name: str
    start: datetime.date
    end: datetime.date
    ending: str
    group: str
    kind: str
    says: str
    address: str


class SpanMark(NamedTuple):
    """One span as it is drawn: x and width in per cent, heights in pixels; its name begins or ends at ``name_x``."""

    x: float
    width: float
    y: int
    name_x: float
    anchor: str
    span: TimelineSpan


class SpanGroup(NamedTuple):
    """Related spans under one name, with the height of that name."""

    name: str
    y: int
    marks: list


class TimelineChart(NamedTuple):
    """A whole figure: groups of marks, the years above, its height in pixels, and the same for a small screen."""

    groups: list
    ticks: list
    height: int
    narrow: "TimelineChart | None" = None


def timeline_chart(spans, first_year=None, last_year=None, width=WIDTH):
    """Lay spans out in lanes, group after group in the order in which the groups first come.

    In a group each span takes the first lane that has room for its bar and its whole name. The stylesheet shows the
    broad drawing where there is the width, in pixels, for which that was reckoned, and else the narrow one.
    """
    if not spans:
        return TimelineChart([], [], 0)
    years = YearAxis(first_year or min(it.start.year for it in spans), last_year or max(it.end.year for it in spans))
    return lay_out(spans, years, width)._replace(narrow=lay_out(spans, years, NARROW))


def lay_out(spans, years, width):
    """Give each span its lane in a drawing of this width."""
    order = {name: nth for nth, name in enumerate(dict.fromkeys(it.group for it in spans))}
    groups, y = [], GROUP_HEAD
    for name, members in groupby(sorted(spans, key=lambda it: (order[it.group], it.start)), lambda it: it.group):
        ends, marks = [], []
        for span in members:
            begins, stops, mark = place_span(span, years, width)
            lane = next((nth for nth, end in enumerate(ends) if end + SPAN_GAP <= begins), len(ends))
            ends[lane : lane + 1] = [stops]
            marks.append(mark._replace(y=y + GROUP_HEAD + lane * LANE_HEIGHT))
        groups.append(SpanGroup(name, y, marks))
        y += GROUP_HEAD + len(ends) * LANE_HEIGHT + GROUP_FOOT
    return TimelineChart(groups, years.ticks(5 if years.last - years.first > 9 else 1), y)


def place_span(span, years, across):
    """Give the pixels in which a span begins and stops, its name included, and its mark without a height."""
    x, end = years.at(span.start), years.at(span.end)
    width = max(round(end - x, 2), 0.3)
    left = x * across / 100
    right = left + (width + (UNKNOWN_END if span.ending == "unknown" else 0)) * across / 100
    wide = text_width(span.name)
    if left + wide <= across:
        return left, max(right, left + wide), SpanMark(x, width, 0, x, "start", span)
    return min(left, across - wide), max(right, across), SpanMark(x, width, 0, 100, "end", span)
