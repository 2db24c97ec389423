"""Readers of columns, and characters that cannot be seen."""

from pkportal.exchange.cell_reading import CellAnswers, ColumnReader
from pkportal.exchange.registry import resources_by_name

NBSP, THIN, ZERO_WIDTH_SPACE = "\u00a0", "\u2009", "\u200b"
WHOLE, DATE = "contributions.quantity", "contributions.as_of"


def reader(path, **answers):
    """Return the reader of one column of a file."""
    file, column = path.split(".")
    resource = resources_by_name()[file]()
    return ColumnReader(resource, resource.fields[column], CellAnswers(**answers))
