"""Rows of the API: one page of records as JSON, written by the database as it writes the JSON files."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from pkportal.exchange.columns import FileColumn
from pkportal.exchange.copy_out import json_object_sql, select_sql

from .keyset import SortKey, annotated, read_mark, rows_after, sort_keys, write_mark
from .tables import ApiTable, names_of

MOST_STATEMENTS = 500


class RowPage(NamedTuple):
    """One page of rows as texts of JSON, and the marks of the pages before and after it, empty where there is none."""

    rows: list[str]
    previous: str = ""
    next: str = ""


class UnknownMark(ValueError):
    """A mark that we did not write for this list in this order: the name of its parameter."""


class PagePlace(NamedTuple):
    """Where a page is in an order, which is called by a name: how many rows, after or before which mark.

    With both it begins after the one and ends before the other. Without a mark it is the first page.
    """

    order: str
    limit: int
    after: str = ""
    before: str = ""

    @property
    def is_backward(self) -> bool:
        """True if the rows are read from the end of the page to its beginning."""
        return bool(self.before and not self.after)

    def select(self, records: QuerySet, keys: Sequence[SortKey]) -> QuerySet:
        """Return the records of the page and the one that follows; raise ``UnknownMark``."""
        turned = [key.turned_round() for key in keys]
        records = annotated(records, turned if self.is_backward else keys)
        if self.after:
            records = rows_after(records, keys, _position(self.order, keys, self.after, "after"))
        if self.before:
            records = rows_after(records, turned, _position(self.order, keys, self.before, "before"))
        return records[: self.limit + 1]

    def page(self, rows: list[tuple]) -> RowPage:
        """Return the page of what was selected: of each row its JSON, and its sort keys as the database writes them."""
        has_more = len(rows) > self.limit
        rows = rows[: self.limit][::-1] if self.is_backward else rows[: self.limit]
        if not rows:
            return RowPage([])
        marks = [write_mark(self.order, texts) for _json, *texts in (rows[0], rows[-1])]
        has_previous, has_next = (has_more, True) if self.is_backward else (bool(self.after), has_more)
        return RowPage([text for text, *_keys in rows], has_previous and marks[0] or "", has_next and marks[1] or "")


def read_page(
    columns: list[FileColumn], records: QuerySet, limit: int, order: str, after: str = "", before: str = ""
) -> RowPage:
    """Return the page after a mark, or the page before one; ``order`` names the list and its sort order."""
    keys, place = sort_keys(records), PagePlace(order, limit, after, before)
    return place.page(_rows_of(_page_sql(columns, place.select(records, keys), keys)))


def first_page(table: ApiTable, columns: list[FileColumn], limit: int, order: str) -> RowPage:
    """Return the first page of all rows of a table, whose statement is compiled once a day."""
    names = tuple(names_of(columns))
    statement = _first_page_sql(table, str(table.list_view()), names, limit, timezone.localdate())
    return PagePlace(order, limit).page(_rows_of(statement))


@lru_cache(MOST_STATEMENTS)
def _first_page_sql(table, _list_view, names, limit, _today):
    """Return the SQL of a first page; the order is that of the list, and a list may compare dates with today."""
    records = table.listed()
    keys = sort_keys(records)
    columns = [column for column in table.all_columns() if column.column_name in names]
    return _page_sql(columns, annotated(records, keys)[: limit + 1], keys)


def json_rows(columns: list[FileColumn], records: QuerySet) -> list[str]:
    """Return records as texts of JSON, without paging."""
    return [text for (text,) in _rows_of(_page_sql(columns, records, []))]


def _position(order: str, keys: Sequence[SortKey], mark: str, name: str) -> list[str | None]:
    """Return the sort keys of a mark."""
    if (texts := read_mark(order, keys, mark)) is None:
        raise UnknownMark(name)
    return texts


def _page_sql(columns, records, keys):
    """Return the SQL of the JSON of each row, and its sort keys as the database writes them."""
    names = [key.name for key in keys]
    cells = ", ".join([json_object_sql(columns), *(f"{name}::text" for name in names)])
    return select_sql(columns, records, public=True, results=cells, others=names)


def _rows_of(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
