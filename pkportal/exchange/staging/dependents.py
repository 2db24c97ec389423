"""Records that depend on others: those that link to one which is to be deleted."""

from collections.abc import Iterator
from typing import Any

from .sql import db_name


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
