"""A table of texts as it was read from a file: its header, its rows, and what was left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from django.utils.translation import gettext as _

from .merged_cells import MergedCells

MAX_COLUMNS = 500  # with names; a wide table has a column for each year or for each nation
MAX_NOTES = 100
_year = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
NO_FAULTS: Mapping[int, str] = MappingProxyType({})


# also the marks that no screen shows: of the end of a DOS file, of no width, of byte order
INVISIBLE = f" \t\r\n\v\f\x1a\xa0{''.join(map(chr, range(0x2000, 0x200E)))}\u202f\u2060\u3000\ufeff"


class UnreadableFile(Exception):
    """The file is not a table of rows; the message says where and why."""


class ReadingChoice(NamedTuple):
    """One answer to a question: its value in ``ReadingOptions``, its words, and what the file says then."""

    value: str
    label: str
    samples: list[str]


class ReadingQuestion(NamedTuple):
    """What a person must decide before a file can be read; ``name`` is the option that has the answer."""

    name: str
    text: str
    choices: list[ReadingChoice]


class Undecided(UnreadableFile):
    """The file can be read in several ways, and a person must choose one."""

    def __init__(self, question: ReadingQuestion):
        self.question = question
        lines = [f"{it.value}: {it.label} {' · '.join(it.samples)}".rstrip() for it in question.choices]
        super().__init__("\n".join([question.text, *lines]))


@dataclass(frozen=True)
class ReadingOptions:
    """The answers of a person to questions about a file; a blank one has not been asked."""

    encoding: str = ""
    sheet: str = ""
    hidden: str = ""
    merged: str = ""
    headings: str = ""
    beside: str = ""
    turned: str = ""
    filled: Sequence[str] = ()  # columns whose blank cells have the value above them


LEFT_OUT = "left out"  # the answer that rows which are hidden in a sheet are no rows of the table
AS_THEY_ARE = "as they are"  # the answer that merged cells are not filled, or that headings are rows of the table
OTHER_WAYS = {"hidden": LEFT_OUT, "merged": AS_THEY_ARE, "headings": AS_THEY_ARE}
WITHOUT_ANSWERS = ReadingOptions()


class ReadingNote(NamedTuple):
    """What was left out of a file, or read in a way that its owner should know, and in which row.

    ``about`` is the option of reading by which it can be read otherwise; of cells that may be filled down, what can be
    done with which column.
    """

    row: int | None
    text: str
    about: str = ""

    def __str__(self):
        return f"{_('row %(row)d') % {'row': self.row}}: {self.text}" if self.row else self.text


class TableRow(NamedTuple):
    """One row: its number as a spreadsheet counts, and a text for each column of the header.

    ``fault`` says why the row as a whole cannot be read; ``cell_faults`` says it of single cells, by their index.
    """

    number: int
    cells: list[str]
    fault: str = ""
    cell_faults: Mapping[int, str] = NO_FAULTS


class Notes(list[ReadingNote]):
    """The notes on one file, at most a hundred: a file may have a blank row after every other row."""

    more = 0

    def add(self, row: int | None, text: str, about: str = "") -> None:
        """Add a note, or count it if there are many."""
        if len(self) < MAX_NOTES:
            self.append(ReadingNote(row, text, about))
        else:
            self.more += 1

    def close(self) -> None:
        """Sort the notes by their rows, and add how many there would be besides."""
        self.sort(key=lambda note: (note.row is None, note.row))
        if self.more:
            self.append(ReadingNote(None, _("There are %(count)d more notes like these.") % {"count": self.more}))
            self.more = 0


class AroundTable(NamedTuple):
    """What a file says around its table: the titles above it, and by columns their headers as they stand in it."""

    titles: Sequence[str] = ()
    headers: Mapping[str, str] = {}

    def year(self) -> str:
        """Return the one year that the titles name; nothing if they name several, or none."""
        years = {year for title in self.titles for year in _year.findall(title)}
        return next(iter(years)) if len(years) == 1 else ""


NOTHING_AROUND = AroundTable()


@dataclass(frozen=True)
class Table:
    """A table that is being read: its rows can be taken once, and its notes are complete after the last one.

    ``is_exact``: no apostrophe before a text has a meaning, as it has in files that spreadsheets open. ``places`` are
    those of the columns in the file, which may have others between them; ``merged`` are those cells of a sheet.
    """

    header: list[str]
    rows: Iterable[TableRow]
    notes: Notes
    is_exact: bool = False
    places: Sequence[int] = range(1 << 20)
    merged: MergedCells | None = None
    around: AroundTable = NOTHING_AROUND

    def __iter__(self) -> Iterator[TableRow]:
        """Yield the rows as they are read."""
        yield from self.rows
        self.notes.close()


class RawRow(NamedTuple):
    """One row of a file before its header is known. Rows that are blank are not read, only counted."""

    number: int
    cells: list[str]
    fault: str = ""
    cell_faults: Mapping[int, str] = NO_FAULTS
    is_hidden: bool = False


def is_blank(cells: Iterable[str]) -> bool:
    """True if no cell has a visible character."""
    return all(not cell.strip(INVISIBLE) for cell in cells)


def column_letters(index: int) -> str:
    """Return the name of a column in a spreadsheet: A of 0, AA of 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
