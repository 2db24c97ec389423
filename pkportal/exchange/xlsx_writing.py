"""XLSX workbooks that are sent while the database makes their rows: the cells of CSV, numbers as numbers."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from .columns import ComputedColumn, FileColumn, LinkedColumn
from .copy_out import csv_cell_sql, select_sql, xlsx_blocks
from .reading.xlsx_sheet import MAX_SHEET_ROWS
from .zip_stream import ZipPart, zipped

MAX_CELL_LENGTH = 32_767  # characters that a cell can hold; one beyond the first 65,536 of Unicode counts twice

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPES_PART = (
    f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{CONTENT}.worksheet+xml"/></Types>'
)
LINK = (
    f'{DECLARATION}<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="rId1" Type="{DOCUMENT}/%s" Target="%s"/></Relationships>'
)
WORKBOOK = (
    f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
    '<sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET_START = (
    f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>\n'
)
SHEET_END = "</sheetData></worksheet>\n"


class TooLargeForWorkbook(Exception):
    """A text does not fit into a cell, or the rows do not fit into a sheet; the message says which."""


def xlsx_file(name: str, columns: list[FileColumn], records: QuerySet, public: bool) -> Iterator[bytes]:
    """Yield a workbook with one sheet; whether the records fit into one is asked before (``check_fits``)."""
    parts = {
        "[Content_Types].xml": [CONTENT_TYPES_PART],
        "_rels/.rels": [LINK % ("officeDocument", "xl/workbook.xml")],
        "xl/workbook.xml": [WORKBOOK % name[:31]],
        "xl/_rels/workbook.xml.rels": [LINK % ("worksheet", "worksheets/sheet1.xml")],
        "xl/worksheets/sheet1.xml": sheet(columns, records, public),
    }
    yield from zipped(ZipPart(*part) for part in parts.items())


def sheet(columns: list[FileColumn], records: QuerySet, public: bool) -> Iterable[str]:
    """Yield the XML of a sheet: a header that stays in sight, then one record a row."""
    names = "".join(f'<c t="inlineStr"><is><t>{escape(column.column_name)}</t></is></c>' for column in columns)
    yield f"{SHEET_START}<row>{names}</row>\n"
    yield from xlsx_blocks(columns, records, public)
    yield SHEET_END


def check_fits(columns: list[FileColumn], records: QuerySet, public: bool) -> None:
    """Ask in one query whether records fit into a workbook. Raises ``TooLargeForWorkbook``."""
    texts = {
        column.column_name: f"coalesce({is_too_long_sql(csv_cell_sql(column.widget, f'cell_{number}'))}, false)"
        for number, column in enumerate(columns)
        if may_be_long(records.model, column)
    }
    too_long = ", ".join(f"bool_or({is_too_long})" for is_too_long in texts.values())
    results = ", ".join(filter(None, ["count(*)", too_long]))
    with connection.cursor() as cursor:
        cursor.execute(select_sql(columns, records.order_by(), public, results))
        number, *found = cursor.fetchone()
    if number >= MAX_SHEET_ROWS:
        raise TooLargeForWorkbook(_("A spreadsheet takes 1,048,575 rows, and these are more: take CSV."))
    for (name, is_too_long), is_found in zip(texts.items(), found, strict=True):
        if is_found:
            refuse_text(name, is_too_long, columns, records, public)


def refuse_text(name: str, is_too_long: str, columns: list[FileColumn], records: QuerySet, public: bool) -> None:
    """Name the first record that has too long a text in a column. Raises ``TooLargeForWorkbook``."""
    values = select_sql([*columns, FileColumn("pk", "pk")], records, public, "*")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cell_{len(columns)} FROM ({values}) AS it WHERE {is_too_long} LIMIT 1")  # noqa: S608
        (pk,) = cursor.fetchone()
    words = {"record": records.model._base_manager.get(pk=pk), "column": name}
    raise TooLargeForWorkbook(
        _("“%(record)s” has a text in the column %(column)s that is too long for a spreadsheet: take CSV.") % words
    )


def may_be_long(model: type[Model], column: FileColumn) -> bool:
    """True if no rule bounds the length of a cell: a long text, or several records."""
    if isinstance(column, LinkedColumn):
        return column.link.is_many_to_many
    if isinstance(column, ComputedColumn) or column.is_foreign_key:
        return False
    is_text = column.widget.is_text and model._meta.get_field(column.attribute).max_length is None
    return is_text or column.is_many_to_many


def is_too_long_sql(text: str) -> str:
    """Return the SQL condition that a text is longer than a cell; to count its bytes takes least."""
    units = f"length({text}) + regexp_count({text}, '[\\U00010000-\\U0010FFFF]')"
    return f"octet_length({text}) > {MAX_CELL_LENGTH} AND {units} > {MAX_CELL_LENGTH}"
