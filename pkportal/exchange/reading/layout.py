"""What is a row of the table and what is not: titles above, notes and totals below, blank rows and columns.

Everything that is left out is named in a note. Row numbers stay those of the spreadsheet.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .headers import Header, check_names, trim_names
from .tables import MAX_COLUMNS, Notes, RawRow, TableRow, column_letters, is_blank

MOST_NOTES_BELOW = 60  # rows under a table that may be notes
MOST_BEFORE_TOTAL = 3  # cells up to the word, such as the mission of which it is the total
MOST_SHOWN = 60  # characters of what is left out
_total = re.compile(
    r"\W*(?:(?:grand|sub|over ?all)[ -]?)?(?:totals?|sum|gesamt(?:summe)?|summe|totale|total g[ée]n[ée]ral|razem|"
    r"toplam|итого|всего)\b[^0-9]{0,30}|[^0-9]{1,40}\b(?:sub-?)?totals?\W*",
    re.IGNORECASE,
)
INCOMPLETE = re.compile(
    "incomplete|truncated|broken off", re.IGNORECASE
)  # what such a row says must not be passed over
_number = re.compile(r"[-+~≈]?[0-9][0-9.,'’\s]*%?|[-–—.…]+")
_rule = re.compile(r"[-=:+_ ]{2,}")  # a line under the header of a table that is drawn with characters
_remark = re.compile(
    r"\s*(?:[*†‡§¹²³©]|\(?[0-9a-z]\)|\[[0-9a-z]\]|\(?(?:notes?|sources?|remarks?|comments?|footnotes?|disclaimer|legend|"
    r"n\.? ?b\.?|quellen?|anmerkung(?:en)?|remarques?|last update|updated|as of|data)\b[^,;]{0,40}(?:[:.]|$))",
    re.IGNORECASE,
)


class Layout:
    """Takes the rows of a file apart into those of the table and what is around them."""

    leaves_out_hidden = False

    def __init__(self, header: Header, head: Sequence[RawRow], notes: Notes, is_padded: bool):
        self.notes, self.is_padded = notes, is_padded
        self.last_number = head[header.last].number
        self.names = header.names
        below = [row for row in head[header.last + 1 :] if not is_rule(row)]
        self.places = [place for place, name in enumerate(header.names) if name or self._is_used(place, below)]
        self.header = [header.names[place] or _("column %s") % column_letters(place) for place in self.places]
        self.width = len(header.names)
        self.is_whole = self.places == [*range(self.width)]
        self.held: list[RawRow] = []
        check_names(header.names, shown(head[header.first - 1]) if header.first else "")
        self._note_what_is_above(header, head)

    @staticmethod
    def _is_used(place, rows):
        """True if any row has a text in a column, and not there alone, as a note below the table has."""
        with_text = (row.cells for row in rows if len(row.cells) > place and not is_blank([row.cells[place]]))
        return any(not is_blank([*cells[:place], *cells[place + 1 :]]) for cells in with_text)

    def _note_what_is_above(self, header, head):
        for row in head[: header.first]:
            if is_blank(row.cells):
                continue
            words = _("“%(text)s” is above the header and was left out.")
            self.notes.add(row.number, words % {"text": shown(row)})
        if header.first != header.last:
            several = _("three") if header.last - header.first > 1 else _("two")
            said = _("The header is over %(several)s rows; its names were put together.")
            self.notes.add(self.last_number, said % {"several": several})
        blank = [place for place in range(self.width) if place not in self.places]
        if blank:
            names = ", ".join(map(column_letters, blank))
            self.notes.add(None, _("Columns without a name and without content were left out: %s.") % names)

    def rows(self, below: Iterable[RawRow]) -> Iterator[TableRow]:
        """Yield the rows of the table."""
        width, is_whole, first_name, match_total = self.width, self.is_whole, self.names[0], _total.match
        for row in below:
            number, cells, fault, cell_faults, is_hidden = row
            if is_hidden and self.leaves_out_hidden:
                self.last_number = number
                continue
            is_plain = len(cells) == width and is_whole and not (fault or cell_faults or self.held)
            is_next = is_plain and number == self.last_number + 1 and cells[0].strip() not in ("", first_name)
            is_next = is_next and not match_total(cells[0])
            is_next = is_next and ("" not in cells or not may_say_total(cells[1]))
            if is_next and ("" not in cells or cells[1].isalnum() or not self._may_be_note(row)):
                self.last_number = number
                yield TableRow(number, cells)
            else:
                yield from self._look_closer(row)
        self._note_what_is_below()

    def _look_closer(self, row):
        """Yield a row and those that were waiting for it, or let it wait, or leave it out."""
        if not row.fault and is_blank(row.cells) and not row.cell_faults:
            return
        if not row.fault and is_rule(row):
            self.last_number = row.number if not self.held else self.last_number
            return
        if not (row.fault or row.cell_faults):
            if self._may_be_note(row) and len(self.held) < MOST_NOTES_BELOW:
                self.held.append(row)
                return
            if self._is_total(row.cells):
                self.notes.add(row.number, _("“%(text)s” is a total and was left out.") % {"text": shown(row)})
                self.last_number = row.number if not self.held else self.last_number
                return
            if trim_names(row.cells) == self.names:
                self.notes.add(row.number, _("The header is repeated here; it was left out."))
                self.last_number = row.number if not self.held else self.last_number
                return
        for earlier in [*self.held, row]:
            yield self._as_table_row(earlier)
        self.held.clear()

    def _as_table_row(self, row):
        if row.number > self.last_number + 1:
            self._note_blank_rows(row.number)
        self.last_number = row.number
        fault = row.fault or self._fault_of_shape(row)
        if fault:
            return TableRow(row.number, row.cells, fault)
        cells = row.cells + [""] * (self.width - len(row.cells))
        index_of = {place: index for index, place in enumerate(self.places)}
        faults = {index_of[place]: text for place, text in row.cell_faults.items() if place in index_of}
        return TableRow(row.number, [cells[place] for place in self.places], "", faults)

    def _note_blank_rows(self, number):
        words = {"first": self.last_number + 1, "last": number - 1}
        if words["first"] == words["last"]:
            self.notes.add(words["first"], _("This row is blank."))
        else:
            self.notes.add(words["first"], _("Rows %(first)d to %(last)d are blank.") % words)

    def _fault_of_shape(self, row):
        """Return why a row is too long or too short, or has a text where no column is."""
        count = len(row.cells)
        if count < self.width and not self.is_padded:
            return _wrong_number(count, self.width)
        if count > self.width and not is_blank(row.cells[self.width :]):
            return _wrong_number(count if not self.is_padded else len(trim_names(row.cells)), self.width)
        for place, cell in enumerate(row.cells[: self.width]):
            if place not in self.places and not is_blank([cell]):
                words = {"text": cell[:MOST_SHOWN], "column": column_letters(place)}
                return _("“%(text)s” is in column %(column)s, which has no name in the header.") % words
        return ""

    def _may_be_note(self, row):
        """True if a row may be a note under the table: little text, after a blank row or in the words of a note."""
        cells = [cell for cell in row.cells if not is_blank([cell])]
        if self.width < 3 or not cells or self._is_total(row.cells) or INCOMPLETE.search(cells[0]):
            return False
        follows_blank = bool(self.held) or row.number > self.last_number + 1
        is_remark = _remark.match(cells[0]) is not None
        if len(cells) > 1:  # a comma in a remark makes two cells of it
            return is_remark and follows_blank and (len(cells) == 2 or len(row.cells) < self.width)
        is_sentence = len(row.cells) == 1 and len(cells[0].split()) > 3  # one word may be the rest of a broken-off row
        return is_sentence or is_remark or follows_blank

    def _is_total(self, cells):
        """True if a row says total, and has numbers and nothing else besides."""
        said = [cell.strip(" \u00a0*") for cell in cells if not is_blank([cell])]
        place = next((place for place, cell in enumerate(said[:MOST_BEFORE_TOTAL]) if _total.fullmatch(cell)), None)
        return place is not None and len(said) > place + 1 and all(map(_number.fullmatch, said[place + 1 :]))

    def _note_what_is_below(self):
        for row in self.held:
            self.notes.add(row.number, _("“%(text)s” is below the table and was left out.") % {"text": shown(row)})
        self.held.clear()


@lru_cache(10_000)
def may_say_total(cell: str) -> bool:
    """True for the word total; the same cells come again and again."""
    return _total.fullmatch(cell.strip()) is not None


def is_rule(row):
    """True for a row of nothing but lines."""
    said = [cell for cell in row.cells if not is_blank([cell])]
    return bool(said) and all(_rule.fullmatch(cell.strip()) for cell in said)


def shown(row: RawRow) -> str:
    """Return the beginning of what a row says."""
    text = " ".join(" · ".join(cell.strip() for cell in row.cells[:MAX_COLUMNS] if cell.strip()).split())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _wrong_number(cells: int, columns: int) -> str:
    return ngettext(
        "This row has %(cells)d cell, the header has %(columns)d.",
        "This row has %(cells)d cells, the header has %(columns)d.",
        cells,
    ) % {"cells": cells, "columns": columns}
