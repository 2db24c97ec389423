"""Unfolding: a wide table, nations down and years across, becomes a list with one row for each of its cells."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pkportal.content.names import fold_name

from .cell_reading import ColumnReader
from .cells.conversions import ChoiceConversion, NumberConversion
from .cells.date_conversion import DateConversion
from .cells.seen_texts import UnclearText, is_blank_word, seen_text
from .columns import ExportResource
from .mapping import names_of_columns
from .reading import Table, TableRow, UnreadableFile
from .reading.grouped_header import BETWEEN_NAMES
from .reading.row_numbers import LETTERED, MOST_ROWS, number_of_cell
from .reading.tables import is_blank

_name_with_year = re.compile(r"(?P<name>.*[^\W\d].*?)[\s,:–-]+(?P<year>(?:19|20)[0-9]{2}(?:/[0-9]{2,4})?)")
FEWEST = 2  # headers that make a table a wide one


class Unfolding(NamedTuple):
    """Which column has the headers of a wide table in its cells, and which the cells below them.

    Headers of several rows have several columns, kind+as_of. Columns that are repeated below each of them keep their
    names, as_of+quantity.
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

    @property
    def value_columns(self) -> list[str]:
        """The columns of the cells: one, or those that are repeated below each header."""
        return [name.strip() for name in self.value_column.split("+")]

    @property
    def are_repeated(self) -> bool:
        """True if the last part of each header is the name of a column."""
        return len(self.value_columns) > 1


class RepeatedColumn(NamedTuple):
    """A column that is repeated: the texts above it, and what its cells are."""

    texts: tuple[str, ...]
    column: str


class UnfoldedGroup(NamedTuple):
    """Columns of a wide table that make one row of a list: the texts of their headers, and the place of each column."""

    texts: list[str]
    places: list[int | None]


def possible_unfoldings(resource: ExportResource, unknown: Sequence[str], taken: Collection[str]) -> list[Unfolding]:
    """Return how a table can be unfolded: headers that are no columns are dates or records, cells below are numbers.

    ``unknown`` has these headers, ``taken`` the columns that the file has besides.
    """
    if len(unknown) < FEWEST:
        return []
    readers = [ColumnReader(resource, it) for it in resource.columns() if it.column_name not in taken]
    across = [
        reader
        for reader in readers
        if isinstance(reader.conversion, DateConversion | ChoiceConversion) or reader.column.is_foreign_key
    ]
    headers = joined_headers(unknown)
    repeated = columns_repeated(resource, [parts[-1] for parts in headers], taken)
    if repeated:
        values, headers = ["+".join(repeated)], [parts[:-1] for parts in headers]
    else:
        values = [it.column.column_name for it in readers if isinstance(it.conversion, NumberConversion)]
    ways = [*ways_across(across, headers, repeated)]
    if not ways:  # the last two parts may be one date: 2014 above Q1
        merged = [[*parts[:-2], " ".join(parts[-2:])] for parts in headers]
        ways = [*ways_across(across, merged, repeated)]
    if not ways and len(headers[0]) == 1:  # or each header is a name with its year
        named = [parts for header in unknown if len(parts := header_parts(header, 2)) == 2 and all(parts)]
        ways = [*ways_across(across, named, repeated)] if len(named) >= FEWEST else []
    return [Unfolding("+".join(way), value) for way in ways for value in values]


def ways_across(
    readers: Sequence[ColumnReader], headers: Sequence[Sequence[str]], repeated: Sequence[str]
) -> Iterator[Sequence[str]]:
    """Yield the columns whose values the parts of headers can be, a different one for each part."""
    for way in product(*(columns_across(readers, parts) for parts in zip(*headers, strict=True))):
        if len({*way, *repeated}) == len(way) + len(repeated):
            yield way


def joined_headers(unknown: Sequence[str]) -> list[list[str]]:
    """Return the parts of the headers that have as many as most of those which were put together; or each as it is."""
    split = [header.split(BETWEEN_NAMES) for header in unknown]
    ((most, times),) = Counter(len(parts) for parts in split if len(parts) > 1).most_common(1) or [(1, 0)]
    return [parts for parts in split if len(parts) == most] if times >= FEWEST else [[header] for header in unknown]


