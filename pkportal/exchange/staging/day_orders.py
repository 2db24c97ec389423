"""Dates like 01/07/2010 that were refused, read once all other dates of their column have shown which is the day."""

from collections.abc import Sequence

from pkportal.exchange.cell_reading import CellAnswers, ColumnReader
from pkportal.exchange.cells.column_questions import About

from .copy_texts import CopyTexts
from .sql import run_and_count, run_sql
from .stage import ABOUT_CELL, Stage


def read_unclear_dates(stage: Stage, texts: Sequence[CopyTexts]) -> None:
    """Read the dates that may be two, in each column whose other dates all prove the same order of day and month."""
    for known in texts:
        if known.reader and About.ORDER in known.reader.unclear and known.reader.proved_order:
            order = {known.column.name: known.reader.proved_order}
            read_again(stage, known, known.answers._replace(columns={**known.answers.columns, About.ORDER: order}))


def read_again(stage: Stage, known: CopyTexts, answers: CellAnswers) -> None:
    """Read the refused cells of a column once more, with the answer that was missing."""
    reader = ColumnReader(stage.resource, known.column.column, answers)
    of_column = f"FROM {stage.faults} f WHERE f.about = {ABOUT_CELL} AND f.name = %s"
    for (cell,) in run_sql(f"SELECT DISTINCT cell {of_column}", [known.column.name]):
        reading = reader.read(cell)
        if reading.refusal:
            continue
        rows = f"SELECT f.pk_row {of_column} AND f.cell = %s"
        value = f"UPDATE {stage.rows} SET {known.column.sql_name} = %s WHERE pk_row IN ({rows})"
        known.rows_converted[cell] = run_and_count(value, [reading.value, known.column.name, cell])
        known.conversions[cell] = reading.conversion
        run_sql(f"DELETE {of_column} AND f.cell = %s", [known.column.name, cell])
