"""Where a number or a date falls on an axis, in per cent of its length."""

import datetime
import math
from typing import NamedTuple


class AxisTick(NamedTuple):
    """One labelled place of an axis, in per cent of its length."""

    at: float
    label: str


def round_axis(largest):
    """Give the end of an axis from zero and its step, at most five parts of 1, 2 or 5 times a power of ten.

    ``round_top(4273)`` is ``(5000, 1000)``; the axis of nothing ends at 1.
    """
    rough = max(largest, 1) / 5
    power = 10 ** max(math.floor(math.log10(rough)), 0)
    step = next(power * it for it in (1, 2, 5, 10) if power * it >= rough)
    return step * math.ceil(max(largest, 1) / step), step


def number_ticks(top, step):
    """Label the round numbers of an axis from zero: 10,000 is written out, as in a table."""
    return [AxisTick(percent(value, top), f"{value:,}") for value in range(0, top + 1, step)]


def percent(value, top):
    """Give a value's place on an axis that begins at zero."""
    return round(100 * value / top, 2)


class YearAxis(NamedTuple):
    """An axis of time, from the first day of one year to the last day of another."""

    first: int
    last: int

    def at(self, day):
        """Give a day's place on the axis, never outside it."""
        start, end = datetime.date(self.first, 1, 1).toordinal(), datetime.date(self.last, 12, 31).toordinal()
        return round(100 * min(max((day.toordinal() - start) / (end - start), 0), 1), 2)

    def ticks(self, step=5):
        """Label every fifth year, where the step says nothing else."""
        years = range(self.first + -self.first % step, self.last + 1, step)
        return [AxisTick(self.at(datetime.date(year, 1, 1)), str(year)) for year in years]
