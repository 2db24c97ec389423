"""Mapping: which column of a kind each header of a file is, guessed from names and values, corrected by a person."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.content.names import fold_name

from .cell_reading import ColumnReader
from .cells.likely_names import LikelyNames
from .cells.number_conversion import NumberConversion
from .cells.seen_texts import is_blank_word
from .columns import ExportResource
from .date_parts import YEAR_PART, date_part, make_one_date
from .explaining import unstored_columns
from .reading.headers import is_scaled

SEEM_SCALED = gettext_lazy("its numbers seem to be thousands or the like")
SAMPLES = 20  # distinct values of a column by which it is guessed
_in_brackets = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


class MappedColumn(NamedTuple):
    """A header of a file, the column that it is, and why; it is left out if the column is blank.

    ``is_certain`` if it is named so, and not guessed.
    """

    header: str
    column: str
    why: str
    is_certain: bool = True


class NamedColumn(NamedTuple):
    """A column, and how a name of it names it, in words."""

    column: str
    why: str


def names_of_columns(resource: ExportResource) -> dict[str, NamedColumn]:
    """Return the columns of a file by the names that they may have in it, as names are compared.

    A column's own name comes before its label, and both before its other names.
    """
    fields = {field.name: field for field in resource._meta.model._meta.get_fields()}
    columns = resource.columns()
    own = [(it.column_name, it.column_name, _("the name of the column")) for it in columns]
    labels = [
        (str(fields[it.attribute].verbose_name), it.column_name, _("the label of the column"))
        for it in columns
        if hasattr(fields.get(it.attribute), "verbose_name")
    ]
    others = [
        (name, column, _("another name of the column"))
        for column, names in resource.other_names.items()
        for name in names
    ]
    known: dict[str, NamedColumn] = {}
    for name, column, why in [*own, *labels, *others]:
        known.setdefault(fold_name(str(name)), NamedColumn(column, why))
    return known


def known_names(resource: ExportResource) -> Collection[str]:
    """Return the names by which the header of a file is recognised, those of computed columns among them."""
    return [*names_of_columns(resource), *(fold_name(it.column_name) for it in unstored_columns(resource))]


def guess_mapping(
    resource: ExportResource, header: Sequence[str], rows: Iterable[Sequence[str]] = ()
) -> list[MappedColumn]:
    """Return what each header is: by its name, else by a likely slip in it, else by its values in some rows."""
    return Guess(resource, header).by_names().by_parts().by_slips().by_values([*rows]).columns


class Guess:
    """What the headers of a file are, as far as it is known; no column is that of two headers."""

    def __init__(self, resource: ExportResource, header: Sequence[str]):
        self.resource, self.known = resource, names_of_columns(resource)
        self.columns = [MappedColumn(name, "", "", is_certain=False) for name in header]
        self.taken: dict[str, str] = {}

    def by_names(self) -> "Guess":
        """Find the columns that are named in the header."""
        computed = {fold_name(column.column_name) for column in unstored_columns(self.resource)}
        for place, mapped in enumerate(self.columns):
            if is_scaled(mapped.header):
                self.take_scaled(place)
                continue
            for name in (fold_name(mapped.header), fold_name(_in_brackets.sub("", mapped.header))):
                if name in self.known:
                    self.take(place, *self.known[name], is_certain=True)
                    break
                if name in computed:
                    self.leave_out(place, _("it is computed, and passed over"), is_certain=True)
                    break
        return self

    def take_scaled(self, place: int) -> None:
        """Guess the column whose numbers seem to be thousands: it is asked whether they are multiplied."""
        header = self.columns[place].header
        for name in (fold_name(words) for words in (_in_brackets.sub("", header), header.split(",")[0])):
            if name in self.known:
                self.take(place, self.known[name].column, SEEM_SCALED)
                return

    def by_parts(self) -> "Guess":
        """Find the months and days beside a column that has the year of a date."""
        for column, year in [*self.taken.items()]:
            parts = [(place, it.header) for place, it in self.unknown() if date_part(it.header) is not None]
            if date_part(year) == YEAR_PART and make_one_date([year, *(header for _place, header in parts)]):
                for place, header in parts:
                    why = _("with “%(header)s” it makes a date") % {"header": year}
                    self.columns[place] = MappedColumn(header, column, why, is_certain=False)
        return self

    def by_slips(self) -> "Guess":
        """Find the one column whose name is near a misspelt one."""
        likely_names = LikelyNames({name: [named.column] for name, named in self.known.items()})
        for place, mapped in self.unknown():
            likely = likely_names.find(mapped.header)
            if likely.is_near:
                self.take(place, likely.codes[0], _("likely a slip in its name"))
        return self

    def by_values(self, rows: Sequence[Sequence[str]]) -> "Guess":
        """Find the one column, of those that are not taken, into which the values below a header fit."""
        readers = self.telling_readers()
        numbers = [it.column.column_name for it in readers if isinstance(it.conversion, NumberConversion)]
        for place, mapped in self.unknown():
            if is_scaled(mapped.header) and len(numbers) == 1:
                self.take(place, numbers[0], SEEM_SCALED)
        texts = {
            place: [*dict.fromkeys(row[place] for row in rows if row[place].strip())][:SAMPLES]
            for place, _mapped in self.unknown()
        }
        fitting = {place: [it for it in readers if fits(it, texts[place])] for place in texts}
        while found := next(self.only_fitting(fitting), None):
            place, column = found
            why = _("its values fit: %(values)s") % {"values": ", ".join(texts[place][:3])}
            reader = next(it for it in readers if it.column.column_name == column)
            if fits(reader, [self.columns[place].header]):
                why = _("%(why)s; the header is one of them: does the file have no header?") % {"why": why}
            self.take(place, column, why)
        for place, _mapped in self.unknown():
            names = [it.column.column_name for it in fitting[place] if it.column.column_name not in self.taken]
            why = _("left out, as neither its name nor its values are those of a column")
            if names:
                why = _("left out, as its values fit several columns: %(columns)s") % {"columns": ", ".join(names)}
            self.leave_out(place, why)
        return self

    def only_fitting(self, fitting: Mapping[int, Sequence[ColumnReader]]) -> Iterator[tuple[int, str]]:
        """Yield the headers whose values fit just one of the columns that are left."""
        for place, _mapped in self.unknown():
            names = [it.column.column_name for it in fitting[place] if it.column.column_name not in self.taken]
            if len(names) == 1:
                yield place, names[0]

    def unknown(self) -> list[tuple[int, MappedColumn]]:
        """Return the headers of which nothing is known so far, with their places."""
        return [(place, mapped) for place, mapped in enumerate(self.columns) if not mapped.why]

    def telling_readers(self) -> list[ColumnReader]:
        """Return readers of the columns whose values tell them from others: not of texts, but of all else."""
        columns = [it for it in self.resource.columns() if it.column_name not in self.taken] if self.unknown() else []
        readers = [ColumnReader(self.resource, column) for column in columns]
        return [reader for reader in readers if reader.conversion.tells_column]

    def take(self, place: int, column: str, why: str, is_certain: bool = False) -> None:
        """Give a column to a header, unless another has it already; then the header is left out."""
        if column in self.taken:
            words = {"column": column, "header": self.taken[column]}
            self.leave_out(place, _("left out, as “%(header)s” is the column %(column)s already") % words)
            return
        self.taken[column] = self.columns[place].header
        self.columns[place] = MappedColumn(self.columns[place].header, column, why, is_certain)

    def leave_out(self, place: int, why: str, is_certain: bool = False) -> None:
        """Leave out what stands below a header."""
        self.columns[place] = MappedColumn(self.columns[place].header, "", why, is_certain)


def fits(reader: ColumnReader, texts: Sequence[str]) -> bool:
    """True if a column can hold these texts, and there are any: at least half as they are, and the others perhaps."""
    right = [reader.read(text) for text in texts if not reader.read(text).refusal]
    right = [reading for reading in right if reading.value not in (None, [])]
    doubtful = sum(may_fit(reader, text) for text in texts)
    return reader.conversion.can_tell(texts) and len(right) + doubtful == len(texts) <= 2 * len(right)


def may_fit(reader: ColumnReader, text: str) -> bool:
    """True for a text that is refused until a person says what it is, and for a word for nothing."""
    reading = reader.read(text)
    return bool(reading.refusal) and (bool(reading.question) or is_blank_word(text) or text in reader.unclear_texts)
