"""Records that depend on others: those that link to one which is to be deleted."""

from collections.abc import Iterator
from typing import Any

from .sql import db_name, literal, run_sql

MOST_NAMED = 5  # of the records that depend on one


def depend_on(model: Any, table: str) -> Iterator[str]:
    """Yield the conditions that others link to a record d of a table of those which go, and do not go themselves."""
    for relation in model._meta.related_objects:
        field = relation.field
        if relation.many_to_many:
            linking, column, own = field.m2m_db_table(), field.m2m_reverse_name(), field.m2m_column_name()
        elif field.db_constraint:  # past states have none
            meta = relation.related_model._meta
            linking, column, own = meta.db_table, field.column, meta.pk.column
        else:
            continue
        too = f"AND r.{db_name(own)} NOT IN (SELECT pk FROM {table})" if relation.related_model is model else ""
        yield f"EXISTS (SELECT FROM {db_name(linking)} r WHERE r.{db_name(column)} = d.pk {too})"


def named_dependents(model: Any, needed: str, gone: str) -> dict[str, list[str]]:
    """Return the references of records on which others depend that do not go, each with some of these.

    ``needed`` is the query of the records, ``gone`` the table of all that go.
    """
    found: dict[str, list[str]] = {}
    for relation in model._meta.related_objects:
        field, meta = relation.field, relation.related_model._meta
        if not relation.many_to_many and not field.db_constraint:
            continue
        own = db_name(meta.pk.column)
        links = f"{db_name(meta.db_table)} n"
        column = db_name(field.column) if field.column else ""
        condition = f"n.{column} = d.pk"
        if relation.many_to_many:
            links += f" JOIN {db_name(field.m2m_db_table())} r ON r.{db_name(field.m2m_column_name())} = n.{own}"
            condition = f"r.{db_name(field.m2m_reverse_name())} = d.pk"
        too = f"AND n.{own} NOT IN (SELECT pk FROM {gone})" if relation.related_model is model else ""
        names = [it.name for it in meta.concrete_fields]
        name = (
            f"n.{db_name(meta.get_field('reference').column)}"
            if "reference" in names
            else literal(str(meta.verbose_name))
        )
        query = f"""
            SELECT d.reference, (array_agg(DISTINCT {name}::text ORDER BY {name}::text))[:{MOST_NAMED}]
            FROM {needed} d JOIN {links} ON {condition} {too} GROUP BY 1
        """
        for reference, dependents in run_sql(query):
            found[reference] = [*found.get(reference, []), *dependents][:MOST_NAMED]
    return found
