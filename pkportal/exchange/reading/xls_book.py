"""XLS workbooks, as Excel wrote them until 2003, read by xlrd: it knows how a number is shown and what is hidden."""

from collections.abc import Iterator
from typing import IO

import xlrd
from django.utils.translation import gettext as _

from .cell_comments import note_comments
from .merged_cells import MergedCells, MergedRange
from .number_formats import AS_MONTH, AS_PLAIN, AS_YEAR, EPOCH, EPOCH_OF_1904, kind_of_format, number_text
from .tables import NO_FAULTS, Notes, RawRow, UnreadableFile, column_letters
from .xlsx_book import Sheet
from .xlsx_sheet import Ranges, error_fault, note_hidden_columns, note_hidden_rows, note_precisions
from .xml_parts import broken_workbook, locked_workbook

MAX_OLD_WORKBOOK = 30_000_000  # bytes: it is read as a whole, and needs about three times as much memory
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the name of the content of an XLSX file with a password


class XlsBook:
    """An XLS workbook."""

    leaves_out_hidden = False

    def __init__(self, file: IO[bytes]):
        file.seek(0)
        data = file.read(MAX_OLD_WORKBOOK + 1)
        if len(data) > MAX_OLD_WORKBOOK:
            raise UnreadableFile(_("The old workbook is too large to be read here: save it as .xlsx or as CSV."))
        if ENCRYPTED in data[:1_000_000] or ENCRYPTED in data[-1_000_000:]:
            raise locked_workbook()
        try:
            with open("/dev/null", "w") as nowhere:  # xlrd prints what it finds odd
                options = {"formatting_info": True, "ragged_rows": True}  # else each blank row is as wide as the widest
                self.book = xlrd.open_workbook(file_contents=data, logfile=nowhere, **options)
        except Exception as error:  # a damaged file fails in a dozen ways
            raise locked_workbook() if "encrypted" in str(error) else broken_workbook() from error
        self.sheets = [Sheet(it.name, str(number), it.visibility != 0) for number, it in enumerate(self.book.sheets())]
        names = {sheet.name for sheet in self.sheets}
        self.skipped = [name for name in self.book.sheet_names() if name not in names]
        self.epoch = EPOCH_OF_1904 if self.book.datemode else EPOCH

    def rows(self, sheet: Sheet, notes: Notes, merged: MergedCells | None = None) -> Iterator[RawRow]:
        """Yield the rows of a sheet that are not blank; the notes are complete after the last."""
        table = self.book.sheet_by_index(int(sheet.part))
        if merged:
            merged.add(MergedRange(first + 1, last, left) for first, last, left, _right in table.merged_cells)
        hidden, shown_as = Ranges(), dict[tuple[int, str], tuple[int, int]]()
        for place in range(table.nrows):
            if is_hidden := bool(getattr(table.rowinfo_map.get(place), "hidden", 0)):
                hidden.add(place + 1)
            faults: dict[int, str] = {}
            cells = [
                self._text(cell, index, place + 1, faults, shown_as) for index, cell in enumerate(table.row(place))
            ]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield RawRow(place + 1, cells, "", faults or NO_FAULTS, is_hidden)
        columns = [index for index, info in sorted(table.colinfo_map.items()) if info.hidden][:50]
        note_hidden_rows(notes, hidden, is_filtered=False, is_left_out=self.leaves_out_hidden)
        note_hidden_columns(notes, columns)
        note_precisions(notes, shown_as)
        note_comments(notes, [f"{column_letters(column)}{row + 1}" for row, column in sorted(table.cell_note_map)])

    def _text(self, cell, index, number, faults, shown_as):
        """Return the text of a cell, and keep its fault, and whether it is shown less exactly than it is kept."""
        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            kind = self._kind(cell)
            try:
                text = number_text(repr(cell.value), kind, self.epoch)
            except ValueError:
                faults[index] = _("“%s” is not a number or a date of a spreadsheet.") % cell.value
                return str(cell.value)
            if kind in (AS_MONTH, AS_YEAR):
                first, count = shown_as.get((index, kind), (number, 0))
                shown_as[index, kind] = first, count + 1
            return text
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return "yes" if cell.value else "no"
        if cell.ctype == xlrd.XL_CELL_ERROR:
            text = xlrd.error_text_from_code.get(cell.value, "#")
            faults[index] = error_fault(text)
            return text
        return cell.value if isinstance(cell.value, str) else ""

    def _kind(self, cell):
        """Return how the number in a cell is shown."""
        try:
            style = self.book.xf_list[cell.xf_index]
            return kind_of_format(self.book.format_map[style.format_key].format_str)
        except (IndexError, KeyError, TypeError):
            return AS_PLAIN
