"""Cells of a sheet that are merged over several rows: only the first of them has the text."""

from collections.abc import Iterable
from typing import NamedTuple

MOST_MERGED = 20_000  # ranges of a sheet that are kept


class MergedRange(NamedTuple):
    """Cells of one column that are merged: from which row to which, and the index of the column."""

    first: int
    last: int
    place: int


class MergedCells:
    """The ranges of a sheet by their first rows; a reader may add some while rows are read."""

    def __init__(self):
        self._ranges: list[MergedRange] = []
        self._seen = 0
        self._open: list[MergedRange] = []

    def add(self, ranges: Iterable[MergedRange]) -> None:
        """Keep ranges of more than one row, all of which begin below those that are kept."""
        room = MOST_MERGED - len(self._ranges)
        self._ranges += sorted(it for it in ranges if it.last > it.first)[: max(room, 0)]

    def at(self, number: int) -> list[MergedRange]:
        """Return the ranges that have a row; rows are asked for in their order."""
        ranges = self._ranges
        while self._seen < len(ranges) and ranges[self._seen].first <= number:
            self._open.append(ranges[self._seen])
            self._seen += 1
        if self._open:
            self._open = [it for it in self._open if it.last >= number]
        return self._open
