"""CSV files: what a spreadsheet opens without running it.

On the way out an apostrophe is put before text that a spreadsheet would run as a formula; on the way in it is taken
away again. Apostrophes that the text begins with itself are counted too, so every text comes back as it was.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable
from typing import Any

FORMULA_START = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # as OWASP lists them under CSV injection


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
