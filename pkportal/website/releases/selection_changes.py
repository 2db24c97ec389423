"""What changed in the selection of a list since a release: the rows that came, changed and went, cell by cell."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from pkportal.exchange.columns import ExportResource
from pkportal.exchange.csv_file import escape_formula, write_line

from .candidates import candidates
from .models import Release
from .past_rows import past_references, rows_of_release
from .released_rows import released_cells

# A row counts if the filters select it as it is now, or as it was. What it is now and was then is read of these alone.
CHANGED = """
    WITH candidates AS MATERIALIZED ({candidates}), selected AS MATERIALIZED (
        SELECT reference FROM ({selected_now}) AS now UNION ({selected_then})
    ), was AS (
        SELECT reference, cells FROM ({then}) AS rows WHERE reference {of_selected}
    )
    SELECT reference, was, now, number FROM (
        SELECT reference, was.cells AS was, now.cells AS now, count(*) OVER alike AS number, row_number() OVER (
            alike ORDER BY length(reference), reference
        ) AS place
        FROM selected LEFT JOIN was USING (reference) LEFT JOIN ({now}) AS now USING (reference)
        WHERE was.cells IS DISTINCT FROM now.cells
        WINDOW alike AS (PARTITION BY was.cells IS NULL, now.cells IS NULL)
    ) AS changes WHERE {limit}
    ORDER BY was IS NOT NULL, now IS NULL, place
"""
OF_CANDIDATES = RawSQL("SELECT reference FROM candidates", ())
OF_SELECTED = RawSQL("SELECT reference FROM selected", ())
PLAN_FOR_ALL = "SET LOCAL cursor_tuple_fraction = 1"  # all rows are fetched, and not the first ones soon
# The planner takes the result of a part of a statement for 200 rows, and would look up each of 100,000 by an index.
JOIN_MANY = "SET LOCAL enable_nestloop = off"
FETCHED = 2_000  # rows at a time


class RowChange(NamedTuple):
    """A row that differs from the release: its cells then and now; of one that came or went, those of one side.

    ``number`` says how many rows of the selection came, changed or went like it.
    """

    reference: str
    was: Mapping[str, str] | None
    now: Mapping[str, str] | None
    number: int

    @property
    def kind(self) -> str:
        """Return what happened to the row."""
        if self.was is None:
            return "added"
        return "removed" if self.now is None else "changed"

    @property
    def differing(self) -> list[str]:
        """Return the columns whose cells differ."""
        was, now = self.was or {}, self.now or {}
        return [name for name in {**was, **now} if was.get(name) != now.get(name)]


class ComparedSelection(NamedTuple):
    """A selection of a list to be compared with a release: what the filters select now, and of any rows at all."""

    resource: type[ExportResource]
    release: Release
    selected: QuerySet
    filtered: QuerySet

    def changes(self, limit: int | None = None) -> Iterator[RowChange]:
        """Yield the rows that differ: those that came, those that changed, those that went; of each so many or all."""
        query, few = candidates(self.resource._meta.model, self.release)
        if few == []:
            return
        with connection.chunked_cursor() as cursor, transaction.atomic():
            with connection.cursor() as settings:
                settings.execute(PLAN_FOR_ALL if few else f"{PLAN_FOR_ALL}; {JOIN_MANY}")
            cursor.execute(self.statement(query, few, f"place <= {limit}" if limit else "true"), [])
            while rows := cursor.fetchmany(FETCHED):
                yield from (RowChange(*(read_cell(value) for value in row)) for row in rows)

    def statement(self, query: str, few: list[str] | None, limit: str) -> str:
        """Return the statement that compares candidates; those that are few are in it as constants."""
        of_candidates, of_selected = (OF_CANDIDATES, OF_SELECTED) if few is None else (few, few)
        selected_now = self.selected.order_by().filter(reference__in=of_candidates).values_list("reference")
        filtered = self.filtered.filter(reference__in=of_candidates)
        records = self.resource._meta.model._default_manager.published().filter(reference__in=of_selected)
        statement = CHANGED.format(
            candidates=query,
            selected_now=composed(selected_now),
            selected_then=past_references(filtered, self.resource, self.release),
            then=rows_of_release(self.resource, self.release),
            of_selected="IN (SELECT reference FROM selected)"
            if few is None
            else connection.ops.compose_sql("= ANY(%s)", [few]),
            now=connection.ops.compose_sql(*released_cells(self.resource, records)),
            limit=limit,
        )
        return statement.replace("%", "%%")

    def csv_lines(self) -> Iterator[str]:
        """Yield the differences as CSV: a row that changed has two lines, as it was and as it is now."""
        columns = [column.column_name for column in self.resource().columns()]
        yield write_line(["change", "state", "differing", *columns])
        for change in self.changes():
            for state, cells in [("was", change.was), ("now", change.now)]:
                if cells is not None:
                    yield self.line(change, state, cells, columns)

    @staticmethod
    def line(change: RowChange, state: str, cells: Mapping[str, str], columns: Sequence[str]) -> str:
        """Return one state of a row as a line."""
        differs = {*change.differing} if change.kind == "changed" else ()
        differing = ";".join(name for name in columns if name in differs)
        return write_line([change.kind, state, differing, *(escape_formula(cells.get(name, "")) for name in columns)])


def composed(rows: QuerySet) -> str:
    """Return a query as SQL with its values."""
    return connection.ops.compose_sql(*rows.query.get_compiler(connection=connection, elide_empty=False).as_sql())


def read_cell(value):
    """Return JSON as a mapping: a cursor of the database alone gives its text."""
    return json.loads(value) if isinstance(value, str) and value.startswith("{") else value
