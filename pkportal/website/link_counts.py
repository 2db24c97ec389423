"""Counts of the many-to-many links of the selected rows, where these may be most rows of a table.

Then it is faster to count all links, and to subtract those of the few rows that are not selected. The database
decides which, as only it knows the numbers: ``share`` has one row that says whether most rows are selected.

What the linked records have is counted by sets of links, which many rows share: few lessons are of a set of missions
that no other lesson has.
"""

from functools import cache

from django.db import connection
from django.db.models import Field, ManyToManyField, Model, QuerySet

from .choices import NONE


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


def link_sets_cte(links: ManyToManyField, has_share: bool) -> tuple[str, tuple]:
    """Return a common table expression of the sets of links that the selected rows have, each with their number.

    If they are most rows, all are counted, and those that are not selected with a minus.
    """
    quote = connection.ops.quote_name
    table, own, other = map(quote, [links.m2m_db_table(), links.m2m_column_name(), links.m2m_reverse_name()])
    is_selected, is_unselected = (f"{own} IN (SELECT pk FROM {rows})" for rows in ["selected", "unselected"])  # noqa: S608
    parts = [(1, is_selected)]
    if has_share:
        is_most = "(SELECT is_most FROM share)"
        parts = [(1, f"{is_selected} AND NOT {is_most}"), (1, is_most), (-1, f"{is_unselected} AND {is_most}")]
    rows = " UNION ALL ".join(
        f"SELECT array_agg({other}), {number} FROM {table} WHERE {rows} GROUP BY {own}"  # noqa: S608 - our own words
        for number, rows in parts
    )
    sets = f"SELECT others, sum(number) FROM ({rows}) AS it (others, number) GROUP BY others"  # noqa: S608 - our words
    return f"{sets_name(links)} (others, number) AS MATERIALIZED ({sets})", ()


def count_linked(name: str, links: ManyToManyField) -> tuple[str, tuple]:
    """Return the SQL that counts the rows of sets of links by the linked records."""
    rows = f"{sets_name(links)}, unnest(others) AS link (code)"
    return f"SELECT '{name}', code::text, sum(number)::bigint FROM {rows} GROUP BY code HAVING sum(number) <> 0", ()  # noqa: S608


def count_unlinked(name: str, links: ManyToManyField, total: str) -> tuple[str, tuple]:
    """Return the SQL that counts the rows of a total, each with its number, without links to public records."""
    public = links.related_model._default_manager.published().order_by().values("pk")
    text, params = public.query.sql_with_params()
    linked = f"SELECT sum(number) FROM {sets_name(links)} WHERE others && ARRAY({text})"  # noqa: S608 - our own words
    number = f"(coalesce((SELECT sum(number) FROM {total} AS it), 0) - coalesce(({linked}), 0))::bigint"  # noqa: S608
    return f"SELECT * FROM (SELECT '{name}', '{NONE}', {number}) AS it (facet, code, number) WHERE number > 0", params  # noqa: S608


def count_by_sets(name: str, links: ManyToManyField, field: Field) -> tuple[str, tuple]:
    """Return the SQL that counts the rows of sets of links by what the linked public records have, each row once."""
    text, params = linked_values(links, field)
    return (
        f"SELECT '{name}', code::text, sum(number)::bigint FROM ("  # noqa: S608 - our own words
        f"SELECT DISTINCT others, number, code FROM {sets_name(links)}, unnest(others) AS link (pk) "
        f"JOIN ({text}) AS linked (pk, code) USING (pk)"
        ") AS it GROUP BY code HAVING sum(number) <> 0"
    ), params


@cache
def linked_values(links: ManyToManyField, field: Field) -> tuple[str, tuple]:
    """Return the SQL of what the public records at the other end of links have; it is the same for every request."""
    records = links.related_model._default_manager.published().order_by()
    return records.values_list("pk", field.name).query.sql_with_params()


def sets_name(links: ManyToManyField) -> str:
    """Return the name of the sets of links in a statement."""
    return f"sets_of_{links.name}"
