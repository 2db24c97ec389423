"""XLSX workbooks that come in: the cells of their first sheet as texts."""

import io
import re
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .csv_file import FileRows, UnreadableFile, cell_text, check_shape

_MOST_COLUMNS = 200
MAX_UNPACKED_BYTES = 200_000_000  # a small archive may unpack to any size

_escaped = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # a lone surrogate is not a character


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
