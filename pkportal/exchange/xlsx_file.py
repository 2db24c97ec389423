"""Spreadsheets of rows, in and out: the same cells as in CSV, text as text and numbers as numbers."""

import io
import re
import tempfile
import zipfile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from .csv_file import UnreadableFile, cell_text, check_shape, read_csv
from .exporting import CHUNK
from .formulas import escape_formula
from .widgets import NumberWidget

MAX_ROWS = 20_000  # what one request can read; larger files come by the command
MAX_COLUMNS = 200
MAX_UNPACKED_BYTES = 200_000_000  # bytes: a small archive may unpack to any size
MAX_CELL_LENGTH = 32_767  # characters: what a spreadsheet can hold, and beyond which openpyxl cuts without a word

_not_in_xml = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_escaped_character = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # half a character is none


def read_file(data):
    """Read the header and the rows of a file, whichever of the two kinds it is."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            _("This is a workbook of the old kind, or one with a password: save it as .xlsx or as CSV.")
        )
    header, rows = read_xlsx(data) if data.startswith(b"PK\x03\x04") else read_csv(data)
    if len(rows) > MAX_ROWS:
        raise UnreadableFile(
            _("The file has more than %(most)d rows. Take it apart, or have it loaded by the command.")
            % {"most": MAX_ROWS}
        )
    return header, rows


def read_xlsx(data):
    """Read the first sheet of a workbook as texts; blank rows at its end are formatting and no rows."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise UnreadableFile(_("The workbook is larger than it seems: it cannot be unpacked."))
        pairs = zip(_sheet_rows(data, data_only=True), _sheet_rows(data, data_only=False), strict=True)
        lines = [_cell_values(number, values, written) for number, (values, written) in enumerate(pairs, 1)]
    except UnreadableFile:
        raise
    except Exception as error:  # a broken archive fails in a dozen ways
        raise UnreadableFile(_("The file is no workbook that can be read.")) from error
    while lines and not any(lines[-1]):
        lines.pop()
    header, *rows = [_strip_trailing_blanks(line) for line in lines] or [[]]
    rows = [row + [""] * (len(header) - len(row)) for row in rows]
    header = [name.strip() for name in header]
    check_shape(header, rows)
    return header, rows


def _sheet_rows(data, **options):
    sheet = load_workbook(io.BytesIO(data), read_only=True, **options).worksheets[0]
    sheet.reset_dimensions()  # a sheet may lie about its size
    # one row and one column more than can be taken, so that too many are noticed
    return sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)


def _cell_values(number, values, written):
    """Take what a spreadsheet shows in a row; a formula that was never computed shows nothing and is no blank cell."""
    if any(value is None and text is not None for value, text in zip(values, written, strict=True)):
        raise UnreadableFile(
            _("Row %(row)d has a formula without a result: put the value in its place, or save as CSV.")
            % {"row": number}
        )
    return [*map(_decode_cell, values)]


def write_xlsx(rows, records, public):
    """Write records to a workbook in a temporary file; a text that no spreadsheet can hold is refused, not cut."""
    resource = rows()
    columns = resource.columns()
    book = Workbook(write_only=True)
    sheet = book.create_sheet(rows.name)
    sheet.freeze_panes = "A2"
    sheet.append([column.column_name for column in columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        for record in resource.prepared(records, public).iterator(CHUNK):
            sheet.append([_cell_value(column, record) for column in columns])
    except UnreadableFile:
        with file:
            book.save(file)  # openpyxl has files of its own, which it removes when it has saved
        raise
    book.save(file)
    file.seek(0)
    return file


def _cell_value(column, record):
    value = column.get_value(record)
    if isinstance(column.widget, NumberWidget):
        return column.widget.plain(value)
    text = column.widget.render(value)
    text = _not_in_xml.sub(
        lambda found: f"_x{ord(found[0]):04X}_", escape_formula(text) if column.widget.is_text else text
    )
    if len(text) > MAX_CELL_LENGTH:
        raise UnreadableFile(
            _("“%(record)s” has a text in the column %(column)s that is too long for a spreadsheet: take CSV.")
            % {"record": record, "column": column.column_name}
        )
    return text


def _decode_cell(value):
    return (
        _escaped_character.sub(lambda found: chr(int(found[1], 16)), value)
        if isinstance(value, str)
        else cell_text(value)
    )


def _strip_trailing_blanks(line):
    while line and not line[-1]:
        line = line[:-1]
    return line
