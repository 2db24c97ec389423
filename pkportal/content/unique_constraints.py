"""Unique constraints of records are checked at the end of a statement, so that rows can swap values in one.

A transaction may put that off, where rows that swap values are saved one by one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

from .models import Record
from .registry import models_with

IMMEDIATE = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = to_regclass(%s) AND contype = 'u' AND NOT condeferrable
"""
DEFERRABLE = """
SELECT string_agg(quote_ident(conname), ', ') FROM pg_constraint
WHERE connamespace = current_schema()::regnamespace AND contype = 'u' AND condeferrable
"""


def make_deferrable(app_config: Any, using: str = "default", **kwargs: Any) -> None:
    """Let the unique constraints of an app's records be checked at the end of a statement: ``post_migrate`` calls it.

    In place of ``ALTER CONSTRAINT``, which PostgreSQL has for foreign keys only, each is made anew.
    """
    quote = connections[using].ops.quote_name
    for model in (model for model in models_with(Record) if model._meta.app_label == app_config.label):
        table = quote(model._meta.db_table)
        with connections[using].cursor() as cursor:
            cursor.execute(IMMEDIATE, [table])
            for name, definition in cursor.fetchall():
                anew = f"ADD CONSTRAINT {quote(name)} {definition} DEFERRABLE INITIALLY IMMEDIATE"
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {quote(name)}, {anew}")


def check_deferred() -> None:
    """Check what a transaction left for its end. Raises ``IntegrityError``; what follows is checked as before."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        set_unique(cursor, "IMMEDIATE")


@contextmanager
def unique_at_the_end() -> Iterator[None]:
    """Let records have the same values until the end. Raises ``IntegrityError`` then."""
    with connection.cursor() as cursor:
        set_unique(cursor, "DEFERRED")
        yield
        set_unique(cursor, "IMMEDIATE")


def set_unique(cursor: Any, when: str) -> None:
    """Let the unique constraints of records be checked with each statement, or at the end of the transaction."""
    cursor.execute(DEFERRABLE)
    ((names,),) = cursor.fetchall()
    if names:  # a database that was not migrated since has none
        cursor.execute(f"SET CONSTRAINTS {names} {when}")
