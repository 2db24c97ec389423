"""The file of refused rows: as they were sent, each with its reasons, to be mended and sent again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .csv_file import escape_formula, unescape_formula, write_line
from .reading import Table
from .reading.headers import is_scaled
from .reading.row_numbers import row_of_cell
from .staging.header import REASONS
from .staging.stage import Fault


def refused_lines(table: Table, faults: Iterable[Fault]) -> Iterator[str]:
    """Yield the lines of CSV; of a file that is refused as a whole there is the reason alone."""
    reasons: dict[int | None, list[str]] = defaultdict(list)
    for fault in faults:
        reason = f"{fault.column}: {fault.reason}" if fault.column else fault.reason
        reasons[fault.row].append(reason)
        if fault.row and (of_sheet := row_of_cell(fault.row)):  # of a table that is unfolded only later
            reasons[of_sheet].append(f"{fault.row_name}: {reason}")
    if None in reasons:
        yield write_line([REASONS])
        yield write_line([escape_formula(" ".join(reasons[None]))])
        return
    places = [place for place, header in enumerate(table.header) if header != REASONS]
    for title in filter(is_scaled, table.around.titles):  # else its numbers would be others when they are sent again
        yield write_line([escape_formula(title)])
    headers = [scaled_header(table, table.header[place]) for place in places]
    yield write_line([*(as_sent(table, header) for header in headers), REASONS])
    for row in table:
        if row.number in reasons:
            cells = [as_sent(table, row.cells[place]) if place < len(row.cells) else "" for place in places]
            yield write_line([*cells, escape_formula(" ".join(reasons[row.number]))])


def scaled_header(table: Table, name: str) -> str:
    """Return the header of a column: as it stands in the file if it says that the numbers are thousands."""
    header = table.around.headers.get(name, "")
    return header if is_scaled(header) else name


def as_sent(table: Table, cell: str) -> str:
    """Return a cell so that no spreadsheet runs it, and that it is read as the one that was sent."""
    return escape_formula(cell if table.is_exact else unescape_formula(cell))
