"""Fill a staging table: each distinct text of a column is judged once, and the rows go in by COPY, block by block."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext as _

from pkportal.exchange.cell_reading import ColumnReader

from .sql import copy_in
from .stage import ABOUT_CELL, Fault, Stage, fault_line
from .stage_columns import BLANK, StageColumn

BLOCK_ROWS = 2_000
MOST_TEXTS = 10_000  # distinct texts of a column


class TextRow(Protocol):
    """A row of a file: its number in a spreadsheet, its cells, and what is wrong with its shape."""

    number: int
    cells: Sequence[str]
    fault: str


class NumberedRow(NamedTuple):
    """A row of a file that has as many cells as the header."""

    number: int
    cells: Sequence[str]
    fault: str = ""


class CopyTexts(dict):
    """What COPY reads for each text of a column: None for one that is refused, of which ``refusals`` says why."""

    def __init__(self, column: StageColumn, refused: Iterable[tuple[str, str]]):
        super().__init__()
        self.column, self.refusals = column, dict[str, str]()
        self.reader = None if column.is_self_link else ColumnReader(column.resource, column.column, [*refused])
        self.conversions: dict[str, str] = {}

    def __missing__(self, text: str) -> str | None:
        copied, refusal = self.judged(text)
        if refusal:
            self.refusals[text] = refusal
        if len(self) < MOST_TEXTS:
            self[text] = copied
        return copied

    def why_refused(self, text: str) -> str:
        """Return why a text is refused; of a text that is not kept, the reason is not kept either."""
        return self.refusals[text] if text in self else self.refusals.pop(text)

    def judged(self, text: str) -> tuple[str | None, str]:
        """Return what COPY reads for a text, or why it is refused."""
        if self.reader:
            reading = self.reader.read(text)
            if reading.conversion:
                self.conversions[text] = reading.conversion
            return (None, reading.refusal) if reading.refusal else (self.column.copy_text(reading.value), "")
        codes = self.column.codes_in(self.column.column.widget.unescape(text)[0])
        field: Any = self.column.field
        if not codes and self.column.is_link and not field.null:
            return None, _("This cell cannot be blank.")
        return self.column.copy_text(codes), ""


def fill_stage(
    stage: Stage, rows: Iterable[Any], places: Sequence[int], texts: Sequence[CopyTexts], constants: Sequence[str]
) -> None:
    """Copy the rows of a file into its staging table; ``places`` are those of the columns in a row.

    No query may run while a COPY is open, and reading a cell may need one: so rows are read first, a block at a time.
    """
    ending = "".join(f"\t{constant}" for constant in constants) + "\n"
    names = ["pk_row", *(column.copied_name for column in stage.columns)]
    statement = f"COPY {stage.rows} ({', '.join(names)}) FROM STDIN"
    rows = iter(rows)
    while block := [*islice(rows, BLOCK_ROWS)]:
        lines, faults = [], []
        for row in block:
            if row.fault:
                faults.append(fault_line(ABOUT_CELL, 0, Fault(row.number, "", "", row.fault)))
                continue
            cells = [row.cells[place] for place in places]
            copied = [known[cell] for known, cell in zip(texts, cells, strict=True)]
            if None in copied:
                faults += cell_faults(row.number, places, texts, zip(cells, copied, strict=True))
                copied = [BLANK if text is None else text for text in copied]
            lines.append(f"{row.number}\t" + "\t".join(copied) + ending)
        copy_in(statement, "".join(lines))
        copy_in(f"COPY {stage.faults} FROM STDIN", "".join(faults))


def cell_faults(number, places, texts, cells):
    """Yield the faults of a row's cells as COPY reads them."""
    for place, known, (cell, copied) in zip(places, texts, cells, strict=True):
        if copied is None:
            fault = Fault(number, known.column.name, cell, known.why_refused(cell))
            yield fault_line(ABOUT_CELL, place, fault)
