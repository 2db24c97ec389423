"""Unfolding: a wide table, nations down and years across, becomes a list with one row for each of its cells."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cell_reading import ColumnReader
from .cells.conversions import ChoiceConversion, NumberConversion
from .cells.date_conversion import DateConversion
from .cells.seen_texts import UnclearText
from .columns import ExportResource
from .reading import Table, TableRow, UnreadableFile
from .reading.grouped_header import BETWEEN_NAMES
from .reading.tables import is_blank
from .row_names import LETTERED, MOST_ROWS, number_of_cell

FEWEST = 2  # headers that make a table a wide one


class Unfolding(NamedTuple):
    """Which column has the headers of a wide table in its cells, and which the cells below them.

    Headers of two rows have two columns, kind+as_of.
    """

    header_column: str
    value_column: str

    @classmethod
    def from_text(cls, text: str) -> "Unfolding":
        """Return the unfolding that is written as_of=quantity."""
        return cls(*(part.strip() for part in text.partition("=")[::2]))

    @property
    def header_columns(self) -> list[str]:
        """The columns that have the headers, or the parts of them."""
        return [name.strip() for name in self.header_column.split("+")]


def possible_unfoldings(resource: ExportResource, unknown: Sequence[str], taken: Collection[str]) -> list[Unfolding]:
    """Return how a table can be unfolded: headers that are no columns are dates or records, cells below are numbers.

    ``unknown`` has these headers, ``taken`` the columns that the file has besides.
    """
    readers = [ColumnReader(resource, it) for it in resource.columns() if it.column_name not in taken]
    numbers = [it.column.column_name for it in readers if isinstance(it.conversion, NumberConversion)]
    across = [
        reader
        for reader in readers
        if isinstance(reader.conversion, DateConversion | ChoiceConversion) or reader.column.is_foreign_key
    ]
    joined = [header.split(BETWEEN_NAMES) for header in unknown if header.count(BETWEEN_NAMES) == 1]
    if len(joined) < FEWEST:
        names = columns_across(across, unknown)
    else:
        pairs = product(*(columns_across(across, parts) for parts in zip(*joined, strict=True)))
        names = [f"{above}+{below}" for above, below in pairs if above != below]
    return [Unfolding(name, number) for name in names for number in numbers]


def columns_across(readers: Iterable[ColumnReader], headers: Sequence[str]) -> list[str]:
    """Return the columns that can hold the most of some headers, if any can hold several."""
    found = {reader.column.column_name: sum(can_be(reader, header) for header in headers) for reader in readers}
    most = max(found.values(), default=0)
    return [name for name, count in found.items() if count == most >= FEWEST]


def can_be(reader: ColumnReader, header: str) -> bool:
    """True if a header is a value of a column, or may be one once a person has said which."""
    reading = reader.read(header)
    if not header or not reading.refusal or reading.question:
        return bool(header)
    try:
        reader.conversion.convert(header)
    except UnclearText:
        return isinstance(reader.conversion, DateConversion)
    except ValueError:
        return False
    return False


def headers_read(resource: ExportResource, unfolding: Unfolding, headers: Iterable[str]) -> list[str]:
    """Return the headers that are values of the columns into which a table is unfolded."""
    for name in [*unfolding.header_columns, unfolding.value_column]:
        if name not in resource.fields:
            raise UnreadableFile(_("There is no column %(name)s to unfold the table into.") % {"name": name})
    readers = [ColumnReader(resource, resource.fields[name]) for name in unfolding.header_columns]
    return [header for header in headers if all(map(can_be, readers, header_parts(header, len(readers))))]


def header_parts(header: str, count: int) -> list[str]:
    """Return the texts of a header for so many columns; the last are blank where it has fewer."""
    parts = header.split(BETWEEN_NAMES, count - 1)
    return [*parts, *[""] * (count - len(parts))]


def unfolded(resource: ExportResource, table: Table, unfolding: Unfolding, kept: Collection[str]) -> Table:
    """Return a wide table as a list: each row once for every header that the header column can hold.

    ``kept`` has the headers that are columns themselves. Blank cells make no row. A row of the list is numbered by the
    cell of the sheet in which it stands.
    """
    values = {*headers_read(resource, unfolding, table.header)} - {*kept}
    across = [place for place, name in enumerate(table.header) if name in values]
    if not across:
        message = _("No header can be a value of the column %(name)s, so the table cannot be unfolded.")
        raise UnreadableFile(message % {"name": unfolding.header_column})
    if table.places[across[-1]] >= LETTERED:
        raise UnreadableFile(_("Only the columns up to ZZ of a table can be unfolded."))
    down = [place for place in range(len(table.header)) if place not in across]
    names = unfolding.header_columns
    header = [*(table.header[place] for place in down), *names, unfolding.value_column]
    return replace(table, header=header, rows=unfolded_rows(table, across, down, len(names)))


def unfolded_rows(table: Table, across: Sequence[int], down: Sequence[int], parts: int) -> Iterator[TableRow]:
    """Yield a row for each cell of a wide table that is not blank, and note how many are.

    ``parts`` are the columns into which each header goes.
    """
    blanks = 0
    texts = {place: header_parts(table.header[place], parts) for place in across}
    for row in table:
        if row.fault:
            yield row._replace(cells=[""] * (len(down) + parts + 1))
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
                faults[len(down) + parts] = faults.pop(len(down))
            cells = [*(row.cells[old] for old in down), *texts[place], cell]
            yield TableRow(number_of_cell(row.number, table.places[place]), cells, "", faults)
    note = ngettext("%(count)d blank cell makes no row.", "%(count)d blank cells make no rows.", blanks)
    if blanks:
        table.notes.add(None, note % {"count": blanks})
