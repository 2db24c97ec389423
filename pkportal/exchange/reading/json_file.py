"""JSON files: a list of objects, or an object in each line. An object is a row, and its names are columns.

No text is changed: what stands in quotes is meant exactly so (``Table.is_exact``).
"""

from collections.abc import Iterator
from itertools import chain, islice
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.exchange.widgets import SEPARATOR

from .delimited import name_bad_characters, without_bad_characters
from .encodings import find_encoding
from .headers import HEAD, check_names, trim_names
from .json_object import ListInside, list_inside, members_after
from .json_source import JsonSource, NotJsonError, TooDenseError, value_of_line
from .line_source import LineSource, is_text, text_blocks
from .mended_text import mend
from .tables import Notes, RawRow, ReadingOptions, Table, TableRow, UnreadableFile, column_letters

LONGEST_EXCERPT = 40
NESTED = gettext_lazy("A value must be a text, a number, true, false, null or a list of these without semicolons.")


class JsonRow(NamedTuple):
    """One object: its place among the others, its names with their values, and why it is no row."""

    number: int
    members: tuple[tuple[str, Any], ...]
    fault: str = ""


def read_json_file(file: IO[bytes], options: ReadingOptions) -> Table:
    """Return the table in a JSON file. Its columns are the names in its first rows."""
    encoding = find_encoding(file, options.encoding)
    source, notes = JsonSource(text_blocks(file, encoding.codec, encoding.start)), Notes()
    if source.peek() == "{" and (inside := list_inside(source)):
        rows = rows_inside(source, inside, notes)
    else:
        rows = listed_rows(source, is_whole=True) if source.peek() == "[" else rows_in_lines(LineSource(source.rest()))
    head = [*islice(rows, HEAD)]
    names = [*dict.fromkeys(name for row in head for name, _value in row.members)]
    if not names:
        reason = next((row.fault for row in head if row.fault), _("It has none."))
        raise UnreadableFile(_("The file is JSON, but no list of objects with names and values. %s") % reason)
    members = MemberReader(names, encoding.is_twice, notes)
    return Table(header_of(names), map(members.read, chain(head, rows)), notes, is_exact=True)


def header_of(names: list[str]) -> list[str]:
    """Return the names of the columns. Raises ``UnreadableFile`` where they cannot be told apart."""
    trimmed = (" ".join(trim_names([without_bad_characters(name)])) for name in names)
    header = [name or _("column %s") % column_letters(place) for place, name in enumerate(trimmed)]
    check_names(header)
    return header


def listed_rows(source: JsonSource, is_whole: bool) -> Iterator[JsonRow]:
    """Yield the objects of one list; if it is the whole file, nothing may follow.

    Raises ``UnreadableFile`` where it is broken, as nothing after it can be read.
    """
    source.place += 1
    number, mark = 0, source.peek()
    while mark and mark != "]":
        number += 1
        try:
            yield row_of(number, source.take_value())
        except NotJsonError:
            raise broken_at(number, source) from None
        except TooDenseError:
            words = _("Row %d has more values than a row of a table can have.")
            raise UnreadableFile(words % number) from None
        mark = source.peek()
        if mark == ",":
            source.place += 1
            mark = "," + source.peek()
        elif mark and mark != "]":
            raise broken_at(number + 1, source)
    if not mark:
        raise UnreadableFile(_("The list has no end: the file is incomplete."))
    source.place += 1
    if is_whole and source.peek():
        raise UnreadableFile(_("Something follows after the list: “%s”.") % beginning_of(source.following()))


def rows_inside(source: JsonSource, inside: ListInside, notes: Notes) -> Iterator[JsonRow]:
    """Yield the objects of the one list in an object, and note what else is in that object."""
    yield from listed_rows(source, is_whole=False)
    after = members_after(source)
    if after is None:
        raise UnreadableFile(_("Something follows after the list: “%s”.") % beginning_of(source.following()))
    notes.add(None, _("The list “%s” was read.") % beginning_of(inside.name))
    for name, value in [*inside.before, *after]:
        if is_list_of_objects(value):
            words = {"first": beginning_of(inside.name), "second": beginning_of(name)}
            raise UnreadableFile(_("The file has two lists, “%(first)s” and “%(second)s”: keep one of them.") % words)
        words = {"name": beginning_of(name), "value": beginning_of("null" if value is None else str(value))}
        notes.add(None, _("“%(name)s: %(value)s” is beside the list and was left out.") % words)


