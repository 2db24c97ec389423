"""Workbooks: the sheet whose header has known names is read, or a person chooses one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from typing import Protocol

from django.utils.translation import gettext as _

from .below_header import below_header
from .headers import HEAD, KnownNames, find_header
from .layout import shown
from .merged_cells import MergedCells
from .row_numbers import UNFOLDED, number_in_sheet
from .tables import (
    LEFT_OUT,
    NOTHING_AROUND,
    Notes,
    RawRow,
    ReadingChoice,
    ReadingOptions,
    ReadingQuestion,
    Table,
    Undecided,
    UnreadableFile,
)
from .xlsx_book import Sheet

ALL_SHEETS = "*"  # the answer that all sheets with the same columns are read; no sheet has that name
MOST_SHEETS = 200
NAME = attrgetter("name")


class Workbook(Protocol):
    """A workbook of any kind: its sheets with cells, the names of its other sheets, and the rows of a sheet."""

    sheets: list[Sheet]
    skipped: list[str]
    leaves_out_hidden: bool

    def rows(self, sheet: Sheet, notes: Notes, merged: MergedCells | None = None) -> Iterator[RawRow]:
        """Yield the rows of a sheet that are not blank, and keep which of its cells are merged."""


def read_workbook(book: Workbook, known: KnownNames, options: ReadingOptions) -> Table:
    """Return the table in a workbook."""
    notes = Notes()
    book.leaves_out_hidden = options.hidden == LEFT_OUT
    sheets = _chosen_sheets(book, known, options.sheet)
    others = [name for name in [*(it.name for it in book.sheets), *book.skipped] if name not in [*map(NAME, sheets)]]
    if others:
        words = {"sheet": "”, “".join(map(NAME, sheets)), "others": ", ".join(f"“{name}”" for name in others[:20])}
        notes.add(None, _("The sheet “%(sheet)s” was read, and not: %(others)s.") % words)
    if len(sheets) == 1:
        return _table_of_sheet(book, sheets[0], known, options, notes)
    return _tables_of_sheets(book, sheets, known, options, notes)


def _table_of_sheet(book, sheet, known, options, notes):
    """Return the table of one sheet."""
    merged = MergedCells()
    table = below_header(book.rows(sheet, notes, merged), known, notes, True, options)
    around = table.around._replace(titles=[*table.around.titles, sheet.name])
    return replace(table, merged=None if options.turned else merged, around=around)


def _tables_of_sheets(book, sheets, known, options, notes):
    """Return the tables of several sheets with the same columns as one, with the name of the sheet in a column."""
    tables = [_table_of_sheet(book, sheet, known, options, notes) for sheet in sheets]
    names = tables[0].header
    if other := next((sheet for sheet, table in zip(sheets, tables, strict=True) if table.header != names), None):
        raise UnreadableFile(_("The sheet “%s” has other columns than the first: choose one sheet.") % other.name)

    def rows():
        for sheet, table in zip(sheets, tables, strict=True):
            place = book.sheets.index(sheet)
            for row in table.rows:
                number = row.number if row.number >= UNFOLDED else number_in_sheet(row.number, place)
                yield row._replace(number=number, cells=[*row.cells, sheet.name])

    notes.add(None, _("The sheets were read one after the other, and the name of each as the column “sheet”."))
    return replace(tables[0], header=[*names, "sheet"], rows=rows(), merged=None, around=NOTHING_AROUND)


def _chosen_sheets(book, known, answer):
    """Return the sheets that are read: all of them only if a person says so. Raises ``Undecided``."""
    if not book.sheets:
        raise UnreadableFile(_("The workbook has no sheet with cells."))
    if found := [sheet for sheet in book.sheets if sheet.name == answer]:
        return found
    if answer and answer != ALL_SHEETS:
        words = {"name": answer, "sheets": ", ".join(f"“{sheet.name}”" for sheet in book.sheets)}
        raise UnreadableFile(_("The workbook has no sheet “%(name)s”, but: %(sheets)s.") % words)
    if len(book.sheets) == 1:
        return book.sheets
    merits = {sheet: _merit_of_sheet(book, sheet, known) for sheet in book.sheets}
    merits = {sheet: merit for sheet, merit in merits.items() if merit is not None} or {book.sheets[0]: (0, True)}
    best = [sheet for sheet, merit in merits.items() if merit == max(merits.values())]
    if len(best) > 1 and answer != ALL_SHEETS:
        raise Undecided(_ask_for_sheet(book, best))
    return best


def _merit_of_sheet(book, sheet, known):
    """Return how many known names its header has, and whether it can be seen; nothing of a blank sheet."""
    head = [*islice(book.rows(sheet, Notes()), HEAD)]
    try:
        return (find_header(head, known).known, not sheet.is_hidden)
    except UnreadableFile:
        return None


def _ask_for_sheet(book, sheets):
    choices = []
    for sheet in sheets:
        rows = islice(book.rows(sheet, Notes()), 3)
        choices.append(ReadingChoice(sheet.name, "", [shown(row) for row in rows]))
    if len(sheets) <= MOST_SHEETS and len({choice.samples[0] for choice in choices if choice.samples}) == 1:
        every = _("all of them, one after the other, with the name of each in a column “sheet”")
        choices.append(ReadingChoice(ALL_SHEETS, every, []))
    return ReadingQuestion("sheet", _("Which sheet of the workbook is to be read?"), choices)
