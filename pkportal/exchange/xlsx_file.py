"""XLSX workbooks: the same cells as in CSV, text as text and numbers as numbers."""

import io
import re
import tempfile
import zipfile
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from .columns import ExportResource
from .csv_file import FileRows, UnreadableFile, cell_text, check_shape, escape_formula
from .widgets import NumberWidget

CHUNK = 500  # records that are read together
_MOST_COLUMNS = 200
MAX_UNPACKED_BYTES = 200_000_000  # a small archive may unpack to any size
MAX_CELL_LENGTH = 32_767  # characters that a spreadsheet can hold; openpyxl cuts the rest without a warning

_not_in_xml = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_escaped = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # a lone surrogate is not a character


class TextTooLong(Exception):
    """A text does not fit into a cell; the message names the record and the column."""


def read_xlsx(data: bytes, max_rows: int) -> FileRows:
    """Read the first sheet of a workbook as texts, at most one row more than ``max_rows``.

    Blank rows at the end are formatting and not rows. Raises ``UnreadableFile``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise UnreadableFile(_("The workbook is larger than it seems: it cannot be unpacked."))
        results, formulas = (_sheet_rows(data, max_rows, data_only) for data_only in (True, False))
        lines = [_row_texts(number, *cells) for number, cells in enumerate(zip(results, formulas, strict=True), 1)]
    except UnreadableFile:
        raise
    except Exception as error:  # a broken archive fails in a dozen ways
        raise UnreadableFile(_("The file is not a workbook that can be read.")) from error
    while lines and not any(lines[-1]):
        lines.pop()
    header, *rows = [_strip_trailing_blanks(line) for line in lines] or [[]]
    rows = [row + [""] * (len(header) - len(row)) for row in rows]
    header = [name.strip() for name in header]
    check_shape(header, rows)
    return FileRows(header, rows)


def write_xlsx(resource_class: type[ExportResource], records: QuerySet, public: bool) -> IO[bytes]:
    """Write records to a workbook in a temporary file.

    Raises ``TextTooLong`` for a text that is too long for a spreadsheet.
    """
    resource = resource_class()
    columns = resource.columns()
    book = Workbook(write_only=True)
    sheet = book.create_sheet(resource_class.name)
    sheet.freeze_panes = "A2"
    sheet.append([column.column_name for column in columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        for record in resource.select_columns(records, public).iterator(CHUNK):
            sheet.append([_cell_value(column, record) for column in columns])
    except TextTooLong:
        with file:
            book.save(file)  # openpyxl has temporary files of its own, which it removes when it has saved
        raise
    book.save(file)
    file.seek(0)
    return file


def _sheet_rows(data: bytes, max_rows: int, data_only: bool):
    sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=data_only).worksheets[0]
    sheet.reset_dimensions()  # a sheet may lie about its size
    # the header, and one row and one column more than allowed, so that too many are noticed
    return sheet.iter_rows(max_row=max_rows + 2, max_col=_MOST_COLUMNS + 1, values_only=True)


def _row_texts(number: int, results: tuple, formulas: tuple) -> list[str]:
    """Return the results in a row; a formula that was never computed has none, and is not a blank cell."""
    if any(result is None and formula is not None for result, formula in zip(results, formulas, strict=True)):
        raise UnreadableFile(
            _("Row %(row)d has a formula without a result: put the value in its place, or save as CSV.")
            % {"row": number}
        )
    return [_decode_cell(result) for result in results]


def _decode_cell(value: Any) -> str:
    if not isinstance(value, str):
        return cell_text(value)
    return _escaped.sub(lambda match: chr(int(match[1], 16)), value)


def _strip_trailing_blanks(line: list[str]) -> list[str]:
    while line and not line[-1]:
        line = line[:-1]
    return line


def _cell_value(column, record):
    value = column.get_value(record)
    if isinstance(column.widget, NumberWidget):
        return column.widget.to_json(value)
    text = column.widget.render(value)
    text = escape_formula(text) if column.widget.is_text else text
    text = _not_in_xml.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    if len(text) > MAX_CELL_LENGTH:
        raise TextTooLong(
            _("“%(record)s” has a text in the column %(column)s that is too long for a spreadsheet: take CSV.")
            % {"record": record, "column": column.column_name}
        )
    return text
