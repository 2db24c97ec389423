"""A coverage grid: what is known of each thing in each year."""

from typing import NamedTuple

from .scales import YearAxis

ROW_HEIGHT = 22  # pixels


class GridCell(NamedTuple):
    """One year as it goes in: ``known`` or ``estimated``, the words that say it, and where it is on record."""

    year: int
    state: str
    says: str
    address: str


class GridSquare(NamedTuple):
    """One cell as it is drawn: x and width in per cent of the row."""

    x: float
    width: float
    cell: GridCell


class GridRow(NamedTuple):
    """One thing with its squares; where it is empty nothing is known. ``life`` is where on the axis it existed."""

    name: str
    address: str
    life: GridSquare
    squares: list


def coverage_grid(rows, first_year, last_year):
    """Lay out rows of ``(name, address, (first year, last year), cells)`` on one axis of years."""
    years = YearAxis(first_year, last_year)
    wide = 100 / (last_year - first_year + 1)

    def square(year, until, cell):
        return GridSquare(round((year - first_year) * wide, 2), round((until - year + 1) * wide, 2), cell)

    drawn = [
        GridRow(name, address, square(*life, None), [square(it.year, it.year, it) for it in cells])
        for name, address, life, cells in rows
    ]
    return drawn, years.ticks()
