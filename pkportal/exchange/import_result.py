"""The result of an import: the rows that are new, changed and unchanged, or the reasons why it was refused."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.results import RowResult

PREVIEW_ROWS = 500
LONG_CELL = 20_000  # characters of HTML


@dataclass(frozen=True)
class Refusal:
    """One error in a file: the row as a spreadsheet counts, the column, the value, the reason."""

    file: str
    reason: str
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self):
        place, value = [self.file], shorten(self.value, 300)
        if self.row:
            place.append(_("row %(row)d") % {"row": self.row})
        if self.column:
            place.append(_("column %(column)s, “%(value)s”") % {"column": self.column, "value": value})
        return f"{', '.join(place)}: {shorten(self.reason.replace(self.value, value), 900)}"


@dataclass
class ImportResult:
    """What one file changes, or would change; a refused file has no rows."""

    file: str
    columns: dict[str, int] = field(default_factory=dict)  # of the file: name and position in a row's diff
    keys: list[str] = field(default_factory=list)
    rows: list[RowResult] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def __str__(self):
        counts = f"{len(self.new)} new, {len(self.changed)} changed, {len(self.unchanged)} unchanged"
        return f"{self.file}: {counts}, {len(self.refusals)} refused"

    @property
    def new(self):
        """Return the rows that create a record."""
        return self._rows_of_type(RowResult.IMPORT_TYPE_NEW)

    @property
    def changed(self):
        """Return the rows that change a record."""
        return self._rows_of_type(RowResult.IMPORT_TYPE_UPDATE)

    @property
    def unchanged(self):
        """Return the rows that say what is stored already."""
        return self._rows_of_type(RowResult.IMPORT_TYPE_SKIP)

    def _rows_of_type(self, import_type):
        return [row for row in self.rows if row.import_type == import_type]

    @property
    def fingerprint(self):
        """Return a hash of every change; a later run with the same fingerprint does the same."""
        changes = [(row.import_type, *row.diff) for row in self.rows]
        return hashlib.sha256(repr(changes).encode()).hexdigest()

    def shown(self):
        """Yield the rows of the preview with their numbers in the spreadsheet, unchanged rows last."""
        numbered = enumerate(self.rows, 2)
        first = sorted(numbered, key=lambda pair: pair[1].import_type == RowResult.IMPORT_TYPE_SKIP)[:PREVIEW_ROWS]
        for number, row in first:
            yield {
                "number": number,
                "kind": row.import_type,
                "cells": [_shorten_cell(row.diff[self.columns[name]]) for name in self.shown_columns],
            }

    @cached_property
    def shown_columns(self):
        """Name the columns of the key, and those in which anything changes."""
        changing = {position for row in self.rows for position, cell in enumerate(row.diff) if "<ins>" in cell}
        return [name for name, position in self.columns.items() if name in self.keys or position in changing]

    @property
    def hidden_columns(self):
        """Name the columns of the file in which nothing changes."""
        return [name for name in self.columns if name not in self.shown_columns]

    @property
    def hidden(self):
        """Count the rows beyond the preview."""
        return max(0, len(self.rows) - PREVIEW_ROWS)

    def shown_refusals(self):
        """Return the first refusals: one mistake may be in every row."""
        return self.refusals[:PREVIEW_ROWS]


def collect_refusals(file: str, resource_class, result, header: list[str]) -> list[Refusal]:
    """Return every error of django-import-export's result as a refusal, in the order of the rows."""
    refusals = [Refusal(file, str(base.error)) for base in result.base_errors]
    for bad_row in result.error_rows:
        refusals += [Refusal(file, str(error.error), bad_row.number + 1) for error in bad_row.errors]
    columns = {column.attribute: name for name, column in resource_class.fields.items()}
    for bad_row in result.invalid_rows:
        values = dict(zip(result.diff_headers, bad_row.values, strict=True))
        for attribute, reasons in bad_row.error_dict.items():
            column, prefix = columns.get(attribute, ""), ""
            if column and column not in header:
                prefix, column = _("the file has no column %(column)s: ") % {"column": column}, ""
            value = values.get(column, "")
            refusals += [Refusal(file, prefix + reason, bad_row.number + 1, column, value) for reason in reasons]
    return sorted(refusals, key=lambda refusal: refusal.row or 0)


def shorten(text: str, most: int) -> str:
    """Return the beginning of a text: one cell may hold a book."""
    return text if len(text) <= most else f"{text[:most]}…"


def _shorten_cell(cell: str) -> str:
    if len(cell) <= LONG_CELL:
        return cell
    return format_html("<em>{}</em>", _("a long text of %(size)d characters") % {"size": len(cell)})
