"""What a file does to its table, or would do."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import tablib
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.results import RowResult

from .csv_file import UnreadableFile
from .refusals import Refusal, collect_refusals
from .xlsx_file import read_file

PREVIEW_ROWS = 500
LONG_CELL = 20_000


@dataclass
class ImportResult:
    """Rows that are new, changed and unchanged, or the reasons why none of them is taken."""

    columns: dict = field(default_factory=dict)  # of the file: name and place in a row
    keys: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    refusals: list = field(default_factory=list)

    def of_kind(self, kind):
        """Give the rows that did this."""
        return [row for row in self.rows if row.import_type == kind]

    @property
    def new(self):
        """Give the rows that make a record."""
        return self.of_kind(RowResult.IMPORT_TYPE_NEW)

    @property
    def changed(self):
        """Give the rows that change a record."""
        return self.of_kind(RowResult.IMPORT_TYPE_UPDATE)

    @property
    def unchanged(self):
        """Give the rows that say what is there already."""
        return self.of_kind(RowResult.IMPORT_TYPE_SKIP)

    @property
    def mark(self):
        """Give a fingerprint of every change, by which a later run is known to do the same."""
        changes = [(row.import_type, *row.diff) for row in self.rows]
        return hashlib.sha256(repr(changes).encode()).hexdigest()

    def shown(self):
        """Give the rows to look at, with their numbers in the spreadsheet; what changes comes before what does not."""
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
        """Name the columns that say which record a row is, and those in which anything changes."""
        changing = {at for row in self.rows for at, cell in enumerate(row.diff) if "<ins>" in cell}
        return [name for name, at in self.columns.items() if name in self.keys or at in changing]

    @property
    def hidden_columns(self):
        """Name the columns of the file in which nothing changes."""
        return [name for name in self.columns if name not in self.shown_columns]

    @property
    def hidden(self):
        """Count the rows that are not shown."""
        return max(0, len(self.rows) - PREVIEW_ROWS)

    def shown_refusals(self):
        """Give the first refusals, for one mistake may be in every row."""
        return self.refusals[:PREVIEW_ROWS]


def run_import(rows, upload, user, dry_run):
    """Bring the rows of a file into the record, or see what that would do; one bad row, and nothing is stored."""
    try:
        header, lines = read_file(upload.data)
    except UnreadableFile as error:
        return ImportResult(refusals=[Refusal(upload.name, str(error))])
    if not lines:
        return ImportResult(refusals=[Refusal(upload.name, _("The file has a header and no rows."))])
    resource = rows()
    dataset = tablib.Dataset(*lines, headers=header)
    result = resource.import_data(dataset, dry_run=dry_run, user=user, retain_instance_in_row_result=True)
    found = collect_refusals(upload.name, rows, result, header)
    names = [column.column_name for column in resource.columns()]
    columns = {name: at for at, name in enumerate(names) if name in header}
    return ImportResult(columns, resource.get_import_id_fields(), [] if found else result.rows, found)


def _shorten_cell(cell):
    if len(cell) <= LONG_CELL:
        return cell
    return format_html("<em>{}</em>", _("a long text of %(size)d characters") % {"size": len(cell)})
