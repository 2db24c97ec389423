"""Locks of tables that writers of single records take before any row, in the order in which imports take theirs."""

from typing import Any

from django.db import connection


def begin_writing(model: Any) -> None:
    """Wait for an import that holds the table of a model, inside a transaction.

    Whoever locks a row first and needs the table after it waits for the import, which may wait for the row.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN ROW EXCLUSIVE MODE")
