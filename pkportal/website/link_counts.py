"""Counts of the many-to-many links of selected rows, by the sets of links that many rows share.

Few lessons are of a set of missions that no other lesson has. Where sets are kept and most rows of a table are
selected, it is faster to take how many of all rows have each set, and to subtract those of the few rows that are not
selected. The database decides which, as only it knows the numbers: ``share`` has one row that says whether most rows
are selected.
"""

from functools import cache

from django.db import connection
from django.db.models import Field, ManyToManyField

from pkportal.content.link_sets import kept_sets_of

from .choices import NONE


def link_sets_cte(links: ManyToManyField, selection: str, is_most: str) -> tuple[str, tuple]:
    """Return a common table expression of the sets of links that the rows of a selection have, each with their number.

    ``is_most`` is the SQL condition that they are most rows: then those of all rows are taken, and those that are not
    selected with a minus. It is empty where that cannot be asked.
    """
    kept, quote = kept_sets_of(links), connection.ops.quote_name
    if kept:
        rows = kept_sets(quote(kept._meta.db_table), quote(kept.kept_counts[0]._meta.db_table), selection, is_most)
    else:
        table, own, other = map(quote, [links.m2m_db_table(), links.m2m_column_name(), links.m2m_reverse_name()])
        rows = f"SELECT array_agg({other}), 1 FROM {table} WHERE {own} IN (SELECT pk FROM {selection}) GROUP BY {own}"  # noqa: S608
    sets = f"SELECT others, sum(number) FROM ({rows}) AS it (others, number) GROUP BY others"  # noqa: S608 - our words
    return f"{sets_name(links, selection)} (others, number) AS MATERIALIZED ({sets})", ()


def kept_sets(sets: str, counts: str, selection: str, is_most: str) -> str:
    """Return the SQL of the sets of links that the rows of a selection have, from the tables that keep these."""
    selected, unselected = (f"owner IN (SELECT pk FROM {rows})" for rows in [selection, f"un{selection}"])  # noqa: S608
    parts = [
        ("others, 1", sets, f"{selected} AND NOT {is_most}" if is_most else selected),
        *(
            [("others, number", counts, is_most), ("others, -1", sets, f"{unselected} AND {is_most}")]
            if is_most
            else []
        ),
    ]
    return " UNION ALL ".join(f"SELECT {columns} FROM {table} WHERE {rows}" for columns, table, rows in parts)  # noqa: S608


def linked_rows(links: ManyToManyField, sets: tuple[str, tuple]) -> tuple[str, tuple]:
    """Return the SQL of the number of rows whose set of links has a public record."""
    (text, params), (public, params_of_public) = sets, public_keys(links)
    return f"SELECT sum(number) FROM {text} WHERE others && ARRAY({public})", params + params_of_public  # noqa: S608


def public_keys(links: ManyToManyField) -> tuple[str, tuple]:
    """Return the SQL of the keys of the public records at the other end of links."""
    return links.related_model._default_manager.published().order_by().values("pk").query.sql_with_params()


def count_linked(name: str, sets: tuple[str, tuple]) -> tuple[str, tuple]:
    """Return the SQL that counts the rows of sets of links by the linked records."""
    text, params = sets
    counted = f"SELECT '{name}', code::text, sum(number)::bigint FROM {text}, unnest(others) AS link (code)"  # noqa: S608
    return f"{counted} GROUP BY code HAVING sum(number) <> 0", params


def count_unlinked(name: str, linked: tuple[str, tuple], total: str) -> tuple[str, tuple]:
    """Return the SQL that counts the rows of a total, each with its number, that are not among those with links."""
    text, params = linked
    number = f"(coalesce((SELECT sum(number) FROM {total} AS it), 0) - coalesce(({text}), 0))::bigint"  # noqa: S608
    return f"SELECT * FROM (SELECT '{name}', '{NONE}', {number}) AS it (facet, code, number) WHERE number > 0", params  # noqa: S608


def count_by_sets(name: str, links: ManyToManyField, field: Field, sets: tuple[str, tuple]) -> tuple[str, tuple]:
    """Return the SQL that counts the rows of sets of links by what the linked public records have, each row once."""
    (text, params), (values, params_of_values) = sets, linked_values(links, field)
    return (
        f"SELECT '{name}', code::text, sum(number)::bigint FROM ("  # noqa: S608 - our own words
        f"SELECT DISTINCT others, number, code FROM {text}, unnest(others) AS link (pk) "
        f"JOIN ({values}) AS linked (pk, code) USING (pk)"
        ") AS it GROUP BY code HAVING sum(number) <> 0"
    ), params + params_of_values


@cache
def linked_values(links: ManyToManyField, field: Field) -> tuple[str, tuple]:
    """Return the SQL of what the public records at the other end of links have; it is the same for every request."""
    records = links.related_model._default_manager.published().order_by()
    return records.values_list("pk", field.name).query.sql_with_params()


def sets_name(links: ManyToManyField, selection: str) -> str:
    """Return the name that the sets of links of a selection have in a statement."""
    return f"{links.name}_of_{selection}"