def columns_repeated(resource: ExportResource, names: Sequence[str], taken: Collection[str]) -> list[str]:
    """Return the columns that these names are, if all are names of columns, and any is there again and again."""
    known = names_of_columns(resource)
    columns = [known[fold_name(name)].column for name in names if fold_name(name) in known]
    different = [*dict.fromkeys(columns)]
    is_repeated = len(columns) == len(names) and FEWEST <= len(different) < len(columns)
    return different if is_repeated and not {*different} & {*taken} else []


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
    for name in [*unfolding.header_columns, *unfolding.value_columns]:
        if name not in resource.fields:
            raise UnreadableFile(_("There is no column %(name)s to unfold the table into.") % {"name": name})
    readers = [ColumnReader(resource, resource.fields[name]) for name in unfolding.header_columns]
    if unfolding.are_repeated:
        return [*repeated_headers(resource, unfolding, readers, headers)]
    return [header for header in headers if all(map(can_be, readers, header_parts(header, len(readers))))]


def repeated_headers(
    resource: ExportResource, unfolding: Unfolding, readers: Sequence[ColumnReader], headers: Iterable[str]
) -> dict[str, RepeatedColumn]:
    """Return the headers whose last part is a column that is repeated, and whose others are values."""
    known = names_of_columns(resource)
    found = {}
    for header in headers:
        *parts, name = header_parts(header, len(readers) + 1)
        column = known[fold_name(name)].column if fold_name(name) in known else ""
        if column in unfolding.value_columns and all(map(can_be, readers, parts)):
            found[header] = RepeatedColumn(tuple(parts), column)
    return found


def header_parts(header: str, count: int) -> list[str]:
    """Return the texts of a header for so many columns; the last are blank where it has fewer.

    What is more goes into the last of them, 2014 Q1; a name is set apart from the year behind it, Troops 2014.
    """
    parts = [part.replace(BETWEEN_NAMES, " ") for part in header.split(BETWEEN_NAMES, count - 1)]
    if len(parts) < count and (match := _name_with_year.fullmatch(parts[-1])):
        parts[-1:] = [match["name"], match["year"]]
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
    header = [*(table.header[place] for place in down), *unfolding.header_columns, *unfolding.value_columns]
    groups = [*groups_of(resource, table.header, unfolding, across)]
    return replace(table, header=header, rows=unfolded_rows(table, down, groups))


def groups_of(
    resource: ExportResource, header: Sequence[str], unfolding: Unfolding, across: Sequence[int]
) -> Iterator[UnfoldedGroup]:
    """Yield the columns that make a row each: one, or those that are repeated below the same header."""
    count = len(unfolding.header_columns)
    if not unfolding.are_repeated:
        for place in across:
            yield UnfoldedGroup(header_parts(header[place], count), [place])
        return
    readers = [ColumnReader(resource, resource.fields[name]) for name in unfolding.header_columns]
    repeated = repeated_headers(resource, unfolding, readers, [header[place] for place in across])
    groups: dict[tuple[str, ...], dict[str, int]] = {}
    for place in across:
        texts, column = repeated[header[place]]
        groups.setdefault(texts, {})[column] = place
    for texts, places in groups.items():
        yield UnfoldedGroup([*texts], [places.get(column) for column in unfolding.value_columns])


def unfolded_rows(table: Table, down: Sequence[int], groups: Sequence[UnfoldedGroup]) -> Iterator[TableRow]:
    """Yield a row for each group of cells of a wide table that are not all blank, and note how many are."""
    blanks, words = 0, Counter[str]()
    for row in table:
        if row.fault:
            yield row._replace(cells=[""] * (len(down) + len(groups[0].texts) + len(groups[0].places)))
            continue
        if row.number >= MOST_ROWS:
            raise UnreadableFile(_("Only the first million rows of a table can be unfolded."))
        for texts, places in groups:
            there = [place for place in places if place is not None]
            said = [row.cells[place] for place in there if not is_blank([row.cells[place]])]
            if all(map(is_blank_word, said)) and not {*there} & {*row.cell_faults}:
                blanks += len(there) - len(said)
                words.update(map(seen_text, said))
                continue
            old = [*down, *[None] * len(texts), *places]
            faulty = [(new, place) for new, place in enumerate(old) if place is not None and place in row.cell_faults]
            faults = {new: row.cell_faults[place] for new, place in faulty}
            cells = [*(row.cells[place] for place in down), *texts]
            cells += ["" if place is None else row.cells[place] for place in places]
            yield TableRow(number_of_cell(row.number, table.places[min(there)]), cells, "", faults)
    note = ngettext("%(count)d blank cell makes no row.", "%(count)d blank cells make no rows.", blanks)
    if blanks:
        table.notes.add(None, note % {"count": blanks})
    for word, count in words.items():
        said = ngettext(
            "%(count)d cell with “%(word)s” makes no row.", "%(count)d cells with “%(word)s” make no rows.", count
        )
        table.notes.add(None, said % {"count": count, "word": word})
