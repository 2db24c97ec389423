"""Files of rows on the way out, written while they are sent: memory holds five hundred rows and never the set."""

import json

from django.db import DatabaseError
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from .csv_file import write_line
from .formulas import escape_formula

CHUNK = 500
FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def csv_lines(rows, records, public):
    """Yield the lines of a CSV file: a header, then a record a line, safe to open in a spreadsheet."""
    resource = rows()
    columns = resource.columns()
    yield write_line([column.column_name for column in columns])
    for record in resource.prepared(records, public).iterator(CHUNK):
        cells = resource.cells(record)
        yield write_line(
            [
                escape_formula(cell) if column.widget.is_text else cell
                for column, cell in zip(columns, cells, strict=True)
            ]
        )


def json_lines(rows, records, public):
    """Yield the lines of a JSON array: an object a record, with numbers, yes and no, and lists as such."""
    resource = rows()
    columns = resource.columns()
    yield "["
    between = "\n"
    for record in resource.prepared(records, public).iterator(CHUNK):
        values = {column.column_name: column.widget.plain(column.get_value(record)) for column in columns}
        yield between + json.dumps(values, ensure_ascii=False)
        between = ",\n"
    yield "\n]\n"


def export_response(rows, records, format, name):
    """Answer with the public's file of these records, in their order; CSV with the mark that Excel needs for UTF-8."""
    records.exists()  # without a database there is an error here, and not a short file that is called a success
    lines = {"csv": csv_lines, "json": json_lines}[format](rows, records, public=True)
    return download_response(_with_bom(lines) if format == "csv" else lines, format, name)


def download_response(lines, format, name):
    """Answer with a file to keep, sent line by line."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format}"'}
    return StreamingHttpResponse(_report_failure(lines), content_type=FORMATS[format], headers=headers)


def _with_bom(lines):
    yield "\ufeff"
    yield from lines


def _report_failure(lines):
    """End a file that breaks off with a line that is no row: else a part would pass for the whole."""
    try:
        yield from lines
    except DatabaseError:
        yield "\n" + _("The file breaks off here, because the database failed. Ask for it again.") + "\n"
        raise
