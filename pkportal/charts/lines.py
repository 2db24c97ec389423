"""Lines over time: a point for each dated value, a line only between years that follow each other."""

from itertools import pairwise
from typing import NamedTuple

from .scales import YearAxis, number_ticks, percent, round_axis

LABEL_DISTANCE = 15  # per cent of the figure: how near one number may stand to the other


class SeriesValue(NamedTuple):
    """One dated value as it goes in: a partial date, a number, the words that say it, and where it is on record."""

    date: object
    number: int
    says: str
    address: str


class LinePoint(NamedTuple):
    """One value as it is drawn: its place in per cent of width and height, from the top left."""

    x: float
    y: float
    says: str
    address: str


class PointLabel(NamedTuple):
    """A word beside a point: the number of a peak or of the last value."""

    x: float
    y: float
    text: str
    anchor: str


class LineChart(NamedTuple):
    """A whole figure: the strokes, each a list of points that may be joined; single points; axes and labels."""

    strokes: list
    points: list
    across: list
    up: list
    labels: list


def line_chart(values, last_year=None, first_year=None):
    """Draw dated values as lines with gaps: nothing is drawn through a year for which nothing is known.

    Two values are joined where their years are the same or follow each other. The axis of numbers begins at zero;
    the axis of years reaches from ``first_year`` to ``last_year``, so that years of which nothing is known are seen to
    be empty, and figures that stand together can share it.
    """
    values = sorted(values, key=lambda it: (midpoint(it.date), it.number))
    first, last = values[0].date.year, values[-1].date.year
    years = YearAxis(min(first_year or first, first), max(last_year or last, last))
    top, step = round_axis(max(it.number for it in values))
    points = [
        LinePoint(years.at(midpoint(it.date)), 100 - percent(it.number, top), it.says, it.address) for it in values
    ]
    return LineChart(
        strokes=[stroke for stroke in split_at_gaps(values, points) if len(stroke) > 1],
        points=points,
        across=years.ticks(5 if years.last - years.first > 9 else 1),
        up=[tick._replace(at=round(100 - tick.at, 2)) for tick in number_ticks(top, step)],
        labels=label_points(values, points),
    )


def midpoint(date):
    """Take a date that is known to the month or the year at the middle of what it may mean."""
    return date.first + (date.last - date.first) / 2


def split_at_gaps(values, points):
    """Break the points into strokes where a whole year or more is unknown."""
    strokes = [[points[0]]]
    for (before, after), point in zip(pairwise(values), points[1:], strict=True):
        if after.date.year - before.date.year > 1:
            strokes.append([])
        strokes[-1].append(point)
    return strokes


def label_points(values, points):
    """Write the number beside the highest value and beside the last, so that few eyes have to go to the axis.

    Where the two would stand in each other's way, only the highest is written.
    """
    highest, last = max(range(len(values)), key=lambda nth: values[nth].number), len(values) - 1
    one, other = points[highest], points[last]
    crowded = abs(one.x - other.x) < LABEL_DISTANCE and abs(one.y - other.y) < LABEL_DISTANCE
    return [
        PointLabel(*points[nth][:2], f"{values[nth].number:,}", "end" if points[nth].x > 85 else "start")
        for nth in dict.fromkeys([highest] if crowded else [highest, last])
    ]
