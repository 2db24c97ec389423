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
        faults = [fault_line(ABOUT_CELL, 0, Fault(row.number, "", "", row.fault)) for row in block if row.fault]
        if block := [row for row in block if not row.fault]:
            cells = [*zip(*(row.cells for row in block), strict=True)]
            columns = [cells[place] for place in places]
            copied = [[*map(known.__getitem__, column)] for known, column in zip(texts, columns, strict=True)]
            has_words = any(texts[column.number].qualifiers for column in qualified)
            lines = []
            for row, line in zip(block, zip(*copied, strict=True), strict=True):
                if has_words or None in line or row.cell_faults:
                    line = settled_line(row, places, texts, qualified, line, faults)
                lines.append(f"{row.number}\t" + "\t".join(line) + ending)
            copy_in(statement, "".join(lines))
            for known, column in zip(texts, columns, strict=True):
                known.end_block(column)
        copy_in(f"COPY {stage.faults} FROM STDIN", "".join(faults))


def settled_line(row, places, texts, qualified, copied, faults):
    """Return what is copied of a row in which something is refused or said beside a number, and add its faults."""
    cells = [row.cells[place] for place in places]
    copied, bad = [*copied], row.cell_faults
    faults += settle_qualifiers(qualified, texts, row.number, cells, copied)
    copied = [None if place in bad else text for place, text in zip(places, copied, strict=True)]
    faults += faults_of_cells(row, places, texts, zip(cells, copied, strict=True))
    return [BLANK if text is None else text for text in copied]


def faults_of_cells(row, places, texts, cells):
    """Yield the faults of a row's cells as COPY reads them."""
    for place, known, (cell, copied) in zip(places, texts, cells, strict=True):
        if copied is None:
            reason = row.cell_faults.get(place) or known.refusals[cell]
            yield fault_line(ABOUT_CELL, place, Fault(row.number, known.column.name, cell, reason))
