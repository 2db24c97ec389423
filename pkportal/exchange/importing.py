"""Imports: one file for the admin, and many files in one transaction for the command ``load``.

``run_import`` is the one way in. Its ``ImportResult`` has the rows that are new, changed and unchanged, or the reasons
why the file was refused.
"""

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import pghistory
import tablib
from django.db import connection, transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.results import Result

from .csv_file import FileRows, UnreadableFile, decode, read_csv
from .registry import resources_by_name, table_of_file
from .resource import ImportedRow, Resource

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


class ReadName(NamedTuple):
    """Another name of a record that stood in a file where its code stands, and the code that was read in it."""

    column: str
    name: str
    code: str

    def __str__(self):
        return _("column %(column)s: “%(name)s” was read as %(code)s") % {
            **self._asdict(),
            "name": shorten(self.name, 80),
        }


@dataclass
class ImportResult:
    """What one file changes, or would change; a refused file has no rows."""

    file: str
    columns: dict[str, int] = field(default_factory=dict)  # of the file: name and position in a row's diff
    keys: list[str] = field(default_factory=list)
    rows: list[ImportedRow] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    names_read: list[ReadName] = field(default_factory=list)
    not_marked: int = 0  # rows that the file calls checked and the record does not

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
        return [(number, row) for number, row in enumerate(self.rows, 2) if row.question]

    def shown(self):
        """Yield the rows of the preview with their numbers in the spreadsheet.

        Those that are asked about come first, unchanged rows last.
        """

        def place(numbered):
            _number, row = numbered
            return not row.question, row.import_type == ImportedRow.IMPORT_TYPE_SKIP

        for number, row in sorted(enumerate(self.rows, 2), key=place)[:PREVIEW_ROWS]:
            yield {
                "number": number,
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
    resource_class: type[Resource], file_name: str, read_file: Callable[[], FileRows], **options: Any
) -> ImportResult:
    """Import one file, or with ``dry_run`` find out what it would change. One invalid row, and nothing is stored.

    ``read_file`` returns the header and the rows, or raises ``UnreadableFile``; ``options`` are those of
    ``import_data``.
    """
    try:
        header, rows = read_file()
    except UnreadableFile as error:
        return ImportResult(file_name, refusals=[Refusal(file_name, str(error))])
    resource = resource_class()
    result = resource.import_data(tablib.Dataset(*rows, headers=header), **options)
    refusals = collect_refusals(file_name, resource_class, result, header)
    names = [column.column_name for column in resource.columns()]
    columns = {name: position for position, name in enumerate(names) if name in header}
    keys = ["reference", *resource.get_import_id_fields()]
    not_marked = getattr(result, "not_marked", 0)
    rows_shown = [] if refusals else result.rows
    return ImportResult(file_name, columns, keys, rows_shown, refusals, [*names_read_by(resource)], not_marked)


def names_read_by(resource: Resource) -> Iterator[ReadName]:
    """Yield the other names of records that a resource found in the file it has read."""
    for column in resource.columns():
        if column.is_foreign_key or column.is_many_to_many:
            for name, code in column.widget.names_read.items():
                yield ReadName(column.column_name, name, code)


def collect_refusals(file: str, resource_class: type[Resource], result: Result, header: list[str]) -> list[Refusal]:
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


def shorten(text: str, max_length: int) -> str:
    """Return the beginning of a text: one cell may hold a book."""
    return text if len(text) <= max_length else f"{text[:max_length]}…"


def _shorten_cell(cell: str) -> str:
    if len(cell) <= LONG_CELL:
        return cell
    return format_html("<em>{}</em>", _("a long text of %(size)d characters") % {"size": len(cell)})


def load_files(paths: Sequence[str], dry_run: bool = False) -> list[ImportResult]:
    """Import CSV files, or folders of them, in one transaction. One invalid row, and nothing is stored."""
    names = [Path(path).name.encode(errors="replace").decode() for path in paths]  # not every name is Unicode
    with transaction.atomic(), pghistory.context(act="load", files=names):
        files = sort_files(paths)
        results = [
            # valid rows stay until the end, so that later files are not refused for linking to them
            run_import(resource_class, path.name, partial(read_with_texts, path), rollback_on_validation_errors=False)
            for path, resource_class in files
        ]
        tables = ", ".join(resource_class._meta.model._meta.db_table for _path, resource_class in files)
        with connection.cursor() as cursor:  # or the first visitors' queries are planned for empty tables
            cursor.execute(f"ANALYZE {tables}")
        if dry_run or any(result.refusals for result in results):
            transaction.set_rollback(True)
            return results
    _log.info("import", {"file": " ".join(result.file for result in results), **import_counts(*results)})
    return results


def import_counts(*results: ImportResult) -> dict[str, int]:
    """Count the rows that are new, changed and unchanged."""
    return {
        "new": sum(len(result.new) for result in results),
        "changed": sum(len(result.changed) for result in results),
        "unchanged": sum(len(result.unchanged) for result in results),
    }


def sort_files(paths: Sequence[str]) -> list[tuple[Path, type[Resource]]]:
    """Pair each file with its resource class, linked models first. Raises ``UnreadableFile`` for an unknown file."""
    files = []
    for name in paths:
        if not os.path.exists(name):  # noqa: PTH110 - Path("") is the current folder, and a long name an OSError
            raise UnreadableFile(_("There is no file or folder %(path)s.") % {"path": name})
        path = Path(name)
        files += sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise UnreadableFile(_("There is no CSV file in %(paths)s.") % {"paths": ", ".join(map(str, paths))})
    resource_classes = resources_by_name()
    tables = {file: table_of_file(file.stem) for file in files}
    if unknown := [str(file) for file, table in tables.items() if not table]:
        raise UnreadableFile(
            _("Unknown file: %(files)s. A file is named after its table: %(known)s.")
            % {"files": ", ".join(unknown), "known": ", ".join(f"{name}.csv" for name in resource_classes)}
        )
    order = [*resource_classes]
    return [
        (file, resource_classes[tables[file]]) for file in sorted(files, key=lambda file: order.index(tables[file]))
    ]


def read_with_texts(path: Path) -> FileRows:
    """Read a CSV file from disk, with the texts in the folder beside it."""
    return add_texts(path, read_csv(read_bytes(path)))


def read_bytes(path: Path) -> bytes:
    """Read a file; an ``OSError`` becomes ``UnreadableFile``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}) from None


def read_text(path: Path) -> str:
    """Read a text in any encoding that a CSV file may have, with line feeds as line ends."""
    return decode(read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")


def add_texts(path: Path, table: FileRows) -> FileRows:
    """Add the column ``text`` from the folder beside a file: topics.csv has its articles in topics/<code>.md."""
    header, rows = table
    folder = path.with_suffix("")
    if not folder.is_dir() or "text" in header or "code" not in header:
        return table
    texts = {file.stem: read_text(file) for file in sorted(folder.glob("*.md"))}
    codes = [row[header.index("code")] for row in rows]
    if unknown := sorted(texts.keys() - {*codes}):
        names = ", ".join(f"{folder.name}/{name}.md" for name in unknown)
        raise UnreadableFile(_("No row of %(file)s has the text %(names)s.") % {"file": path.name, "names": names})
    return FileRows([*header, "text"], [[*row, texts.get(code, "")] for row, code in zip(rows, codes, strict=True)])
