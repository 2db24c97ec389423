"""Cells of a change: the texts that a record has in the columns of its kind's file, old and new."""

from copy import copy
from functools import cache
from typing import Any

from pkportal.exchange.columns import CheckedColumn, FileColumn, ReferenceColumn
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.widgets import SEPARATOR, split_values

STATUS, PUBLISHED_AT, WITHDRAWN_AT = "status", "published_at", "withdrawn_at"
WITHDRAWAL_REASON, MOVED_TO = "withdrawal_reason", "moved_to"


@cache
def draft_columns(model: Any) -> dict[str, FileColumn]:
    """Return the columns that a change set may change, by the name of their field.

    Those are the columns of the file without the reference and the check. The status is one of them: to publish a
    record and to withdraw it are changes too.
    """
    columns = resources_by_model()[model]().columns()
    return {column.attribute: column for column in columns if not isinstance(column, CheckedColumn | ReferenceColumn)}


def own_columns(model: Any) -> dict[str, FileColumn]:
    """Return the columns with widgets of their own, which may load records: those of ``draft_columns`` are shared.

    Two threads that apply change sets would find each other's records, and those of a preview are there for a moment.
    """
    columns = {name: copy(column) for name, column in draft_columns(model).items()}
    for column in columns.values():
        column.widget = copy(column.widget)
    return columns


def cell_of(record: Any, column: FileColumn) -> str:
    """Return the cell of a record; of links to several records, sorted codes."""
    return column.widget.render(column.get_value(record))


def cells_of(record: Any, names: Any = None) -> dict[str, str]:
    """Return the cells of a record by field; of the named fields only, those of them that are still columns."""
    columns = draft_columns(record.__class__)
    return {name: cell_of(record, columns[name]) for name in names or columns if name in columns}


def new_cells(model: Any) -> dict[str, str]:
    """Return the cells that a new record of a model has before anything is entered."""
    empty = model()
    return {
        name: "" if column.is_many_to_many else column.widget.render(getattr(empty, name, None))
        for name, column in draft_columns(model).items()
        if not column.is_foreign_key
    } | {name: "" for name, column in draft_columns(model).items() if column.is_foreign_key}


def is_set(column: FileColumn) -> bool:
    """True if the order of the values in a cell means nothing: two people may add different values to it."""
    return column.is_many_to_many


def merged(column: FileColumn, live: str, was: str, new: str) -> str | None:
    """Return the cell after a change of ``was`` to ``new`` where the record has ``live``; None if they clash.

    Values are added to and taken from a set, whatever others added to it meanwhile.
    """
    if live in (was, new):
        return new
    if not is_set(column):
        return None
    added, taken = ({*split_values(cell)} for cell in (new, was))
    return SEPARATOR.join(sorted({*split_values(live)} - (taken - added) | (added - taken)))
