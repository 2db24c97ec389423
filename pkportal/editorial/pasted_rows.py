"""Rows pasted from a spreadsheet into the page of many records: its lines are rows, its tabs part the columns.

Names of records are read as in a file. What cannot be read stays in its cell, with the reason.
"""

import csv
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from pkportal.exchange.cell_reading import ColumnReader
from pkportal.exchange.registry import resources_by_model

from .waiting_choices import BY_CODE, choice_value

PASTED, PASTED_AT, MORE = "pasted", "pasted_at", "more"  # what the page sends beside its rows
MAX_ROWS = 500  # of the page: a longer table is a file


class FilledPage(NamedTuple):
    """The data of a page with pasted rows, why cells cannot be read by row and column, and why nothing is filled in."""

    data: QueryDict
    refused: dict[tuple[int, str], str]
    message: str = ""
    header: str = ""  # a line that was left out


def asks_for_rows(data: QueryDict) -> bool:
    """True if a page was sent for more rows, or with some that were pasted and are not looked at yet."""
    return bool(data.get(PASTED, "").strip() or MORE in data)


def with_rows(model: Any, names: Sequence[str], data: QueryDict, prefix: str, more: int) -> FilledPage:
    """Return the data of a page with what was pasted in its rows, from the cell that is named or the first empty row.

    Without anything pasted, there are some empty rows more.
    """
    filled = data.copy()
    total = rows_sent(data, prefix)
    try:
        lines = lines_of(data.get(PASTED, ""))
    except csv.Error:
        return FilledPage(filled, {}, _("What was pasted is no table."))
    first, column = place_of_paste(data, prefix, names, total)
    readers = readers_of(model, names)
    has_header = len(lines) > 1 and is_header(lines[0], names[column:], readers)
    header = ", ".join(lines.pop(0)) if has_header else ""
    needed = max(total, first + len(lines)) if lines else total + more
    if needed > MAX_ROWS:
        text = _("A page has at most %(most)d rows: import a longer table as a file.") % {"most": MAX_ROWS}
        return FilledPage(filled, {}, text)
    refused = {}
    for row, cells in enumerate(lines, first):
        for name, cell in zip(names[column:], cells, strict=False):
            filled[f"{prefix}-{row}-{name}"], reason = choice_of_cell(readers.get(name), cell.strip())
            if reason:
                refused[row, name] = reason
    filled[f"{prefix}-TOTAL_FORMS"] = str(needed)
    for name in [PASTED, PASTED_AT, MORE]:
        filled.pop(name, None)
    return FilledPage(filled, refused, header=header)


def lines_of(pasted: str) -> list[list[str]]:
    """Return the cells of each line with anything in it; a spreadsheet puts a cell with line breaks in quotes."""
    text = pasted.replace("\r\n", "\n").replace("\r", "\n")
    return [cells for cells in csv.reader(io.StringIO(text), "excel-tab") if any(cell.strip() for cell in cells)]


def rows_sent(data: QueryDict, prefix: str) -> int:
    """Return the number of rows that a page was sent with."""
    number = data.get(f"{prefix}-TOTAL_FORMS", "")
    return min(int(number), MAX_ROWS) if number.isascii() and number.isdecimal() and len(number) < 5 else 0


def place_of_paste(data: QueryDict, prefix: str, names: Sequence[str], total: int) -> tuple[int, int]:
    """Return the row and the column of the cell that the page names, or the beginning of the first row left empty."""
    before, _dash, rest = data.get(PASTED_AT, "").partition("-")
    row, _dash, name = rest.partition("-")
    if before == prefix and row.isascii() and row.isdecimal() and len(row) < 5 and int(row) < total and name in names:
        return int(row), names.index(name)
    used = [row for row in range(total) if any(data.get(f"{prefix}-{row}-{name}", "").strip() for name in names)]
    return (used[-1] + 1 if used else 0), 0


def readers_of(model: Any, names: Sequence[str]) -> dict[str, ColumnReader]:
    """Return the readers of the columns that name records."""
    resource = resources_by_model()[model]()
    columns = {name: resource.fields[name] for name in names if name in resource.fields}
    return {name: ColumnReader(resource, column) for name, column in columns.items() if column.is_foreign_key}


def is_header(cells: list[str], names: Sequence[str], readers: dict[str, ColumnReader]) -> bool:
    """True if a line has no digit, and names no record where one is asked for: “Nation, Troops”."""
    linked = [(readers[name], cell) for name, cell in zip(names, cells, strict=False) if name in readers]
    named = any(reader.read(cell.strip()).value for reader, cell in linked)
    return len(cells) > 1 and bool(linked) and not named and not any(char.isdigit() for cell in cells for char in cell)


def choice_of_cell(reader: ColumnReader | None, text: str) -> tuple[str, str]:
    """Return what a form is sent for a cell, and why it cannot be read, if it cannot."""
    if reader is None or not text:
        return text, ""
    reading = reader.read(text)
    if reading.value is None:
        return f"{BY_CODE}{text}", reading.refusal
    return str(choice_value(reading.value)), ""