def is_list_of_objects(value: Any) -> bool:
    """True for a list in which an object is."""
    return isinstance(value, list) and any(isinstance(part, tuple) for part in value)


def broken_at(number: int, source: JsonSource) -> UnreadableFile:
    """Return the error for a row that is no JSON."""
    words = {"row": number, "text": beginning_of(source.following())}
    return UnreadableFile(_("Row %(row)d is not JSON, or the file is incomplete: “%(text)s”.") % words)


def rows_in_lines(lines: LineSource) -> Iterator[JsonRow]:
    """Yield the object in each line; a line that has none is a fault, and the next ones are read on."""
    number = lines.pass_blank()
    for line in lines:
        number += 1
        try:
            yield row_of(number, value_of_line(line))
        except NotJsonError:
            if number == 1:
                message = _("JSON must be a list of objects, or have a whole object in each line: “%s” is neither.")
                raise UnreadableFile(message % beginning_of(line)) from None
            yield JsonRow(number, (), _("This line is not JSON: “%s”.") % beginning_of(line))
        except TooDenseError:
            yield JsonRow(number, (), _("It has more values than a row of a table can have."))
        number += lines.pass_blank()


def row_of(number: int, value: Any) -> JsonRow:
    """Return the row that a value is, or the fault that it is none."""
    if not isinstance(value, tuple):
        return JsonRow(number, (), _("It is no object with names and values."))
    names = [name for name, _value in value]
    if len({*names}) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        return JsonRow(number, (), _("It has the name “%s” twice.") % beginning_of(twice))
    return JsonRow(number, value)


class MemberReader:
    """Puts the values of objects into the columns of a table."""

    def __init__(self, names: list[str], is_twice: bool, notes: Notes):
        self.names, self.is_twice, self.notes = tuple(names), is_twice, notes
        self.places = {name: place for place, name in enumerate(names)}

    def read(self, row: JsonRow) -> TableRow:
        """Return the row of the table that an object is."""
        if row.fault:
            return TableRow(row.number, [], row.fault)
        values: list[Any] = [None] * len(self.names)
        for name, value in row.members:
            place = self.places.get(name)
            if place is None:
                return TableRow(
                    row.number, [], _("It has the name “%s”, which no row before it has.") % beginning_of(name)
                )
            values[place] = value
        if len(row.members) < len(values):
            self._note_missing(row)
        faults = {place: NESTED for place, value in enumerate(values) if is_nested(value)}
        cells = ["" if place in faults else cell_of_value(value) for place, value in enumerate(values)]
        if self.is_twice:
            cells = [mend(cell) for cell in cells]
        read = RawRow(row.number, cells, "", {place: str(fault) for place, fault in faults.items()})
        return as_table_row(read if is_text("".join(cells)) else name_bad_characters(read))

    def _note_missing(self, row):
        present = {name for name, _value in row.members}
        missing = ", ".join(beginning_of(name) for name in self.names if name not in present)
        self.notes.add(row.number, _("It lacks %s, which was read as blank.") % missing)


def as_table_row(row: RawRow) -> TableRow:
    """Return a row of the file as one of the table."""
    return TableRow(row.number, row.cells, row.fault, row.cell_faults)


def is_nested(value: Any) -> bool:
    """True for what does not fit into a cell: an object, or a list of more than texts and numbers."""
    if not isinstance(value, list):
        return isinstance(value, tuple)
    return any(isinstance(part, list | tuple) or SEPARATOR in cell_of_value(part) for part in value)


def cell_of_value(value: Any) -> str:
    """Return the text of a value as a file of delimited cells would have it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return SEPARATOR.join(map(cell_of_value, value))
    return "" if value is None else "yes" if value else "no"


def beginning_of(text: str) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(without_bad_characters(text[: 2 * LONGEST_EXCERPT]).split())
    return line if len(line) <= LONGEST_EXCERPT else f"{line[:LONGEST_EXCERPT]}…"
