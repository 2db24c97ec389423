"""Counts of the many-to-many links of the selected rows, where these may be most rows of a table.

Then it is faster to count all links, and to subtract those of the few rows that are not selected. The database
decides which, as only it knows the numbers: ``share`` has one row that says whether most rows are selected.
"""

from django.db import connection
from django.db.models import ManyToManyField, Model, QuerySet


def unselected_cte(name: str, rows: QuerySet) -> tuple[str, tuple] | None:
    """Return a common table expression of the rows that are not selected; None if other tables select them."""
    keys = rows.order_by().values_list("pk")
    text, params = keys.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    if " JOIN " in text or keys.query.distinct:
        return None
    select, _where, condition = text.partition(" WHERE ")
    return f"{name} (pk) AS ({select} WHERE ({condition or 'true'}) IS NOT TRUE)", params


def share_cte(model: type[Model], total: str) -> tuple[str, tuple]:
    """Return a common table expression that says whether the rows of a total, each with its number, are most rows."""
    table = connection.ops.quote_name(model._meta.db_table)
    selected = f"(SELECT sum(number) FROM {total} AS it)"  # noqa: S608 - our own words
    return f"share (is_most) AS (SELECT {selected} > reltuples / 2 FROM pg_class WHERE oid = '{table}'::regclass)", ()  # noqa: S608


def count_links(name: str, field: ManyToManyField, selection: str, is_most: str) -> tuple[str, tuple]:
    """Return the SQL that counts the links of a selection: its own, or if it has most rows, all less the others'."""
    quote = connection.ops.quote_name
    table, own, other = map(quote, [field.m2m_db_table(), field.m2m_column_name(), field.m2m_reverse_name()])
    count, subtract = (f"SELECT {other}, {number} FROM {table}" for number in ["count(*)", "-count(*)"])  # noqa: S608
    return (
        f"SELECT '{name}', code::text, sum(number)::bigint FROM ("  # noqa: S608 - our own words
        f"{count} WHERE {own} IN (SELECT pk FROM {selection}) AND NOT {is_most} GROUP BY 1 "
        f"UNION ALL {count} WHERE {is_most} GROUP BY 1 "
        f"UNION ALL {subtract} WHERE {own} IN (SELECT pk FROM un{selection}) AND {is_most} GROUP BY 1"
        ") AS it (code, number) GROUP BY code HAVING sum(number) <> 0"
    ), ()
