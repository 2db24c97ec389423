"""Files that tests upload to the import pages, and what the pages show of them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEADER = "iso3,iso2,name,region,joined_on,partnership\n"

ITALY = "ITA,IT,Italy,Southern Europe,1949-08-24,none\n"

SPAIN = "ESP,ES,Spain,Southern Europe,1982-05-30,none\n"


def csv(content, name="countries.csv"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode(), "text/csv")


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("countries.xlsx", file.getvalue())


def refusals_on(page):
    return [(fault.row, fault.column, fault.text, fault.reason) for fault in page.context["faults"]]


def reasons(page):
    assert page.status_code == 200
    assert not page.context.get("token")
    return [reason for _number, _column, _value, reason in refusals_on(page)]


def shown_on(page):
    """Return the rows of a preview with the cells that change, by column."""
    return [(row.number, row.kind, cells) for row, cells in page.context["rows"]]
