"""Unfolding: a wide table, nations down and years across, becomes a list with one row for each of its cells."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cell_reading import ColumnReader
from .cells.conversions import DateConversion, NumberConversion
from .columns import ExportResource
from .reading import Table, TableRow, UnreadableFile
from .reading.tables import is_blank
from .row_names import LETTERED, MOST_ROWS, number_of_cell

FEWEST = 2  # headers that make a table a wide one


class Unfolding(NamedTuple):
    """Which column has the headers of a wide table in its cells, and which the cells below them."""

    header_column: str
    value_column: str

    @classmethod
    def from_text(cls, text: str) -> "Unfolding":
        """Return the unfolding that is written as_of=quantity."""
        return cls(*(part.strip() for part in text.partition("=")[::2]))


def possible_unfoldings(resource: ExportResource, unknown: Sequence[str], taken: Collection[str]) -> list[Unfolding]:
    """Return how a table can be unfolded: headers that are no columns are dates or records, cells below are numbers.

    ``unknown`` has these headers, ``taken`` the columns that the file has besides.
    """
    readers = [ColumnReader(resource, it) for it in resource.columns() if it.column_name not in taken]
    numbers = [it.column.column_name for it in readers if isinstance(it.conversion, NumberConversion)]
    found = {
        reader.column.column_name: len(headers_read(reader, unknown))
        for reader in readers
        if isinstance(reader.conversion, DateConversion) or reader.column.is_foreign_key
    }
    most = max(found.values(), default=0)
    names = [name for name, count in found.items() if count == most >= FEWEST]
    return [Unfolding(name, number) for name in names for number in numbers]


def headers_read(reader: ColumnReader, headers: Iterable[str]) -> list[str]:
    """Return the headers that a column can hold."""
    return [header for header in headers if header and not reader.read(header).refusal]


def unfolded(resource: ExportResource, table: Table, unfolding: Unfolding, kept: Collection[str]) -> Table:
    """Return a wide table as a list: each row once for every header that the header column can hold.

    ``kept`` has the headers that are columns themselves. Blank cells make no row. A row of the list is numbered by the
    cell of the sheet in which it stands.
    """
    for name in unfolding:
        if name not in resource.fields:
            raise UnreadableFile(_("There is no column %(name)s to unfold the table into.") % {"name": name})
    reader = ColumnReader(resource, resource.fields[unfolding.header_column])
    across = [place for place, name in enumerate(table.header) if name not in kept and not reader.read(name).refusal]
    if not across:
        message = _("No header can be a value of the column %(name)s, so the table cannot be unfolded.")
        raise UnreadableFile(message % {"name": unfolding.header_column})
    if table.places[across[-1]] >= LETTERED:
        raise UnreadableFile(_("Only the columns up to ZZ of a table can be unfolded."))
    down = [place for place in range(len(table.header)) if place not in across]
    header = [*(table.header[place] for place in down), *unfolding]
    return replace(table, header=header, rows=unfolded_rows(table, across, down))


def unfolded_rows(table: Table, across: Sequence[int], down: Sequence[int]) -> Iterator[TableRow]:
    """Yield a row for each cell of a wide table that is not blank, and note how many are."""
    blanks = 0
    for row in table:
        if row.fault:
            yield row._replace(cells=[""] * (len(down) + 2))
            continue
        if row.number >= MOST_ROWS:
            raise UnreadableFile(_("Only the first million rows of a table can be unfolded."))
        for place in across:
            cell = row.cells[place]
            if is_blank([cell]) and place not in row.cell_faults:
                blanks += 1
                continue
            places = [*down, place]
            faults = {new: row.cell_faults[old] for new, old in enumerate(places) if old in row.cell_faults}
            if place in row.cell_faults:
                faults[len(down) + 1] = faults.pop(len(down))
            cells = [*(row.cells[old] for old in down), table.header[place], cell]
            yield TableRow(number_of_cell(row.number, table.places[place]), cells, "", faults)
    note = ngettext("%(count)d blank cell makes no row.", "%(count)d blank cells make no rows.", blanks)
    if blanks:
        table.notes.add(None, note % {"count": blanks})
