"""A coverage grid: a row for each thing, a column for each year, a square where something is known."""

from collections.abc import Iterable
from typing import NamedTuple

from .scales import AxisTick, YearAxis

ROW_HEIGHT = 22  # pixels


class GridCell(NamedTuple):
    """Input: a year of which something is ``known`` or ``estimated``, in words, and the address of the record."""

    year: int
    state: str
    description: str
    address: str


class YearSpan(NamedTuple):
    """The first and the last year of a thing, both included."""

    first: int
    last: int


class GridSquare(NamedTuple):
    """Geometry of one cell: its left edge and its width, in per cent of the row."""

    x: float
    width: float
    cell: GridCell | None


class GridRow(NamedTuple):
    """Geometry of one row: the squares, and in ``life`` the span of years in which the thing existed."""

    name: str
    address: str
    life: GridSquare
    squares: list[GridSquare]


class CoverageGrid(NamedTuple):
    """Geometry of a whole grid: its rows and the ticks of its axis of years."""

    rows: list[GridRow]
    ticks: list[AxisTick]


class GridInput(NamedTuple):
    """Input of one row: a thing, its address, the years of its life, and a cell for each year with something known."""

    name: str
    address: str
    life: YearSpan
    cells: Iterable[GridCell]


def coverage_grid(rows: Iterable[GridInput], first_year: int, last_year: int) -> CoverageGrid:
    """Compute the squares of each row on one axis of years, on which all years have the same width."""
    year_width = 100 / (last_year - first_year + 1)

    def square(first: int, last: int, cell: GridCell | None = None) -> GridSquare:
        x, width = (first - first_year) * year_width, (last - first + 1) * year_width
        return GridSquare(round(x, 2), round(width, 2), cell)

    return CoverageGrid(
        rows=[
            GridRow(
                name=row.name,
                address=row.address,
                life=square(row.life.first, row.life.last),
                squares=[square(cell.year, cell.year, cell) for cell in row.cells],
            )
            for row in rows
        ],
        ticks=YearAxis(first_year, last_year).ticks(),
    )
