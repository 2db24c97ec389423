"""Common table expressions of the rows that a list selects, and of those that it does not."""

from django.db import connection
from django.db.models import Model, QuerySet, Value

from pkportal.content.kept_counts import columns_read, kept_counts_of, kept_number, kept_rows


def selection_cte(name: str, queryset: QuerySet, columns: dict[str, str]) -> tuple[str, tuple]:
    """Return a common table expression of the selected rows with the columns of some filters.

    It is valid SQL for an empty query set. The key is among the columns, or DISTINCT would join rows.
    """
    rows = queryset.order_by().values_list("pk", *columns.values())
    text, params = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    names = ", ".join(["pk", *(f"code_of_{name}" for name in columns)])
    return f"{name} ({names}) AS ({text})", params


def unselected_cte(name: str, rows: QuerySet) -> tuple[str, tuple] | None:
    """Return a common table expression of the rows that are not selected; None if other tables select them.

    All rows are read to find them, but not where kept counts say that there are none.
    """
    keys = rows.order_by().values_list("pk")
    text, params = keys.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    if " JOIN " in text or keys.query.distinct:
        return None
    unselected = inverted(text)
    if counts := counts_of_rows(rows):
        numbers, own = kept_numbers(rows, counts)
        unselected += f" AND (SELECT sum(number) FROM ({inverted(numbers)}) AS it (number)) > 0"  # noqa: S608
        params += own
    return f"{name} (pk) AS ({unselected})", params


def inverted(query: str) -> str:
    """Return a query of the rows of its table that it does not select."""
    select, _where, condition = query.partition(" WHERE ")
    return f"{select} WHERE ({condition or 'true'}) IS NOT TRUE"


def share_cte(model: type[Model], total: str) -> tuple[str, tuple]:
    """Return a common table expression that says whether the rows of a total, each with its number, are most rows."""
    table = connection.ops.quote_name(model._meta.db_table)
    selected = f"(SELECT sum(number) FROM {total} AS it)"  # noqa: S608 - our own words
    return f"share (is_most) AS (SELECT {selected} > reltuples / 2 FROM pg_class WHERE oid = '{table}'::regclass)", ()  # noqa: S608


def total_cte(name: str, rows: QuerySet, selection: str) -> tuple[str, tuple]:
    """Return a common table expression of how many rows a query set has, from kept counts if these can say it."""
    counts = counts_of_rows(rows)
    text, params = kept_numbers(rows, counts) if counts else (f"SELECT count(*) FROM {selection}", ())  # noqa: S608
    return f"{name} (number) AS ({text})", params


def counts_of_rows(rows: QuerySet) -> type[Model] | None:
    """Return the model of counts that can say how many rows a query set has."""
    return kept_counts_of(rows.model, columns_read(rows.values(read=Value(1))))


def kept_numbers(rows: QuerySet, counts: type[Model]) -> tuple[str, tuple]:
    """Return the SQL of kept counts whose sum is the number of some rows."""
    numbers = kept_rows(rows, counts).values_list(kept_number(rows))
    return numbers.query.get_compiler(connection=connection, elide_empty=False).as_sql()
