"""Timelines: spans in lanes, grouped, with every name in full."""

import datetime
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from .scales import AxisTick, YearAxis
from .text_width import text_width, wrap_text

# pixels
RIGHT_MARGIN = 28  # right of the chart, for the number of its last year
WIDTH = 960 - RIGHT_MARGIN  # least width of the wide chart; where it is drawn wider, names only get more room
SMALL_SCREEN_WIDTH = 288 - RIGHT_MARGIN  # least width of the chart for a small screen, which has more lanes
LANE_HEIGHT = 28
GROUP_HEAD = 26  # height of the name of a group in one line
GROUP_LINE = 16  # height of a further line
GROUP_FONT = 13.5  # font size of the names of groups, which are bold and so a little wider
GROUP_FOOT = 8  # space below a group
SPAN_GAP = 12  # between the end of one span and the start of the next in its lane

UNKNOWN_END = 1.2  # per cent of the width: how far the mark of an unknown end reaches
MIN_WIDTH = 0.3  # per cent of the width: a shorter span would not be seen


class TimelineSpan(NamedTuple):
    """Input: a span of time; its ending is ``known``, ``unknown`` or still ``open``. ``kind`` is its CSS class."""

    name: str
    start: datetime.date
    end: datetime.date
    ending: str
    group: str
    kind: str
    description: str
    address: str


class SpanMark(NamedTuple):
    """Geometry of one span: x, width and ``name_x`` in per cent of the width, y in pixels.

    ``anchor`` is the SVG text-anchor of the name, which begins or ends at ``name_x``.
    """

    x: float
    width: float
    y: int
    name_x: float
    anchor: str
    span: TimelineSpan


class SpanGroup(NamedTuple):
    """The spans of a group, the y of its name in pixels, and the lines in which that is written."""

    name: str
    y: int
    lines: list[str]
    marks: list[SpanMark]


class TimelineChart(NamedTuple):
    """Geometry of a timeline: groups, ticks of the years, height in pixels, and the same for a small screen."""

    groups: list[SpanGroup]
    ticks: list[AxisTick]
    height: int
    narrow: "TimelineChart | None" = None


class SpanBox(NamedTuple):
    """The room that a span needs in its lane, from left to right in pixels, and its geometry without a y."""

    left: float
    right: float
    mark: SpanMark


def timeline_chart(
    spans: Sequence[TimelineSpan],
    first_year: int | None = None,
    last_year: int | None = None,
    width: float = WIDTH,
) -> TimelineChart:
    """Compute a timeline: groups in the order in which they first occur, and the lane of each span.

    In its group a span takes the first lane with room for its bar and its whole name, in a chart of ``width`` pixels.
    The stylesheet shows the wide chart where there is room for it, and the narrow one elsewhere.
    """
    if not spans:
        return TimelineChart([], [], 0)
    years = YearAxis(
        first_year or min(span.start.year for span in spans), last_year or max(span.end.year for span in spans)
    )
    return lay_out(spans, years, width)._replace(narrow=lay_out(spans, years, SMALL_SCREEN_WIDTH))


def lay_out(spans: Sequence[TimelineSpan], years: YearAxis, width: float) -> TimelineChart:
    """Compute a timeline of a width in pixels."""
    order = {name: i for i, name in enumerate(dict.fromkeys(span.group for span in spans))}
    by_group = groupby(sorted(spans, key=lambda span: (order[span.group], span.start)), attrgetter("group"))
    groups, y = [], GROUP_HEAD
    for name, members in by_group:
        lines = wrap_text(name, width, GROUP_FONT)
        lanes_top = y + GROUP_HEAD + GROUP_LINE * (len(lines) - 1)
        lane_ends: list[float] = []
        marks = []
        for span in members:
            box = span_box(span, years, width)
            lane = next((i for i, end in enumerate(lane_ends) if end + SPAN_GAP <= box.left), len(lane_ends))
            lane_ends[lane : lane + 1] = [box.right]
            marks.append(box.mark._replace(y=lanes_top + lane * LANE_HEIGHT))
        groups.append(SpanGroup(name, y, lines, marks))
        y = lanes_top + len(lane_ends) * LANE_HEIGHT + GROUP_FOOT
    return TimelineChart(groups, years.ticks(), y)


def span_box(span: TimelineSpan, years: YearAxis, chart_width: float) -> SpanBox:
    """Return the room that a span and its name take; a name that would leave the chart ends at its right edge."""
    x, end = years.at(span.start), years.at(span.end)
    width = max(round(end - x, 2), MIN_WIDTH)
    left = x * chart_width / 100
    right = left + (width + (UNKNOWN_END if span.ending == "unknown" else 0)) * chart_width / 100
    name_width = text_width(span.name)
    if left + name_width <= chart_width:
        return SpanBox(left, max(right, left + name_width), SpanMark(x, width, 0, x, "start", span))
    return SpanBox(
        min(left, chart_width - name_width), max(right, chart_width), SpanMark(x, width, 0, 100, "end", span)
    )
