"""CSV files: read whatever people save as CSV, and write what a spreadsheet opens without running it.

On the way out an apostrophe is put before text that a spreadsheet would run as a formula; on the way in it is taken
away again. Apostrophes that the text begins with itself are counted too, so every text comes back as it was.
"""

import codecs
import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .reading import UnreadableFile

FORMULA_START = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # as OWASP lists them under CSV injection


class FileRows(NamedTuple):
    """The content of a file: the names of its columns, and its rows, each as long as the header."""

    header: list[str]
    rows: list[list[str]]


def decode(data: bytes) -> str:
    """Decode UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(_("The file is neither UTF-8 nor UTF-16 nor Windows-1252 text."))


def read_csv(data: bytes) -> FileRows:
    """Parse a CSV file; its encoding and its delimiter are detected. Raises ``UnreadableFile``."""
    text = decode(data)
    if "\x00" in text:
        raise UnreadableFile(_("The file contains the character NUL, so it is not text."))
    first_line = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t|", key=first_line.count)
    # strict: a quote that is never closed must not swallow the rest of the file
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        rows = [*reader]
    except csv.Error as error:
        raise UnreadableFile(
            _("Line %(row)d cannot be read: %(error)s.") % {"row": reader.line_num, "error": error}
        ) from None
    while rows and not rows[-1]:
        rows.pop()  # blank lines at the end are not rows; one in between would shift the numbers of the others
    check_shape(header, rows)
    return FileRows(header, rows)


def check_shape(header: list[str], rows: list[list[str]]) -> None:
    """Refuse a table without a header, with a repeated column, or with a row longer or shorter than the header."""
    if not any(header):
        raise UnreadableFile(_("The file has no header: its first row must name the columns."))
    if repeated := sorted(name for name, count in Counter(header).items() if count > 1):
        raise UnreadableFile(
            _("The header names a column twice: %(names)s.") % {"names": ", ".join(repeated) or _("(blank)")}
        )
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise UnreadableFile(
                ngettext(
                    "Row %(row)d has %(cells)d cell, the header has %(columns)d.",
                    "Row %(row)d has %(cells)d cells, the header has %(columns)d.",
                    len(row),
                )
                % {"row": number, "cells": len(row), "columns": len(header)}
            )


def cell_text(value: Any) -> str:
    """Return the value of a spreadsheet cell as the text it has in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        is_date = value.time() == datetime.time() and value.tzinfo is None
        return value.date().isoformat() if is_date else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def write_line(cells: Iterable[str]) -> str:
    """Return one line of CSV: commas, quotes where needed, a line feed at the end."""
    buffer = io.StringIO(newline="")
    # the writer only quotes the characters of its own line end, so a lone carriage return needs this one
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return f"{buffer.getvalue()[:-2]}\n"


def escape_formula(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run."""
    return f"'{text}" if FORMULA_START.match(text) else text


def unescape_formula(text: str) -> str:
    """Remove the apostrophe that ``escape_formula`` added."""
    return text[1:] if text.startswith("'") and FORMULA_START.match(text) else text
