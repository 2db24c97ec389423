"""Mapped tables: a table that was read from a file, under the names of a kind's columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from .columns import ExportResource
from .date_parts import joined_dates
from .explaining import unstored_columns
from .filling_down import filled_down, unmerged
from .mapping import guess_mapping
from .reading import WITHOUT_ANSWERS, ReadingOptions, Table, TableRow, UnreadableFile
from .section_rows import without_headings
from .unfolding import Unfolding, unfolded


class ColumnMapping(NamedTuple):
    """What a person has said about the columns of a file.

    ``columns`` has the column of each header, blank if it is left out; ``constants`` has columns that the file lacks,
    with the one text that all rows have there.
    """

    columns: Mapping[str, str] = {}
    constants: Mapping[str, str] = {}
    unfolding: Unfolding | None = None


AS_NAMED = ColumnMapping()


def mapped_table(
    resource: ExportResource, table: Table, mapping: ColumnMapping, options: ReadingOptions = WITHOUT_ANSWERS
) -> Table:
    """Return a table under the names of columns, and note what is read under another name, and what is left out.

    A header of which nothing was said is the column that it names, or stays as it is. Raises ``UnreadableFile`` for an
    answer that does not fit the file.
    """
    refuse_unknown(resource, table.header, mapping)
    computed = {column.column_name for column in unstored_columns(resource)}  # whoever reads the table passes over them
    guessed = [it for it in guess_mapping(resource, table.header) if it.is_certain and it.header not in computed]
    columns = {**{it.header: it.column for it in guessed}, **mapping.columns}
    table = unmerged(resource, table, columns, mapping.unfolding is not None, options)
    table = filled_down(resource, without_headings(resource, table, columns, options), columns, options)
    if mapping.unfolding:
        table = unfolded(resource, table, mapping.unfolding, columns)
    table = joined_dates(table, columns)
    names = [columns.get(header, header) for header in table.header]
    taken = [*filter(None, names), *mapping.constants]
    if twice := sorted({name for name in taken if taken.count(name) > 1}):
        message = _("More than one column of the file is %(names)s: leave out all but one.")
        raise UnreadableFile(message % {"names": ", ".join(twice)})
    note_names(table, names, mapping.constants)
    kept = [place for place, name in enumerate(names) if name]
    header = [*(names[place] for place in kept), *mapping.constants]
    headers = {names[place]: table.header[place] for place in kept}
    table = replace(table, around=table.around._replace(headers=headers))
    if header != table.header:
        table = replace(table, header=header, rows=mapped_rows(table, kept, [*mapping.constants.values()]))
    return replace(table, rows=escaped_rows(resource, table), is_exact=False) if table.is_exact else table


def refuse_unknown(resource: ExportResource, header: Sequence[str], mapping: ColumnMapping) -> None:
    """Raise ``UnreadableFile`` for an answer about a header or a column that is none."""
    if unknown := [name for name in mapping.columns if name not in header]:
        message = _("The file has no column “%(name)s”. It has: %(header)s.")
        raise UnreadableFile(message % {"name": unknown[0], "header": ", ".join(header)})
    allowed = list(resource._meta.fields)
    asked = [*filter(None, mapping.columns.values()), *mapping.constants]
    if unknown := [name for name in asked if name not in allowed]:
        message = _("Unknown column: %(unknown)s. This file may have: %(known)s.")
        raise UnreadableFile(message % {"unknown": ", ".join(unknown), "known": ", ".join(allowed)})


def note_names(table: Table, names: Sequence[str], constants: Mapping[str, str]) -> None:
    """Note which headers were read as a column of another name, what is left out, and what all rows have."""
    for header, name in zip(table.header, names, strict=True):
        words = {"header": header, "name": name}
        if not name:
            table.notes.add(None, _("The column “%(header)s” is left out.") % words)
        elif name != header:
            table.notes.add(None, _("The column “%(header)s” was read as %(name)s.") % words)
    for name, text in constants.items():
        table.notes.add(None, _("All rows have “%(text)s” in the column %(name)s.") % {"text": text, "name": name})


def mapped_rows(table: Table, kept: Sequence[int], constants: Sequence[str]) -> Iterator[TableRow]:
    """Yield the rows with the cells that are kept, and those that all rows have."""
    new_places = {old: new for new, old in enumerate(kept)}
    for row in table:
        if row.fault:
            yield row
            continue
        faults = {new_places[old]: fault for old, fault in row.cell_faults.items() if old in new_places}
        yield row._replace(cells=[*(row.cells[place] for place in kept), *constants], cell_faults=faults)


def escaped_rows(resource: ExportResource, table: Table) -> Iterator[TableRow]:
    """Yield rows with an apostrophe before the texts that have one in a spreadsheet: a column takes it away again."""
    columns = [resource.fields.get(name) for name in table.header]
    for row in table:
        pairs = zip(columns, row.cells, strict=False)  # a row with a fault has no cells
        yield row._replace(cells=[column.widget.escape(cell) if column else cell for column, cell in pairs])
