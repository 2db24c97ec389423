"""Filling down: a text that stands once for several rows of a sheet is read in each of them, and said.

Cells that are merged are filled as far as they are; where a file has only blank cells below a text, a person is asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .columns import ExportResource
from .reading import AS_THEY_ARE, ReadingOptions, Table, TableRow
from .reading.merged_cells import MergedCells, MergedRange
from .reading.tables import Notes, column_letters, is_blank
from .reading.xlsx_sheet import Ranges

FILL, DO_NOT_FILL = "fill ", "do not fill "  # what can be done with blank cells; the name of the column follows
_each = gettext_lazy("The cells %(cells)s are merged: “%(text)s” was read in each of their rows.")
_first_only = gettext_lazy("The cells %(cells)s are merged: “%(text)s” was read in the first of their rows only.")
_figure = gettext_lazy(
    "The cells %(cells)s are merged: “%(text)s” was read in the first of their rows only, as it may count all of them."
)


def unmerged(
    resource: ExportResource, table: Table, columns: Mapping[str, str], is_wide: bool, options: ReadingOptions
) -> Table:
    """Return a table with the texts of merged cells in each of their rows, but for figures.

    ``columns`` has the column of each header. If the table ``is_wide``, its other headers have figures below them.
    """
    if not table.merged:
        return table
    figures = [
        index
        for index, header in enumerate(table.header)
        if is_figure(resource, columns.get(header, header)) or (is_wide and header not in columns)
    ]
    return replace(table, rows=merged_rows(table, table.merged, figures, options.merged == AS_THEY_ARE))


def filled_down(resource: ExportResource, table: Table, columns: Mapping[str, str], options: ReadingOptions) -> Table:
    """Return a table with the text above in the blank cells of columns that a person named, and ask about others."""
    names = [columns.get(header, header) for header in table.header]
    places = {name: index for index, name in enumerate(names) if may_stand_once(resource, name)}
    if table.is_exact or not places:
        return table
    return replace(table, rows=BlanksBelow(places, options.filled, table.notes).rows(table.rows))


def is_figure(resource: ExportResource, name: str) -> bool:
    """True if a column has numbers: one that stands for several rows may be that of all of them together."""
    field = field_of(resource, name)
    return isinstance(field, models.IntegerField | models.DecimalField | models.FloatField)


def may_stand_once(resource: ExportResource, name: str) -> bool:
    """True if a column may be written once for several rows, and must not be blank: one of a key of several, a link."""
    field = field_of(resource, name)
    if field is None or field.unique or field.blank or field.null or field.has_default() or is_figure(resource, name):
        return False
    return bool(field.is_relation) or name in resource.get_import_id_fields()[:-1]


def field_of(resource: ExportResource, name: str) -> Any:
    """Return the model field of a column; None if it has none that is stored."""
    column = resource.fields.get(name)
    fields = {field.name: field for field in resource._meta.model._meta.concrete_fields}
    return fields.get(column.attribute) if column else None


def merged_rows(table: Table, merged: MergedCells, figures: Sequence[int], is_refused: bool) -> Iterator[TableRow]:
    """Yield rows with the text of merged cells in each of them, and note every range."""
    index_of = {place: index for index, place in enumerate(table.places[: len(table.header)])}
    texts: dict[MergedRange, str] = {}
    for row in table.rows:
        for cells in () if row.fault else merged.at(row.number):
            index = index_of.get(cells.place)
            if index is None:
                continue
            text = row.cells[index]
            if row.number == cells.first:
                if not is_blank([text]) and index not in row.cell_faults:
                    texts |= {} if index in figures else {cells: text}
                    about = "merged" if len(texts) == 1 and cells in texts else ""
                    said = _figure if index in figures else _first_only if is_refused else _each
                    table.notes.add(cells.first, said % merged_words(cells, text), about)
            elif cells in texts and is_blank([text]) and not is_refused:
                row = row._replace(cells=[*row.cells[:index], texts[cells], *row.cells[index + 1 :]])
        yield row


def merged_words(cells: MergedRange, text: str) -> dict[str, str]:
    """Return what a note says of merged cells: which they are, and their text."""
    letters = column_letters(cells.place)
    return {"cells": f"{letters}{cells.first}:{letters}{cells.last}", "text": " ".join(text.split())[:60]}


class BlanksBelow:
    """Finds blank cells below a text in columns that must not be blank, and fills those of which a person said so."""

    def __init__(self, places: Mapping[str, int], filled: Sequence[str], notes: Notes):
        self.places, self.filled, self.notes = places, filled, notes
        first = next(iter(places.values()))
        self.cells_of = itemgetter(first, *places.values())  # with one place it would give no tuple
        self.above: list[str] = []  # the latest cell of each column that is not blank
        self.blank = {name: Ranges() for name in places}

    def rows(self, rows: Iterable[TableRow]) -> Iterator[TableRow]:
        """Yield the rows, and note at their end what was or can be filled."""
        for row in rows:
            if row.fault:
                yield row
            elif self.above and "" in self.cells_of(row.cells):
                yield self.look_above(row)
            else:
                self.above = row.cells
                yield row
        for name, ranges in self.blank.items():
            if ranges.count and name in self.filled:
                said = _("Column %(name)s: blank cells were read as the text above them. Rows: %(rows)s.")
                self.notes.add(None, said % {"name": name, "rows": ranges}, f"{DO_NOT_FILL}{name}")
            elif ranges.count:
                said = _("Column %(name)s: cells are blank below a text. Do they have that text? Rows: %(rows)s.")
                self.notes.add(None, said % {"name": name, "rows": ranges}, f"{FILL}{name}")

    def look_above(self, row: TableRow) -> TableRow:
        """Return a row with the texts above its blank cells, in the columns of which a person said so."""
        above = [cell or self.above[index] for index, cell in enumerate(row.cells)]
        self.above, cells = above, row.cells
        for name, index in self.places.items():
            if not cells[index] and above[index] and index not in row.cell_faults:
                self.blank[name].add(row.number)
                if name in self.filled:
                    cells = [*cells[:index], above[index], *cells[index + 1 :]]
        return row if cells is row.cells else row._replace(cells=cells)
