"""Tables on their side: the names of their columns are below each other, and each column is a row."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from .headers import FEWEST_LYING, Header, KnownNames, trim_names
from .tables import (
    INVISIBLE,
    MAX_COLUMNS,
    NO_FAULTS,
    RawRow,
    ReadingChoice,
    ReadingQuestion,
    Undecided,
    UnreadableFile,
    is_blank,
)

TURNED = "yes"  # the answer


def lying_names(rows: Sequence[RawRow], header: Header, known: KnownNames) -> list[str]:
    """Return the names of columns that are below each other in a table on its side; none if it is not on its side."""
    first = [first_cell(row) for row in rows]
    names = known.find(first)
    if len(names) < FEWEST_LYING or len(names) <= 2 * header.known:
        return []
    return [*dict.fromkeys(name for name in trim_names(first) if known.find([name]))]


def first_cell(row: RawRow) -> str:
    """Return the first cell of a row that is not blank."""
    return next((cell for cell in row.cells if cell.strip(INVISIBLE)), "")


def ask_to_turn(names: Sequence[str], rows: Sequence[RawRow]) -> Undecided:
    """Return the question whether a table on its side is turned."""
    samples = [" · ".join(trim_names(column)) for column in zip(*(row.cells[:3] for row in rows), strict=False)]
    words = _("The names of columns are below each other: %(names)s. Is the table to be turned, each column to a row?")
    choice = ReadingChoice(TURNED, _("Turn it:"), samples)
    return Undecided(ReadingQuestion("turned", words % {"names": ", ".join(names)}, [choice]))


def turned_rows(head: Sequence[RawRow], rows: Iterator[RawRow], known: KnownNames) -> list[RawRow]:
    """Return the columns of a table on its side as rows, numbered as columns are counted, without its titles."""
    lying = [*head, *islice(rows, MAX_COLUMNS - len(head))]
    if next(rows, None):
        raise UnreadableFile(_("A table on its side can have %d names at most.") % MAX_COLUMNS)
    if faulty := next((row for row in lying if row.fault), None):
        raise UnreadableFile(faulty.fault)
    lying = [row for row in lying if known.find([first_cell(row)]) or not is_title(row)]
    width = max(len(row.cells) for row in lying)
    turned = []
    for place in range(width):
        cells = [row.cells[place] if place < len(row.cells) else "" for row in lying]
        faults = {index: row.cell_faults[place] for index, row in enumerate(lying) if place in row.cell_faults}
        if faults or not is_blank(cells):
            turned.append(RawRow(place + 1, cells, "", faults or NO_FAULTS))
    return turned


def is_title(row: RawRow) -> bool:
    """True if a row has one text and nothing else."""
    return len([cell for cell in row.cells if not is_blank([cell])]) == 1
