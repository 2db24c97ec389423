"""Files of rows as people make them: any common encoding and delimiter, told apart without asking."""

import codecs
import csv
import datetime
import io
from collections import Counter

from django.utils.translation import gettext as _

DELIMITERS = ",;\t|"
csv.field_size_limit(10_000_000)  # the default cuts at 131,072 characters; an article may be longer


class UnreadableFile(Exception):
    """The file is no table of rows; the message says where and why."""


def decode(data):
    """Turn bytes into text: UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252."""
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


def read_csv(data):
    """Read the bytes of a file into its header and its rows, each a list of texts as long as the header."""
    text = decode(data)
    if "\x00" in text:
        raise UnreadableFile(_("The file holds the character NUL: it is no text."))
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(DELIMITERS, key=first.count)
    # strict: a quote that is never closed must not swallow the rest of the file
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        rows = [*lines]
    except csv.Error as error:
        raise UnreadableFile(
            _("Line %(row)d cannot be read: %(error)s.") % {"row": lines.line_num, "error": error}
        ) from None
    while rows and not rows[-1]:
        rows.pop()  # blank lines at the end are no rows; one in between would make the numbers of the others wrong
    check_shape(header, rows)
    return header, rows


def check_shape(header, rows):
    """Refuse a table without a header, with a column twice, or with a row longer or shorter than the header."""
    if not any(header):
        raise UnreadableFile(_("The file has no header: its first row must name the columns."))
    if twice := sorted(name for name, times in Counter(header).items() if times > 1):
        raise UnreadableFile(
            _("The header names a column twice: %(names)s.") % {"names": ", ".join(twice) or _("(blank)")}
        )
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise UnreadableFile(
                _("Row %(row)d has %(cells)d cells, the header has %(columns)d.")
                % {"row": number, "cells": len(row), "columns": len(header)}
            )


def cell_text(value):
    """Write a cell of a spreadsheet as CSV would have it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def write_line(cells):
    """Write one CSV line: commas, quotes where needed, a line feed at its end."""
    buffer = io.StringIO(newline="")
    # the writer quotes only what stands in its line end, so a lone carriage return needs this one
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return f"{buffer.getvalue()[:-2]}\n"
