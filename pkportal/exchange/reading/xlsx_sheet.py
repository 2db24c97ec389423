"""One sheet of an XLSX workbook, row by row."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from .merged_cells import MergedRange
from .number_formats import AS_MONTH, AS_PLAIN, AS_YEAR, date_text, number_text
from .shared_texts import SharedTexts, unescape
from .tables import NO_FAULTS, Notes, RawRow, column_letters
from .xml_parts import XmlReader

MAX_CELLS_IN_A_ROW = 16_384  # columns that a spreadsheet has
MAX_SHEET_ROWS = 1_048_576
LONGEST_MERGE_CELL = 200  # bytes of the tag
_merge_cell = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"
)


class SheetReader(XmlReader):
    """Reads the rows of a sheet. What is hidden or shown as a month is kept for the notes."""

    def __init__(self, texts: SharedTexts, kinds: Sequence[str], epoch: datetime.datetime):
        super().__init__()
        self.shared, self.kinds, self.epoch = texts, kinds, epoch
        self.columns: dict[str, int] = {}  # index of a column by its letters
        self.number = 0
        self.cells: list[str] = []
        self.faults: dict[int, str] = {}
        self.index = -1
        self.type, self.kind = "n", AS_PLAIN
        self.has_formula = self.is_phonetic = self.is_hidden = False
        self.hidden_rows = Ranges()
        self.hidden_columns: list[int] = []
        self.shown_as: dict[tuple[int, str], tuple[int, int]] = {}  # by column and precision: first row, and how many
        self.is_filtered = False

    def start(self, name, attributes):
        """Take the beginning of an element."""
        if name == "c":
            self.start_cell(attributes)
        elif name in ("v", "t"):
            self.collect(not self.is_phonetic)
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            number = attributes.get("r", "")
            self.number = max(int(number), self.number + 1) if number.isdecimal() else self.number + 1
            self.index, self.cells, self.faults = -1, [], {}
            self.is_hidden = attributes.get("hidden") in ("1", "true")
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.hidden_columns += range(first - 1, min(last, first + MAX_CELLS_IN_A_ROW))[:50]
        elif name == "filterColumn":
            self.is_filtered = True

    def start_cell(self, attributes):
        """Find out where a cell is, and what kind of value it has."""
        letters = attributes.get("r", "").rstrip("0123456789")
        if letters:
            index = self.columns.get(letters)
            if index is None:
                index = self.columns[letters] = index_of_column(letters)
        else:
            index = self.index + 1
        self.index = index
        self.type = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self.kind = self.kinds[int(style)] if style.isdecimal() and int(style) < len(self.kinds) else AS_PLAIN
        self.has_formula = False
        self.texts.clear()

    def end(self, name):
        """Take the end of an element."""
        if name in ("v", "t"):
            self.collect(False)
        elif name == "c":
            self.end_cell()
        elif name == "row":
            self.end_row()
        elif name == "rPh":
            self.is_phonetic = False

    def end_cell(self):
        """Keep the text of a cell."""
        text, index, cells = "".join(self.texts), self.index, self.cells
        if not text and not self.has_formula:
            return
        if index >= MAX_CELLS_IN_A_ROW:
            raise ValueError(index)
        if self.type == "s":
            text = self.shared[int(text)]
        elif self.type == "n":
            text = self.number_of(text)
        else:
            text = self.text_of(text)
        if index < len(cells):
            cells[index] = text
            return
        while len(cells) < index:
            cells.append("")
        cells.append(text)

    def number_of(self, text):
        """Return the number in a cell as it is shown; a formula that was never computed has none."""
        if not text:
            self.faults[self.index] = _("It is a formula without a result: put the value in its place, or save as CSV.")
            return ""
        try:
            shown = number_text(text.strip(), self.kind, self.epoch)
        except ValueError:
            self.faults[self.index] = _("“%s” is not a number or a date of a spreadsheet.") % text[:40]
            return text
        if self.kind in (AS_MONTH, AS_YEAR):
            self.count_shown_as(self.kind)
        return shown

    def text_of(self, text):
        """Return the text of a cell which is neither a number nor a shared text."""
        if self.type == "b":
            return "yes" if text.strip() in ("1", "true") else "no"
        if self.type == "e":
            self.faults[self.index] = error_fault(text)
            return text
        if self.type == "d":
            moment = datetime.datetime.fromisoformat(text.strip().removesuffix("Z"))
            return date_text(moment, self.kind)
        return unescape(text)

    def count_shown_as(self, kind):
        """Count a date that is shown less exactly than it is kept."""
        first, count = self.shown_as.get((self.index, kind), (self.number, 0))
        self.shown_as[self.index, kind] = first, count + 1

    def end_row(self):
        """Keep a row that is not blank."""
        cells = self.cells
        while cells and not cells[-1] and len(cells) - 1 not in self.faults:
            cells.pop()
        if cells:
            if self.number > MAX_SHEET_ROWS:
                raise ValueError(self.number)
            if self.is_hidden:
                self.hidden_rows.add(self.number)
            self.found.append(RawRow(self.number, cells, "", self.faults or NO_FAULTS, self.is_hidden))

    def note_what_was_seen(self, notes: Notes, is_left_out: bool) -> None:
        """Add what a person should know of the sheet; ``is_left_out``: its hidden rows are."""
        note_hidden_rows(notes, self.hidden_rows, self.is_filtered, is_left_out)
        note_hidden_columns(notes, self.hidden_columns)
        note_precisions(notes, self.shown_as)


class Ranges:
    """Numbers of rows, kept as ranges."""

    def __init__(self):
        self.ranges: list[list[int]] = []
        self.count = 0

    def add(self, number: int, count: int = 1) -> None:
        """Add as many numbers from this one on."""
        self.count += count
        if self.ranges and self.ranges[-1][1] == number - 1:
            self.ranges[-1][1] = number + count - 1
        elif len(self.ranges) < 1000:
            self.ranges.append([number, number + count - 1])

    def __str__(self):
        parts = [str(first) if first == last else f"{first}–{last}" for first, last in self.ranges[:20]]
        return ", ".join(parts) + (", …" if len(self.ranges) > 20 else "")


def note_hidden_rows(notes: Notes, rows: Ranges, is_filtered: bool, is_left_out: bool) -> None:
    """Say which rows of a sheet are hidden, and whether they are read like the others."""
    if not rows.count:
        return
    if is_filtered and is_left_out:
        text = _("A filter hides rows of the sheet, which were left out: %s.")
    elif is_filtered:
        text = _("A filter hides rows of the sheet, which were read like the others: %s.")
    elif is_left_out:
        text = _("Rows that are hidden in the sheet were left out: %s.")
    else:
        text = _("Rows that are hidden in the sheet were read like the others: %s.")
    notes.add(None, text % rows, "hidden")


def note_hidden_columns(notes: Notes, columns: Sequence[int]) -> None:
    """Say which columns of a sheet are hidden: they are read like the others."""
    if columns:
        names = ", ".join(column_letters(index) for index in columns[:20])
        notes.add(None, _("Columns that are hidden in the sheet were read like the others: %s.") % names)


def note_precisions(notes: Notes, shown_as: dict[tuple[int, str], tuple[int, int]]) -> None:
    """Say in which columns dates were read as months or years, because they are shown so."""
    for (index, kind), (first, count) in sorted(shown_as.items()):
        words = {"count": count, "column": column_letters(index)}
        if kind == AS_MONTH:
            text = _("Column %(column)s: %(count)d dates are shown as months and were read as months.")
        else:
            text = _("Column %(column)s: %(count)d dates are shown as years and were read as years.")
        notes.add(first, text % words)


def error_fault(text: str) -> str:
    """Return the fault of a cell in which a spreadsheet shows an error."""
    return _("The spreadsheet shows the error %s here: put the value in its place.") % text.strip()[:40]


def merged_in_xml(pieces: Iterable[bytes]) -> Iterator[MergedRange]:
    """Yield the ranges in the XML of a sheet, which has them behind its rows: they are looked for before these."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = 0
        if b"mergeCell " in text:
            for match in _merge_cell.finditer(text):
                end = match.end()
                yield MergedRange(int(match[2]), int(match[3]), index_of_column(match[1].decode()))
        rest = text[max(end, len(text) - LONGEST_MERGE_CELL) :]


def index_of_column(letters: str) -> int:
    """Return the index of a column by its letters: 0 of A. Raises ``ValueError``."""
    index = 0
    for letter in letters.upper().replace("$", "")[:8]:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        index = index * 26 + ord(letter) - 64
    return index - 1
