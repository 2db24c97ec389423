"""Web pages with tables, as many web sites send them under the name of a workbook: each table is read as a sheet."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _

from .encodings import find_encoding
from .merged_cells import MergedCells, MergedRange
from .tables import INVISIBLE, Notes, RawRow, UnreadableFile, is_blank
from .xlsx_book import Sheet

MOST_PAGE_BYTES = 10_000_000  # it is read as a whole
FROM_ITS_BEGINNING = -1  # a page, and not from one of its tables on
MOST_TABLES, MOST_SPAN, MOST_CELLS_IN_ROW = 60, 500, 16_384
_charset = re.compile(rb"""charset=["']?\s*([a-zA-Z0-9_-]+)""")
_passed_over = re.compile(r"<!--|<(script|style|title)\b", re.IGNORECASE)
_tag = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_span = re.compile(r"""\b(colspan|rowspan)\s*=\s*["']?\s*([0-9]{1,5})""", re.IGNORECASE)
_hidden = re.compile(r"\bdisplay\s*:\s*none|\bhidden\b", re.IGNORECASE)
_blanks = re.compile(r"[ \t\r\n]+")
BREAKS = {"br", "p", "div", "li"}


@dataclass
class HtmlTable:
    """One table while it is read: the row and the cell that are open, and cells over several rows."""

    start: int  # in the text of the page
    caption: str = ""
    has_rows: bool = False
    merged: list[MergedRange] = field(default_factory=list)
    number: int = 0  # of its latest row
    is_hidden: bool = False  # that row
    cells: list[str] | None = None
    texts: list[str] | None = None  # of the open cell or caption
    columns: int = 1  # of the open cell
    lines: int = 1
    taken: dict[int, int] = field(default_factory=dict)  # columns into which a cell above reaches, with its last row

    def begin_row(self, is_hidden: bool) -> None:
        """Begin a row."""
        self.number += 1
        self.cells, self.is_hidden = [], is_hidden

    def begin_cell(self, spans: dict[str, int]) -> None:
        """Begin a cell; one that is open ends there."""
        if self.cells is None:
            self.begin_row(False)
        self.end_cell()
        self.texts = []
        self.columns, self.lines = spans.get("colspan", 1), spans.get("rowspan", 1)

    def end_cell(self) -> None:
        """Put the text of the open cell into its row, after those into which cells above it reach."""
        if self.texts is None or self.cells is None:
            return
        while self.taken.get(len(self.cells), 0) >= self.number:
            self.cells.append("")
        if len(self.cells) < MOST_CELLS_IN_ROW:
            place, last = len(self.cells), self.number + self.lines - 1
            if self.lines > 1:
                self.merged.append(MergedRange(self.number, last, place))
                self.taken |= dict.fromkeys(range(place, place + self.columns), last)
            self.cells += [words(self.texts), *[""] * (self.columns - 1)]
        self.texts = None

    def end_row(self) -> Iterator[RawRow]:
        """Yield the open row if it is not blank."""
        self.end_cell()
        if self.cells is not None and not is_blank(self.cells):
            self.has_rows = True
            yield RawRow(self.number, self.cells, is_hidden=self.is_hidden)
        self.cells = None


class HtmlBook:
    """The tables of a web page."""

    leaves_out_hidden = False

    def __init__(self, file: IO[bytes], encoding: str):
        self.page = without_scripts(page_text(file, encoding))
        tables = {table.start: table for table, _row in rows_from(self.page, FROM_ITS_BEGINNING)}
        if not tables:
            raise UnreadableFile(_("It is a web page without a table: save the table as .xlsx or CSV."))
        self.sheets = [
            Sheet(f"{number}: {table.caption}" if table.caption else _("table %d") % number, str(start), False)
            for number, (start, table) in enumerate(sorted(tables.items()), 1)
        ]
        self.skipped: list[str] = []

    def rows(self, sheet: Sheet, notes: Notes, merged: MergedCells | None = None) -> Iterator[RawRow]:
        """Yield the rows of a table that are not blank."""
        for table, row in rows_from(self.page, int(sheet.part)):
            if table.start == int(sheet.part):
                if merged:
                    merged.add(table.merged)
                    table.merged.clear()
                yield row


def page_text(file: IO[bytes], answer: str) -> str:
    """Return the text of a page, in the encoding that it names itself, or else as any text."""
    file.seek(0)
    data = file.read(MOST_PAGE_BYTES + 1)
    if len(data) > MOST_PAGE_BYTES:
        raise UnreadableFile(_("The web page is too large to be read here: save its table as .xlsx or as CSV."))
    named = _charset.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass
    encoding = find_encoding(file, answer)
    return data[encoding.start :].decode(encoding.codec, errors="replace")


def rows_from(page: str, start: int) -> Iterator[tuple[HtmlTable, RawRow]]:
    """Yield the rows of all tables of a page from a place on, or if a table begins there, until it ends.

    A table inside a cell of another is a table of its own.
    """
    opened: list[HtmlTable] = []
    place, count = max(start, 0), 0
    for match in _tag.finditer(page, place):
        is_end, name, attributes = match[1], match[2].lower(), match[3]
        if opened and opened[-1].texts is not None and place < match.start():
            opened[-1].texts.append(_blanks.sub(" ", page[place : match.start()]))
        place = match.end()
        if name == "table" and not is_end:
            count += 1
            if count > MOST_TABLES:
                raise UnreadableFile(_("The web page has more than %d tables.") % MOST_TABLES)
            opened.append(HtmlTable(match.start()))
        elif opened and name == "table":
            table = opened.pop()
            yield from ((table, row) for row in table.end_row())
            if table.start == start:
                return
        elif opened:
            table = opened[-1]
            if name == "tr":
                yield from ((table, row) for row in table.end_row())
            take_tag(table, name, bool(is_end), attributes)
    for table in opened:
        yield from ((table, row) for row in table.end_row())


def take_tag(table: HtmlTable, name: str, is_end: bool, attributes: str) -> None:
    """Take a tag inside of a table."""
    if name in ("td", "th"):
        if is_end:
            table.end_cell()
        else:
            spans = {key.lower(): min(int(number), MOST_SPAN) or 1 for key, number in _span.findall(attributes)}
            table.begin_cell(spans)
    elif name == "tr" and not is_end:
        table.begin_row(_hidden.search(attributes) is not None)
    elif name == "caption":
        if is_end:
            table.caption = words(table.texts or [])
        table.texts = None if is_end else []
    elif name in BREAKS and table.texts is not None:
        table.texts.append("\n")


def without_scripts(page: str) -> str:
    """Return a page without comments, scripts and what else has no text of its own."""
    kept, place, lowered = [], 0, page.lower()
    while match := _passed_over.search(page, place):
        kept.append(page[place : match.start()])
        ending = f"</{match[1].lower()}" if match[1] else "-->"
        end = lowered.find(ending, match.end())
        place = len(page) if end < 0 else end + len(ending)
    return "".join([*kept, page[place:]])


def words(texts: list[str]) -> str:
    """Return the text of a cell; each break begins a line."""
    lines = [re.sub(" +", " ", line).strip(INVISIBLE) for line in html.unescape("".join(texts)).split("\n")]
    return "\n".join(filter(None, lines))
