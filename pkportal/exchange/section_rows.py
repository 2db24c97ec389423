"""Headings inside of a table: “Western Europe” alone in its row, above the rows of its nations, is no row itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from .cell_reading import ColumnReader
from .columns import ExportResource
from .reading import AS_THEY_ARE, ReadingOptions, Table, TableRow
from .reading.layout import INCOMPLETE

FEWEST_COLUMNS = 3  # of a table that may have headings
_word = re.compile(r"[^\W\d_]{2}")


def without_headings(
    resource: ExportResource, table: Table, columns: Mapping[str, str], options: ReadingOptions
) -> Table:
    """Return a table without its headings, each of which is noted; or with them, if a person said so."""
    if table.is_exact or len(table.header) < FEWEST_COLUMNS:
        return table
    return replace(table, rows=rows_of_records(Headings(resource, table, columns), options.headings == AS_THEY_ARE))


def rows_of_records(headings: "Headings", are_rows: bool) -> Iterator[TableRow]:
    """Yield the rows that are no headings."""
    most, is_said = len(headings.names) - 1, False
    for row in headings.table.rows:
        if row.cells.count("") < most or row.fault or row.cell_faults or not headings.has(row):
            yield row
            continue
        text = "".join(row.cells).strip()
        if are_rows:
            said = _("“%(text)s” is alone in its row, which was read like the others.")
            yield row
        else:
            said = _("“%(text)s” is alone in its row, and was left out as a heading.")
        headings.table.notes.add(row.number, said % {"text": text[:60]}, "" if is_said else "headings")
        is_said = True


def may_be_heading(row: TableRow) -> bool:
    """True if a text is alone in its row."""
    return len(row.cells) >= FEWEST_COLUMNS and row.cells.count("") == len(row.cells) - 1


class Headings:
    """Tells headings from rows: a record cannot be what they say."""

    def __init__(self, resource: ExportResource, table: Table, columns: Mapping[str, str]):
        self.resource, self.table = resource, table
        self.names = [columns.get(header, header) for header in table.header]
        self.readers: dict[int, ColumnReader] = {}

    def has(self, row: TableRow) -> bool:
        """True if a row with one cell at most is a heading."""
        index = next((index for index, cell in enumerate(row.cells) if cell), None)
        text = row.cells[index] if index is not None else ""
        if index is None or index > 1 or not _word.search(text) or INCOMPLETE.search(text):
            return False
        name = self.names[index]
        if name not in self.resource.fields:
            return True
        if index not in self.readers:
            self.readers[index] = ColumnReader(self.resource, self.resource.fields[name])
        reader = self.readers[index]
        if reader.conversion.is_text and not reader.read(text).refusal:
            return any(key in self.names and key != name for key in self.resource.get_import_id_fields())
        reading = reader.read(text)
        return bool(reading.refusal) and not reading.question
