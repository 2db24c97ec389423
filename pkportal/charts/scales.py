"""Scales: where a number or a date falls on an axis, and how long a bar is, in per cent."""

import datetime
import math
from collections.abc import Sequence
from typing import NamedTuple

MAX_YEAR_TICKS = 8  # on the chart of a phone
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
MIN_BAR = 0.5  # per cent: the shortest bar of a value that is not zero


class AxisTick(NamedTuple):
    """One labelled place on an axis, in per cent of its length."""

    at: float
    label: str


def round_axis(largest: float) -> tuple[int, int]:
    """Return the end and the step of an axis that begins at zero: at most five steps of 1, 2 or 5 × a power of ten.

    ``round_axis(4273)`` is ``(5000, 1000)``; the axis of no values ends at 1.
    """
    least_step = max(largest, 1) / 5
    power = 10 ** max(math.floor(math.log10(least_step)), 0)
    step = next(power * digit for digit in (1, 2, 5, 10) if power * digit >= least_step)
    return step * math.ceil(max(largest, 1) / step), step


def number_ticks(top: int, step: int) -> list[AxisTick]:
    """Return the labelled ticks of an axis of numbers from zero; 10,000 is written out, as in a table."""
    return [AxisTick(percent(value, top), f"{value:,}") for value in range(0, top + 1, step)]


def percent(value: float, top: float) -> float:
    """Return a value's place in per cent of an axis from zero to ``top``."""
    return round(100 * value / top, 2)


def bar_lengths(values: Sequence[float]) -> list[float]:
    """Return the length of a horizontal bar for each value, in per cent of the longest; a small one stays visible."""
    top = max(values, default=0)
    return [max(percent(value, top), MIN_BAR) if value else 0 for value in values] if top else [0] * len(values)


class YearAxis(NamedTuple):
    """An axis of time, from the first day of one year to the last day of another."""

    first: int
    last: int

    def at(self, day: datetime.date) -> float:
        """Return a day's place on the axis in per cent; a day outside the axis is placed at its end."""
        start, end = datetime.date(self.first, 1, 1).toordinal(), datetime.date(self.last, 12, 31).toordinal()
        return round(100 * min(max((day.toordinal() - start) / (end - start), 0), 1), 2)

    def ticks(self) -> list[AxisTick]:
        """Return the labelled ticks: of each year, or of as many round ones as have room beside each other."""
        step = next(step for step in YEAR_STEPS if (self.last - self.first) // step < MAX_YEAR_TICKS)
        years = range(self.first + -self.first % step, self.last + 1, step)
        return [AxisTick(self.at(datetime.date(year, 1, 1)), str(year)) for year in years]
