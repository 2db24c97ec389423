"""Line charts over time: a point for each dated value, a line only between years that follow each other."""

import datetime
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from pkportal.content.dates import PartialDate

from .scales import AxisTick, YearAxis, number_ticks, percent, round_axis

LABEL_DISTANCE = 15  # per cent of the chart: nearer labels would overlap
LABEL_TOP = 18  # per cent of the height of a small chart: how far above its point a label reaches
RIGHT_EDGE = 85  # per cent of the width: right of it, a label is written to the left of its point


class SeriesValue(NamedTuple):
    """Input: a number at a partial date, in words, and the address of the record; its series has a CSS class."""

    date: PartialDate
    number: float
    description: str
    address: str
    css_class: str = ""


class LinePoint(NamedTuple):
    """Geometry of one value: its place in per cent of the width and the height, from the top left."""

    x: float
    y: float
    description: str
    address: str
    css_class: str = ""


class PointLabel(NamedTuple):
    """A number beside a point; ``anchor`` is the SVG text-anchor. Places are in per cent, as those of points."""

    x: float
    y: float
    text: str
    anchor: str


class LineChart(NamedTuple):
    """Geometry of a line chart: strokes (lists of joined points), all points, the two axes, and labels.

    ``across`` are the ticks of the years, from the left; ``up`` those of the numbers, from the top.
    """

    strokes: list[list[LinePoint]]
    points: list[LinePoint]
    across: list[AxisTick]
    up: list[AxisTick]
    labels: list[PointLabel]


def line_chart(values: Iterable[SeriesValue], last_year: int | None = None, first_year: int | None = None) -> LineChart:
    """Compute a line chart of at least one dated value, with gaps where a whole year or more is unknown.

    Two values of one series are joined where their years are the same or follow each other. The axis of numbers begins
    at zero. The axis of years includes ``first_year`` and ``last_year``, so that unknown years are seen to be empty and
    charts side by side can share an axis.
    """
    values = sorted(values, key=lambda value: (midpoint(value.date), value.number))
    first, last = values[0].date.year, values[-1].date.year
    years = YearAxis(min(first_year or first, first), max(last_year or last, last))
    top, step = round_axis(max(value.number for value in values))
    points = [
        LinePoint(years.at(midpoint(value.date)), 100 - percent(value.number, top), *value[2:]) for value in values
    ]
    return LineChart(
        strokes=[stroke for stroke in split_at_gaps(values, points) if len(stroke) > 1],
        points=points,
        across=years.ticks(),
        up=[tick._replace(at=round(100 - tick.at, 2)) for tick in number_ticks(top, step)],
        labels=label_points(values, points),
    )


def midpoint(date: PartialDate) -> datetime.date:
    """Return the day in the middle of a partial date: of a year, 2 July."""
    return date.first + (date.last - date.first) / 2


def split_at_gaps(values: list[SeriesValue], points: list[LinePoint]) -> list[list[LinePoint]]:
    """Split each series into strokes where a whole year or more is unknown; values and points are in order of time."""
    strokes = []
    for css_class in dict.fromkeys(value.css_class for value in values):
        members = [(value, point) for value, point in zip(values, points, strict=True) if value.css_class == css_class]
        strokes.append([members[0][1]])
        for (before, _point), (after, point) in pairwise(members):
            if after.date.year - before.date.year > 1:
                strokes.append([])
            strokes[-1].append(point)
    return strokes


def label_points(values: list[SeriesValue], points: list[LinePoint]) -> list[PointLabel]:
    """Label the highest value and the last one with their numbers; only the highest where the two labels overlap."""
    highest, last = max(range(len(values)), key=lambda i: values[i].number), len(values) - 1
    first, second = (label_point(values[i], points[i], points) for i in (highest, last))
    overlap = abs(first.x - second.x) < LABEL_DISTANCE and abs(first.y - second.y) < LABEL_DISTANCE
    return [first] if overlap else [first, second]


def label_point(value: SeriesValue, point: LinePoint, points: Iterable[LinePoint]) -> PointLabel:
    """Label a point with its number, above the points that the label would cover."""
    is_left = point.x > RIGHT_EDGE
    reach = sorted([point.x, point.x + (-LABEL_DISTANCE if is_left else LABEL_DISTANCE)])
    beside = [other.y for other in points if reach[0] <= other.x <= reach[1]]
    y = point.y
    while covered := [other for other in beside if y - LABEL_TOP < other < y]:
        y = min(covered)
    return PointLabel(point.x, y, f"{value.number:,}", "end" if is_left else "start")
