"""ODS workbooks: every cell says how it is shown by its style, which is read from the same part."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .cell_comments import MOST_COMMENTS, note_comments
from .merged_cells import MergedCells, MergedRange
from .number_formats import (
    AS_DAY,
    AS_MOMENT,
    AS_MONTH,
    AS_PERCENT,
    AS_PLAIN,
    AS_TIME,
    AS_YEAR,
    date_text,
    number_text,
    plain_number,
)
from .tables import NO_FAULTS, Notes, RawRow, column_letters
from .xlsx_book import Sheet
from .xlsx_sheet import (
    MAX_CELLS_IN_A_ROW,
    MAX_SHEET_ROWS,
    Ranges,
    error_fault,
    note_hidden_columns,
    note_hidden_rows,
    note_precisions,
)
from .xml_parts import Parts, XmlReader, local, locked_workbook

CONTENT_PART, STYLES_PART, MANIFEST_PART = "content.xml", "styles.xml", "META-INF/manifest.xml"
DATE_PARTS = {"year", "month", "day", "hours", "minutes", "seconds", "quarter", "week-of-year"}


class OdsBook:
    """An ODS workbook; its sheets are one after the other in one part."""

    skipped: list[str] = []  # charts are no sheets here
    leaves_out_hidden = False

    def __init__(self, parts: Parts):
        if MANIFEST_PART in parts and any(ManifestReader().read(parts.pieces(MANIFEST_PART))):
            raise locked_workbook()
        self.parts = parts
        self.kinds: dict[str, str] = {}
        if STYLES_PART in parts:
            self.kinds |= StyleKinds().read_all(parts, STYLES_PART)
        found = SheetNames()
        self.sheets = [
            Sheet(name, str(number), is_hidden)
            for number, (name, is_hidden) in enumerate(found.read(parts.pieces(CONTENT_PART)))
        ]

    def rows(self, sheet: Sheet, notes: Notes, merged: MergedCells | None = None) -> Iterator[RawRow]:
        """Yield the rows of a sheet that are not blank; the notes are complete after the last."""
        reader = OdsSheetReader(int(sheet.part), self.kinds, merged or MergedCells())
        for row, count in reader.read(self.parts.pieces(CONTENT_PART)):
            for number in range(row.number, row.number + count):
                yield row._replace(number=number, cells=[*row.cells])
        note_hidden_rows(notes, reader.hidden_rows, reader.is_filtered, self.leaves_out_hidden)
        note_hidden_columns(notes, reader.hidden_columns)
        note_precisions(notes, reader.shown_as)
        note_comments(notes, reader.commented)


class ManifestReader(XmlReader):
    """Finds out whether any part is encrypted."""

    def start(self, name, attributes):
        """Keep that there is an encrypted part."""
        if name == "encryption-data":
            self.found.append(name)


class SheetNames(XmlReader):
    """Reads the names of the sheets, and which of them are hidden by their style."""

    def __init__(self):
        super().__init__()
        self.style, self.hidden = "", set[str]()

    def start(self, name, attributes):
        """Keep one name."""
        if name == "style":
            self.style = local(attributes, "name")
        elif name == "table-properties" and local(attributes, "display") == "false":
            self.hidden.add(self.style)
        elif name == "table" and local(attributes, "name"):
            self.found.append((local(attributes, "name"), local(attributes, "style-name") in self.hidden))


class StyleKinds(XmlReader):
    """Reads how the cells of each style are shown: as a date, and how exactly."""

    def __init__(self):
        super().__init__()
        self.formats: dict[str, str] = {}
        self.styles: dict[str, str] = {}  # name of a cell's style: name of its format
        self.format = ""
        self.parts: set[str] = set()

    def read_all(self, parts: Parts, part: str) -> dict[str, str]:
        """Return how the cells of each style are shown."""
        [*self.read(parts.pieces(part))]
        return self.kinds()

    def kinds(self):
        """Return how the cells of each style are shown, of those that are read so far."""
        return {style: self.formats.get(name, AS_PLAIN) for style, name in self.styles.items()}

    def start(self, name, attributes):
        """Take a style or a part of a format."""
        if name in ("date-style", "time-style"):
            self.format, self.parts = local(attributes, "name"), set()
        elif name in DATE_PARTS:
            self.parts.add(name)
        elif name == "style" and local(attributes, "data-style-name"):
            self.styles[local(attributes, "name")] = local(attributes, "data-style-name")

    def end(self, name):
        """Keep a format that is complete."""
        if name in ("date-style", "time-style"):
            self.formats[self.format] = kind_of_parts(self.parts)


class OdsSheetReader(StyleKinds):
    """Reads the rows of one sheet."""

    def __init__(self, number: int, kinds: dict[str, str], merged: MergedCells):
        super().__init__()
        self.wanted, self.sheet, self.common = number, -1, kinds
        self.known: dict[str, str] = kinds
        self.number = 0
        self.cells: list[str] = []
        self.faults: dict[int, str] = {}
        self.cell: dict[str, str] = {}
        self.depth_of_note = 0
        self.is_in_cell = False
        self.repeated_rows, self.visibility = 1, "visible"
        self.column_styles: list[str] = []
        self.hidden_rows = Ranges()
        self.hidden_columns: list[int] = []
        self.merged = merged
        self.shown_as: dict[tuple[int, str], tuple[int, int]] = {}
        self.is_filtered = False
        self.commented: list[str] = []

    @property
    def is_here(self):
        """True inside the sheet that is read."""
        return self.sheet == self.wanted

    def start(self, name, attributes):
        """Take the beginning of an element."""
        if name == "table":
            self.sheet += 1
            self.known = {**self.common, **self.kinds()}
            self.column_styles = []
        elif not self.is_here:
            super().start(name, attributes)
        elif name == "table-column":
            count = min(repeated(attributes, "number-columns-repeated"), MAX_CELLS_IN_A_ROW - len(self.column_styles))
            if local(attributes, "visibility", "visible") != "visible":
                first = len(self.column_styles)
                self.hidden_columns += range(first, first + count)[:50]
            self.column_styles += [local(attributes, "default-cell-style-name")] * count
        elif name == "table-row":
            self.start_row(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.is_in_cell = attributes, True
            self.texts.clear()
        elif name == "annotation":
            self.depth_of_note += 1
            if len(self.commented) <= MOST_COMMENTS:
                self.commented.append(f"{column_letters(len(self.cells))}{self.number + 1}")
        elif self.is_in_cell and not self.depth_of_note:
            self.start_text(name, attributes)

    def start_row(self, attributes):
        """Start a row, or as many as it stands for."""
        self.cells, self.faults = [], {}
        self.repeated_rows = repeated(attributes, "number-rows-repeated")
        self.visibility = local(attributes, "visibility", "visible")

    def start_text(self, name, attributes):
        """Take the beginning of text in a cell."""
        if name == "p":
            if self.texts:
                self.texts.append("\n")
            self.collect(True)
        elif name == "s":
            self.texts.append(" " * min(repeated(attributes, "c"), 1000))
        elif name in ("tab", "line-break"):
            self.texts.append("\t" if name == "tab" else "\n")

    def end(self, name):
        """Take the end of an element."""
        if not self.is_here:
            super().end(name)
        elif name == "p":
            self.collect(False)
        elif name == "annotation":
            self.depth_of_note -= 1
        elif name in ("table-cell", "covered-table-cell"):
            self.end_cell()
        elif name == "table-row":
            self.end_row()

    def end_cell(self):
        """Keep the text of a cell, as often as it is repeated."""
        self.is_in_cell = False
        index = len(self.cells)
        count = min(repeated(self.cell, "number-columns-repeated"), MAX_CELLS_IN_A_ROW - index)
        text = self.cell_value(index)
        rows = repeated(self.cell, "number-rows-spanned")
        if rows > 1:
            self.merged.add([MergedRange(self.number + 1, self.number + rows, index)])
        self.cells += [text] * count

    def cell_value(self, index):
        """Return the text of a cell: its value, as exactly as it is shown."""
        attributes, shown = self.cell, "".join(self.texts)
        kind = local(attributes, "value-type")
        is_error = shown.startswith(("#", "Err:")) and (local(attributes, "formula") or kind == "error")
        if is_error or "error" in [value for key, value in attributes.items() if key.endswith("value-type")]:
            self.faults[index] = error_fault(shown)
            return shown
        if kind in ("float", "currency"):
            return plain_number(float(local(attributes, "value")))
        if kind == "percentage":
            return number_text(local(attributes, "value"), AS_PERCENT)
        if kind == "boolean":
            return "yes" if local(attributes, "boolean-value") == "true" else "no"
        if kind == "date":
            return self.date_of(index, local(attributes, "date-value"))
        if not kind and local(attributes, "formula"):
            self.faults[index] = _("It is a formula without a result: put the value in its place, or save as CSV.")
        return shown if self.texts else local(attributes, "string-value")

    def date_of(self, index, value):
        """Return a date as exactly as its style shows it."""
        moment = datetime.datetime.fromisoformat(value.strip().removesuffix("Z")[:26])
        default = self.column_styles[index] if index < len(self.column_styles) else ""
        kind = self.known.get(local(self.cell, "style-name") or default, AS_PLAIN)
        if kind in (AS_MONTH, AS_YEAR):
            first, count = self.shown_as.get((index, kind), (self.number + 1, 0))
            self.shown_as[index, kind] = first, count + 1
        return date_text(moment, kind)

    def end_row(self):
        """Keep a row that is not blank, and how often it is repeated."""
        cells = self.cells
        while cells and not cells[-1] and len(cells) - 1 not in self.faults:
            cells.pop()
        if cells:
            if self.number + self.repeated_rows > MAX_SHEET_ROWS:
                raise ValueError(self.number)
            row = RawRow(self.number + 1, cells, "", self.faults or NO_FAULTS, self.visibility != "visible")
            self.found.append((row, self.repeated_rows))
            if self.visibility != "visible":
                self.hidden_rows.add(row.number, self.repeated_rows)
                self.is_filtered = self.is_filtered or self.visibility == "filter"
        self.number += self.repeated_rows


def kind_of_parts(parts: set[str]) -> str:
    """Return how exactly a date is shown of which these parts are shown."""
    has_time = bool(parts & {"hours", "minutes", "seconds"})
    if "day" in parts or ("week-of-year" in parts and not has_time):
        return AS_MOMENT if has_time else AS_DAY
    if has_time:
        return AS_MOMENT if parts & {"year", "month"} else AS_TIME
    return AS_MONTH if "month" in parts else AS_YEAR if "year" in parts else AS_PLAIN


def repeated(attributes: dict[str, str], name: str) -> int:
    """Return how often something is repeated. Raises ``ValueError``."""
    return max(1, int(local(attributes, name, "1")))
