"""A coverage grid: what is known of each thing in each year."""

from typing import NamedTuple

from .scales import Years

ROW = 22  # pixels


class Cell(NamedTuple):
    """One year as it goes in: ``known`` or ``estimated``, the words that say it, and where it is on record."""

    year: int
    state: str
    says: str
    address: str


class Square(NamedTuple):
    """One cell as it is drawn: x and width in per cent of the row."""

    x: float
    width: float
    cell: Cell


class Row(NamedTuple):
    """One thing with its squares; where it is empty nothing is known. ``life`` is where on the axis it existed."""

    name: str
    address: str
    life: Square
    squares: list


def grid(rows, first_year, last_year):
    """Lay out rows of ``(name, address, (first year, last year), cells)`` on one axis of years."""
    years = Years(first_year, last_year)
    wide = 100 / (last_year - first_year + 1)

    def square(year, until, cell):
        return Square(round((year - first_year) * wide, 2), round((until - year + 1) * wide, 2), cell)

    drawn = [
        Row(name, address, square(*life, None), [square(it.year, it.year, it) for it in cells])
        for name, address, life, cells in rows
    ]
    return drawn, years.ticks()
