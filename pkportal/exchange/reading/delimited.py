"""Rows of a delimited text. A row whose quotes are wrong is a fault of its own, and the rows after it are read on."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from .headers import KnownNames, find_header
from .line_source import LINE_BLANKS, MAX_CELL, LineSource
from .mended_text import mend, seems_twice
from .tables import NO_FAULTS, Notes, RawRow, UnreadableFile, is_blank

DELIMITERS = ",;\t|#"
SAMPLE = 60  # rows by which the delimiter is found
MOST_CELLS = 16_384  # of a row, as in spreadsheets
TOO_MANY_CELLS = "too many cells"
MAX_READ_AGAIN = 20_000_000  # characters after quotes that were never closed
_separator_line = re.compile(r'\ufeff*"?sep=([^"\r\n])"?[\r\n]*', re.IGNORECASE)
_blank_lines_between = re.compile(r"(?:\r\n|\n|\r){3,}+")
_escaped = re.compile(r'\\(["\\])')
_bad_character = re.compile("[\ud800-\udfff\0]")
csv.field_size_limit(MAX_CELL)


class Dialect(NamedTuple):
    """How the cells of a row are told apart, and how many there are in the header."""

    delimiter: str
    has_backslashes: bool
    width: int  # of the header
    skips_blanks: bool = False  # before cells: they stand between a delimiter and a quote

    @property
    def parameters(self) -> dict[str, Any]:
        """Return the parameters of a reader of rows."""
        return {"delimiter": self.delimiter, "skipinitialspace": self.skips_blanks, "strict": True}


class DelimitedRows:
    """The rows of a text, one after the other."""

    def __init__(self, lines: LineSource, dialect: Dialect, is_twice: bool, notes: Notes):
        self.lines, self.dialect, self.is_twice, self.notes = lines, dialect, is_twice, notes
        self.taken: list[str] = []  # the lines of the row that is being read
        self.read_again = 0
        self.strange = ""  # what is to be said of the letters in the row that is being read
        self.looked_at = ""  # the block of text whose lines were looked at together
        self.reader = self._new_reader()

    def __iter__(self) -> Iterator[RawRow]:
        """Yield every row that is not blank."""
        number, lines, taken, notes, width = 0, self.lines, self.taken, self.notes, self.dialect.width
        while True:
            for cells in self._plain_rows():
                number += 1
                yield RawRow(number, cells)
            number += lines.pass_blank() + 1
            taken.clear()
            try:
                cells = next(self.reader)
                if self.strange:
                    notes.add(number, self.strange)
                    self.strange = ""
            except StopIteration:
                return
            except csv.Error as error:
                yield self._recover(number, error)
                continue
            if len(taken) > 1 and len(cells) != width:
                yield self._recover(number, None)
            elif lines.has_bad_characters:
                yield name_bad_characters(RawRow(number, cells))
            else:
                yield RawRow(number, cells)

    def _plain_rows(self):
        """Return the rows of all lines that are decoded, if each line is a row and nothing about it must be said."""
        lines = self.lines
        if lines.text is self.looked_at:
            return []
        self.looked_at, block = lines.text, lines.whole_lines()
        if self.is_twice or self.dialect.has_backslashes or lines.has_bad_characters:
            return []
        has_other_ends = block.count("\r") != block.count("\r\n")
        if has_other_ends or (not block.isascii() and ("\ufffd" in block or seems_twice(block))):
            return []
        texts = block.split("\n")[:-1]
        if not all(text.strip(LINE_BLANKS) for text in texts):
            return []
        try:
            rows = [*csv.reader(texts, **self.dialect.parameters)]
        except csv.Error:
            return []
        if len(rows) != len(texts) or max(map(len, rows), default=0) > MOST_CELLS:
            return []
        lines.position += len(block)
        return rows

    def _new_reader(self):
        return csv.reader(self._take(), **self.dialect.parameters)

    def _take(self):
        for line in self.lines:
            if not line.isascii():
                line = self._take_letters(line)
            if self.dialect.has_backslashes and "\\" in line:
                line = unescape_backslashes(line)
            self.taken.append(line)
            if len(line) > MOST_CELLS < line.count(self.dialect.delimiter) and '"' not in line:
                raise csv.Error(TOO_MANY_CELLS)
            yield line

    def _take_letters(self, line):
        """Mend a line that was encoded twice if that is wanted, and keep what is strange about its letters."""
        if self.is_twice:
            line = mend(line)
        elif seems_twice(line):
            self.strange = _("Some letters seem to have been encoded twice; they were read as they are.")
        if "\ufffd" in line:
            self.strange = _("It has the mark � where a letter was lost before the file was made.")
        return line

    def _recover(self, number, error):
        """Return a row with its fault, and let the reader go on in the line after the row's first."""
        first, *others = self.taken
        if error is not None and '\\"' in first and not others:
            cells = split_line(unescape_backslashes(first), self.dialect.delimiter)
            if cells is not None and len(cells) == self.dialect.width:
                self.notes.add(number, _("A backslash before a quote was read as part of the quote."))
                self.reader = self._new_reader()
                return RawRow(number, cells)
        self.read_again += sum(map(len, others))
        if self.read_again > MAX_READ_AGAIN:
            raise UnreadableFile(_("Row %d and many before it have a quote that is never closed.") % number)
        self.lines.put_back(others)
        self.reader = self._new_reader()
        return RawRow(number, [], self._quote_fault(first, others, error))

    def _quote_fault(self, first, others, error):
        if error is not None and str(error) == TOO_MANY_CELLS:
            return _("It has more than %d cells, as no row of a spreadsheet has.") % MOST_CELLS
        if error is not None and "field limit" in str(error) and not others:
            return _("It has a cell of more than %d characters.") % MAX_CELL
        opened = re.search(f'(?:^|{re.escape(self.dialect.delimiter)})("(?:[^"]|"")*)$', first.rstrip("\r\n"))
        if others or (error is not None and "unexpected end" in str(error)):
            words = (opened[1] if opened else first).strip()[:40]
            return _("A quote is opened here and is not closed: %s") % words
        return _("A quote ends in the middle of a cell. Write a quote inside a quoted cell twice.")


