"""Workbooks of three kinds with the rows of the messy files, each with what a test changes in it."""

import datetime
import io
import zipfile

import xlwt
from openpyxl import Workbook

from tests.exchange.messy_files import HEADER, ROWS, zipped

MONTH = datetime.datetime(2031, 3, 15)
ODS_START = (
    '<d xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:number="n" xmlns:style="s"><number:date-style '
    'style:name="N1"><number:month/><number:year/></number:date-style><style:style style:name="month" '
    'style:data-style-name="N1"/>'
)


def xlsx(change=None, rows=ROWS, header=HEADER):
    book = Workbook()
    for row in [header, *rows]:
        book.active.append(row)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(value="2031-03", number_format="General", sheets=("Figures",)):
    book = xlwt.Workbook()
    for name in sheets:
        sheet = book.add_sheet(name)
        for number, row in enumerate([HEADER, [*ROWS[0][:2], value, 1200, "Peć"]]):
            for place, cell in enumerate(row):
                is_value = (number, place) == (1, 2)
                sheet.write(number, place, cell, xlwt.easyxf(num_format_str=number_format if is_value else "General"))
        sheet.row(1).hidden = len(sheets) > 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(*rows, sheets=1):
    header = "<table:table-row>" + "".join(map(ods_text, HEADER)) + "</table:table-row>"
    tables = [f'<table:table table:name="S{number}">{header}{"".join(rows)}</table:table>' for number in range(sheets)]
    return zipped({"content.xml": f"{ODS_START}{''.join(tables)}</d>".encode()})


def ods_text(text, attributes='office:value-type="string"'):
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def ods_row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


MERGED_ROWS = [["kfor", "ITA", "2031", "1200", "x"], ["", "DEU", "2031", "", "y"], ["", "FRA", "2031", "5", "z"]]


def merged_xlsx(rows=MERGED_ROWS):
    """Return a workbook whose first two rows have one mission, and one figure."""
    return xlsx(lambda book: [book.active.merge_cells(cells) for cells in ("A2:A3", "D2:D3")], rows)


def merged_xls(rows=MERGED_ROWS):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Figures")
    for number, row in enumerate([HEADER, *rows]):
        for place, cell in enumerate(row):
            if (number, place) in [(1, 0), (1, 3)]:
                sheet.write_merge(1, 2, place, place, cell)
            elif (number, place) not in [(2, 0), (2, 3)]:
                sheet.write(number, place, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def merged_ods(rows=MERGED_ROWS):
    spanned, covered = "office:value-type='string' table:number-rows-spanned='2'", "<table:covered-table-cell/>"
    first, second, third = (list(map(ods_text, row)) for row in rows)
    first[0], first[3] = ods_text(rows[0][0], spanned), ods_text(rows[0][3], spanned)
    second[0] = second[3] = covered
    return ods(ods_row(*first), ods_row(*second), ods_row(*third))


def shown(number_format, value=MONTH):
    """Change a workbook so that a date is shown in this format."""

    def change(book):
        book.active["C2"].value = value
        book.active["C2"].number_format = number_format

    return change


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
