"""Workbooks: the sheet whose header has known names is read, or a person chooses one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Protocol

from django.utils.translation import gettext as _

from .headers import HEAD, KnownNames, find_header
from .layout import below_header, shown
from .merged_cells import MergedCells
from .tables import (
    LEFT_OUT,
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
    sheet = _chosen_sheet(book, known, options.sheet)
    others = [name for name in [*(it.name for it in book.sheets), *book.skipped] if name != sheet.name]
    if others:
        words = {"sheet": sheet.name, "others": ", ".join(f"“{name}”" for name in others[:20])}
        notes.add(None, _("The sheet “%(sheet)s” was read, and not: %(others)s.") % words)
    merged = MergedCells()
    rows = book.rows(sheet, notes, merged)
    table = below_header(rows, known, notes, True, book.leaves_out_hidden)
    around = table.around._replace(titles=[*table.around.titles, sheet.name])
    return replace(table, merged=merged, around=around)


def _chosen_sheet(book, known, answer):
    if not book.sheets:
        raise UnreadableFile(_("The workbook has no sheet with cells."))
    if answer:
        found = next((sheet for sheet in book.sheets if sheet.name == answer), None)
        if found is None:
            words = {"name": answer, "sheets": ", ".join(f"“{sheet.name}”" for sheet in book.sheets)}
            raise UnreadableFile(_("The workbook has no sheet “%(name)s”, but: %(sheets)s.") % words)
        return found
    if len(book.sheets) == 1:
        return book.sheets[0]
    merits = {sheet: _merit_of_sheet(book, sheet, known) for sheet in book.sheets}
    merits = {sheet: merit for sheet, merit in merits.items() if merit is not None} or {book.sheets[0]: (0, True)}
    best = [sheet for sheet, merit in merits.items() if merit == max(merits.values())]
    if len(best) > 1:
        raise Undecided(_ask_for_sheet(book, best))
    return best[0]


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
    return ReadingQuestion("sheet", _("Which sheet of the workbook is to be read?"), choices)