def find_dialect(sample: str, known: KnownNames) -> Dialect:
    """Try each delimiter, and take the one whose header has the most known names, else the most names."""
    separator = _separator_line.match(sample)
    sample = _blank_lines_between.sub("\n\n", sample[separator.end() :] if separator else sample)
    best = None
    for delimiter in separator[1] if separator else DELIMITERS:
        has_backslashes = uses_backslashes(sample, delimiter)
        text = unescape_backslashes(sample) if has_backslashes else sample
        skips_blanks = (
            re.search(f'{re.escape(delimiter)} +"[^"]*" *(?:{re.escape(delimiter)}|$)', text, re.M) is not None
        )
        rows = [RawRow(number, cells) for number, cells in _sample_rows(text, delimiter, skips_blanks)]
        header = find_header(rows, known)
        merit = (header.known, sum(map(bool, header.names)))
        if best is None or merit > best[0]:
            best = merit, Dialect(delimiter, has_backslashes, len(rows[header.last].cells), skips_blanks)
    assert best  # noqa: S101 - there is always a delimiter to try
    return best[1]


def has_separator_line(sample: str) -> bool:
    """True if the first line says with ``sep=;`` what the delimiter is: a spreadsheet does not show it."""
    return _separator_line.match(sample) is not None


def _sample_rows(text, delimiter, skips_blanks):
    """Yield the first rows of a text that are not blank, with their numbers."""
    count = 0
    lines = io.StringIO(text, newline="")
    for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, skipinitialspace=skips_blanks), 1):
        if not is_blank(cells):
            yield number, cells
            count += 1
        if count >= SAMPLE:
            return


def uses_backslashes(sample: str, delimiter: str) -> bool:
    r"""True if quotes in a text are written ``\"``: it has them, and its rows can only be read that way."""
    if '\\"' not in sample:
        return False
    lines = [line for line in sample.splitlines() if '\\"' in line][:SAMPLE]
    as_usual = sum(split_line(line, delimiter) is None for line in lines)
    with_backslashes = sum(split_line(unescape_backslashes(line), delimiter) is None for line in lines)
    return with_backslashes < as_usual


def split_line(line: str, delimiter: str) -> list[str] | None:
    """Return the cells of one line, or None if its quotes are wrong."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def unescape_backslashes(text: str) -> str:
    r"""Return a text with ``\"`` as a doubled quote and ``\\`` as one backslash."""
    return _escaped.sub(lambda match: '""' if match[1] == '"' else "\\", text)


def name_bad_characters(row: RawRow) -> RawRow:
    """Add a fault to each cell with a byte that is no character, or with NUL."""
    faults = {place: fault for place, cell in enumerate(row.cells) if (fault := bad_character_fault(cell))}
    if not faults:
        return row
    cells = [without_bad_characters(cell) for cell in row.cells]
    return row._replace(cells=cells, cell_faults={**row.cell_faults, **faults} if faults else NO_FAULTS)


def without_bad_characters(text: str) -> str:
    """Return a text with a mark in place of each byte that is no character."""
    return _bad_character.sub("\ufffd", text)


def bad_character_fault(cell: str) -> str:
    """Return what is wrong with the characters of a cell, if anything is."""
    found = _bad_character.search(cell)
    if not found:
        return ""
    if found[0] == "\0":
        return _("It contains the character NUL, which is not text.")
    code = ord(found[0])
    around = without_bad_characters(cell[max(0, found.start() - 20) : found.end() + 20])
    if not 0xDC00 <= code <= 0xDCFF:
        return _("It contains half a character: “%s”.") % around
    return _("The byte %(byte)02X is not a character in the encoding of the file: “%(text)s”.") % {
        "byte": code - 0xDC00,
        "text": around,
    }


def sample_of(lines: LineSource, size: int) -> str:
    """Return the first lines of a source, and put them back."""
    first: list[str] = []
    total = 0
    for line in lines:
        first.append(line)
        total += len(line)
        if total >= size:
            break
    lines.put_back(first)
    return "".join(first)
