"""Fill a staging table: each distinct text of a column is judged once, and the rows go in by COPY, block by block."""

from collections.abc import Iterable, Sequence
from itertools import islice

from pkportal.exchange.reading import TableRow

from .copy_texts import CopyTexts
from .qualified import qualified_columns, settle_qualifiers
from .sql import copy_in
from .stage import ABOUT_CELL, Fault, Stage, fault_line
from .stage_columns import BLANK

BLOCK_ROWS = 2_000


def fill_stage(
    stage: Stage, rows: Iterable[TableRow], places: Sequence[int], texts: Sequence[CopyTexts], constants: Sequence[str]
) -> None:
    """Copy the rows of a file into its staging table; ``places`` are those of the columns in a row.

    No query may run while a COPY is open, and reading a cell may need one: so rows are read first, a block at a time.
    """
    ending = "".join(f"\t{constant}" for constant in constants) + "\n"
    names = ["pk_row", *(column.copied_name for column in stage.columns)]
    statement = f"COPY {stage.rows} ({', '.join(names)}) FROM STDIN"
    rows, qualified = iter(rows), qualified_columns(texts)
    while block := [*islice(rows, BLOCK_ROWS)]:
        lines, faults = [], []
        for row in block:
            if row.fault:
                faults.append(fault_line(ABOUT_CELL, 0, Fault(row.number, "", "", row.fault)))
                continue
            cells = [row.cells[place] for place in places]
            copied = [known[cell] for known, cell in zip(texts, cells, strict=True)]
            faults += settle_qualifiers(qualified, texts, row.number, cells, copied)
            if row.cell_faults or None in copied:
                bad = row.cell_faults
                copied = [None if place in bad else text for place, text in zip(places, copied, strict=True)]
                faults += faults_of_cells(row, places, texts, zip(cells, copied, strict=True))
                copied = [BLANK if text is None else text for text in copied]
            lines.append(f"{row.number}\t" + "\t".join(copied) + ending)
        copy_in(statement, "".join(lines))
        copy_in(f"COPY {stage.faults} FROM STDIN", "".join(faults))
        for place, known in zip(places, texts, strict=True):
            known.count(row.cells[place] for row in block if not row.fault)


def faults_of_cells(row, places, texts, cells):
    """Yield the faults of a row's cells as COPY reads them."""
    for place, known, (cell, copied) in zip(places, texts, cells, strict=True):
        if copied is None:
            reason = row.cell_faults.get(place) or known.why_refused(cell)
            yield fault_line(ABOUT_CELL, place, Fault(row.number, known.column.name, cell, reason))
