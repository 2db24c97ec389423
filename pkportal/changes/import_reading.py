"""Reading a kept file: its table, under the columns that its headers name, and what a person must say before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from pkportal.exchange.mapped_table import ColumnMapping, mapped_table
from pkportal.exchange.mapping import MappedColumn, guess_mapping, known_names
from pkportal.exchange.progress import Report, no_report, reported_rows
from pkportal.exchange.reading import ReadingOptions, Table, Undecided, read_table
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.section_rows import may_be_heading
from pkportal.exchange.staging.header import REASONS
from pkportal.exchange.unfolding import Unfolding, headers_read, possible_unfoldings

from .imported_files import ImportedFile, SavedMapping

MAPPING = "mapping"  # the name of the question about columns
ROWS_LOOKED_AT = 50
SAMPLES_SHOWN, LONGEST_SAMPLE = 3, 60


def reading_question(imported: ImportedFile) -> dict[str, Any]:
    """Return what a person must say before a file can be read, or nothing: it is named, and has its choices."""
    try:
        with opened_table(imported) as table:
            return mapping_question(imported, table, is_asked=False)
    except Undecided as undecided:
        question = undecided.question
        return {"name": question.name, "text": question.text, "choices": [it._asdict() for it in question.choices]}


def columns_again(imported: ImportedFile) -> dict[str, Any]:
    """Return the question about the columns of a file, though they could be read: somebody wants to correct them."""
    with opened_table(imported) as table:
        return mapping_question(imported, table, is_asked=True)


@contextmanager
def opened_table(imported: ImportedFile) -> Iterator[Table]:
    """Open the table in a kept file. Raises ``UnreadableFile``, or ``Undecided`` where a person must choose."""
    with imported.opened() as file:
        yield table_in(file, imported)


def table_in(file: BinaryIO, imported: ImportedFile) -> Table:
    """Return the table in the bytes of a file, as a person has said that it is read."""
    resource = resources_by_model()[imported.model]()
    return read_table(file, imported.name, known_names(resource), ReadingOptions(**imported.options))


def mapping_question(imported: ImportedFile, table: Table, is_asked: bool) -> dict[str, Any]:
    """Return the question which column each header is, if any is not certain or it is asked for."""
    if REASONS in table.header:
        imported.mapping.setdefault(REASONS, "")
    resource: Any = resources_by_model()[imported.model]()
    rows = [row.cells for row in islice(table, ROWS_LOOKED_AT) if not row.fault and not may_be_heading(row)]
    guessed = guess_mapping(resource, table.header, rows)
    is_answered = imported.unfolding or all(it.is_certain or it.header in imported.mapping for it in guessed)
    if is_answered and not is_asked:
        return {}
    if not is_asked and (saved := saved_mapping(imported, table.header)):
        imported.mapping, imported.constants, imported.mapping_name = saved.columns, saved.constants, saved.name
        return {}
    unknown = [it.header for it in guessed if not it.is_certain]
    taken = [it.column for it in guessed if it.is_certain and it.column]
    unfoldings = possible_unfoldings(resource, unknown, taken)
    values = headers_read(resource, unfoldings[0], unknown) if unfoldings else []
    guessed = [as_value(it) if it.header in values else it for it in guessed]
    return {
        "name": MAPPING,
        "columns": [
            {
                "header": it.header,
                "column": imported.mapping.get(it.header, it.column),
                "why": str(it.why),
                "samples": samples_of(rows, place),
            }
            for place, it in enumerate(guessed)
        ],
        "unfoldings": [list(it) for it in unfoldings],
    }


def as_value(guessed: MappedColumn) -> MappedColumn:
    """Return a header that is likely a value: whatever column the cells below it fit, they do not name it."""
    return MappedColumn(guessed.header, "", _("likely a value, as those of a wide table are"), is_certain=False)


def samples_of(rows: list[list[str]], place: int) -> list[str]:
    """Return the first different values of a column, shortened."""
    values = dict.fromkeys(row[place].strip() for row in rows if row[place].strip())
    return [value if len(value) <= LONGEST_SAMPLE else f"{value[:LONGEST_SAMPLE]}…" for value in values][:SAMPLES_SHOWN]


def saved_mapping(imported: ImportedFile, header: list[str]) -> SavedMapping | None:
    """Return the latest mapping that was kept for files of just these headers."""
    saved = SavedMapping.objects.filter(kind=imported.kind).order_by("-saved_at")
    return next((mapping for mapping in saved if {*mapping.columns} == {*header}), None)


@contextmanager
def opened_rows(imported: ImportedFile, report: Report = no_report) -> Iterator[Table]:
    """Open the table in a kept file under the names of the kind's columns. Raises ``UnreadableFile``."""
    resource = resources_by_model()[imported.model]()
    unfolding = Unfolding(*imported.unfolding) if imported.unfolding else None
    with imported.opened() as file:
        table = table_in(file, imported)
        mapping = ColumnMapping(imported.mapping, imported.constants, unfolding)
        mapped = mapped_table(resource, table, mapping, ReadingOptions(**imported.options))
        yield replace(mapped, rows=reported_rows(mapped.rows, file, imported.size, report))
