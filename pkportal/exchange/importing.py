"""Imports: one file, as the admin shows it.

``run_import`` is the one way in. Its ``ImportResult`` has the rows that are new, changed and unchanged, or the reasons
why the file was refused.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.results import RowResult

from .cell_reading import NOTHING_ANSWERED, CellAnswers, conversion_in_words
from .columns import cell_diff
from .reading import ReadingNote, Table, UnreadableFile
from .resource import Resource
from .staging.copy_texts import CellQuestion, ReadConversion
from .staging.importing_in_sets import StagingOptions, apply_stage, count_not_marked
from .staging.stage import Stage, drop_tables
from .staging.staged_file import (
    CHANGED_ROW,
    NEW_ROW,
    UNCHANGED_ROW,
    faults_of,
    rows_of_stage,
)

_log = logging.getLogger("pkportal.exchange")
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
        parts, value = [self.file], shorten(self.value, 300)
        if self.row:
            parts.append(_("row %(row)d") % {"row": self.row})
        if self.column:
            parts.append(_("column %(column)s, “%(value)s”") % {"column": self.column, "value": value})
        return f"{', '.join(parts)}: {shorten(self.reason.replace(self.value, value), 900)}"


class ImportedRow(RowResult):
    """A row of a file that is new, changed or unchanged.

    ``question`` is what is strange about a row that is accepted. ``cells`` are those that change, before and after, by
    attribute.
    """

    number = 0  # in the spreadsheet
    question = title = reference = ""


IMPORT_TYPES = {
    NEW_ROW: ImportedRow.IMPORT_TYPE_NEW,
    CHANGED_ROW: ImportedRow.IMPORT_TYPE_UPDATE,
    UNCHANGED_ROW: ImportedRow.IMPORT_TYPE_SKIP,
}


@dataclass
class ImportResult:
    """What one file changes, or would change; a refused file has no rows."""

    file: str
    columns: dict[str, int] = field(default_factory=dict)  # of the file: name and position in a row's diff
    keys: list[str] = field(default_factory=list)
    rows: list[ImportedRow] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    conversions: list[ReadConversion] = field(default_factory=list)
    cell_questions: list[CellQuestion] = field(default_factory=list)  # what would let refused cells be read
    not_marked: int = 0  # rows that the file calls checked and the record does not
    notes: Sequence[ReadingNote] = ()  # what was left out of the file

    def __str__(self):
        counts = f"{len(self.new)} new, {len(self.changed)} changed, {len(self.unchanged)} unchanged"
        return f"{self.file}: {counts}, {len(self.refusals)} refused"

    @property
    def new(self):
        """Return the rows that create a record."""
        return self._rows_of_type(ImportedRow.IMPORT_TYPE_NEW)

    @property
    def changed(self):
        """Return the rows that change a record."""
        return self._rows_of_type(ImportedRow.IMPORT_TYPE_UPDATE)

    @property
    def unchanged(self):
        """Return the rows that repeat what is stored already."""
        return self._rows_of_type(ImportedRow.IMPORT_TYPE_SKIP)

    def _rows_of_type(self, import_type):
        return [row for row in self.rows if row.import_type == import_type]

    @property
    def fingerprint(self):
        """Return a hash of every change; a later run with the same fingerprint does the same."""
        changes = [(row.import_type, *row.diff) for row in self.rows]
        return hashlib.sha256(repr(changes).encode()).hexdigest()

    @property
    def asked(self):
        """Return the rows that are accepted, but asked about, with their numbers in the spreadsheet."""
        return [(row.number, row) for row in self.rows if row.question]

    def shown(self):
        """Yield the rows of the preview with their numbers in the spreadsheet.

        Those that are asked about come first, unchanged rows last.
        """

        def place(row):
            return not row.question, row.import_type == ImportedRow.IMPORT_TYPE_SKIP

        for row in sorted(self.rows, key=place)[:PREVIEW_ROWS]:
            yield {
                "number": row.number,
                "kind": row.import_type,
                "question": row.question,
                "cells": [_shorten_cell(row.diff[self.columns[name]]) for name in self.shown_columns],
            }

    @cached_property
    def shown_columns(self):
        """Return the names of the key columns, and of those in which anything changes."""
        changing = {position for row in self.rows for position, cell in enumerate(row.diff) if "<ins>" in cell}
        return [name for name, position in self.columns.items() if name in self.keys or position in changing]

    @property
    def hidden_columns(self):
        """Return the names of the columns of the file in which nothing changes."""
        return [name for name in self.columns if name not in self.shown_columns]

    @property
    def hidden(self):
        """Count the rows beyond the preview."""
        return max(0, len(self.rows) - PREVIEW_ROWS)

    def shown_refusals(self):
        """Return the first refusals: one mistake may be in every row."""
        return self.refusals[:PREVIEW_ROWS]


def run_import(
    resource_class: type[Resource],
    file_name: str,
    read_file: Callable[[], Table],
    user: Any = None,
    dry_run: bool = False,
    answers: CellAnswers = NOTHING_ANSWERED,
) -> ImportResult:
    """Import one file, or with ``dry_run`` find out what it would change. One invalid row, and nothing is stored.

    ``read_file`` returns the table, or raises ``UnreadableFile``. ``answers`` are those of a person.
    """
    resource = resource_class()
    try:
        table = read_file()
        with transaction.atomic():
            options = StagingOptions(is_locked=not dry_run, answers=answers)
            stage = resource.import_data(table.header, table, user, options)
            refusals = refusals_of(file_name, stage)
            imported = [] if refusals else imported_rows(stage)
            if not (dry_run or refusals or apply_stage(stage, is_locked=True)):
                refusals, imported = refusals_of(file_name, stage), []
            not_marked = count_not_marked(stage)
            drop_tables(stage.name)
    except UnreadableFile as error:
        return ImportResult(file_name, refusals=[Refusal(file_name, str(error))])
    if not dry_run:
        add_records(resource_class, imported)
    names = [column.column_name for column in resource.columns()]
    columns = {name: position for position, name in enumerate(names) if name in table.header}
    keys = ["reference", *resource.get_import_id_fields()]
    conversions, questions = conversions_of(stage), stage.cell_questions
    return ImportResult(file_name, columns, keys, imported, refusals, conversions, questions, not_marked, table.notes)


def imported_rows(stage: Stage) -> list[ImportedRow]:
    """Return the rows of a small file, each with what changes in it."""
    names = {column.column_name: column.attribute for column in stage.resource.columns()}
    imported = []
    for row in sorted(rows_of_stage(stage), key=lambda row: row.number):
        result = ImportedRow()
        result.import_type = IMPORT_TYPES[row.kind]
        result.object_id, result.reference, result.title = row.pk, row.reference, row.title
        result.number, result.question = row.number, row.question
        result.diff = [cell_diff(*cells) for cells in row.cells.values()]
        result.cells = {names[name]: cells for name, cells in row.cells.items() if cells[0] != cells[1]}
        imported.append(result)
    return imported


def add_records(resource_class: type[Resource], rows: Iterable[ImportedRow]) -> None:
    """Add to rows that are stored their records, which then have their references."""
    written = {row.object_id: row for row in rows if row.import_type != ImportedRow.IMPORT_TYPE_SKIP}
    for pk, record in resource_class._meta.model._base_manager.in_bulk(written).items():
        written[pk].instance, written[pk].reference = record, record.reference


def conversions_of(stage: Stage) -> list[ReadConversion]:
    """Return what was read in texts that are not written as a dump writes them; names of rows of the file too."""
    names = [
        ReadConversion(column.name, name, conversion_in_words(name, code))
        for column in stage.columns
        if column.is_self_link
        for name, code in column.column.widget.names_read.items()
    ]
    return [*stage.conversions, *names]


def refusals_of(file: str, stage: Stage) -> list[Refusal]:
    """Return every fault of a staged file as a refusal, in the order of the rows."""
    return [Refusal(file, fault.reason, fault.row, fault.column, fault.text) for fault in faults_of(stage)]


def shorten(text: str, max_length: int) -> str:
    """Return the beginning of a text: one cell may hold a book."""
    return text if len(text) <= max_length else f"{text[:max_length]}…"


def _shorten_cell(cell: str) -> str:
    if len(cell) <= LONG_CELL:
        return cell
    return format_html("<em>{}</em>", _("a long text of %(size)d characters") % {"size": len(cell)})


def import_counts(*results: ImportResult) -> dict[str, int]:
    """Count the rows that are new, changed and unchanged."""
    return {
        "new": sum(len(result.new) for result in results),
        "changed": sum(len(result.changed) for result in results),
        "unchanged": sum(len(result.unchanged) for result in results),
    }
