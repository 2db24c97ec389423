"""The content version: it changes in the same transaction as any record, so pages can be stored and never be stale.

The migration ``0002_content_version`` has the tables and functions, and says why they are as they are.
"""

from typing import NamedTuple

import psycopg
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from psycopg import sql

from .models import Publishable, Record
from .registry import models_with

EDITION = "pkportal.edition"  # key of the WSGI environment: what the server keeps while the content stays as it is
WRITER_LOCK = 8021949  # of pk_content_changed()
TRIGGER = """
CREATE TRIGGER pk_content_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION pk_content_changed()
"""
WATCHED_TABLES = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'pk_content_changed'"

IS_WRITTEN = """
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND objsubid = 1
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
"""
VERSION = "SELECT pk_content_version()"
UNCOUNTED = "SELECT set_config('pk.content_changed_by', pg_current_xact_id()::text, true)"
VERSION_AND_LEASE = "SELECT pk_content_version(), (SELECT lease_seconds FROM pk_content_lease)"

NOT_YET_PUBLIC = sql.SQL("SELECT min(published_at) AS due FROM {} WHERE status = 'published' AND published_at > now()")
NEXT_PUBLICATION = sql.SQL(
    "SELECT extract(epoch FROM min(due))::float, extract(epoch FROM min(due) - now())::float FROM ({}) each"
)


class NextPublication(NamedTuple):
    """When the next record appears whose time has not come yet, as a Unix time, and in how many seconds that is."""

    at: float | None
    seconds: float | None


class Lease(NamedTuple):
    """A version that cannot change for some seconds, which count from before the lease was asked for."""

    version: int
    seconds: float


def read_version(connection: psycopg.Connection) -> int:
    """Return the content version as the connection sees it now."""
    (version,) = _row(connection, VERSION)
    return version


def read_lease(connection: psycopg.Connection) -> Lease | None:
    """Return the version with its lease, or nothing while somebody writes content.

    The order matters: first whether a writer is at work, then the version. A writer who came after the first question
    commits no sooner than the lease ends. Locks are seen only on the server that has them: a replica has no leases.
    """
    (is_written,) = _row(connection, IS_WRITTEN, [WRITER_LOCK])
    return None if is_written else Lease(*_row(connection, VERSION_AND_LEASE))


def leave_uncounted(cursor: CursorWrapper) -> None:
    """Let the content version stay whatever this transaction writes, which must be taken back in the end.

    So it holds up no lease, and takes no number that a real change would take again.
    """
    cursor.execute(UNCOUNTED)


def fold_changes(connection: psycopg.Connection) -> None:
    """Make one row of the many that content transactions have left; the version stays."""
    connection.execute("SELECT pk_fold_content_changes()")


def next_publication(connection: psycopg.Connection) -> NextPublication:
    """Return when the next published record appears whose time has not come yet, if there is one."""
    tables = [sql.Identifier(model._meta.db_table) for model in models_with(Publishable)]
    waiting = sql.SQL(" UNION ALL ").join(NOT_YET_PUBLIC.format(table) for table in tables)
    return NextPublication(*_row(connection, NEXT_PUBLICATION.format(waiting)))


def _row(connection, query, parameters=()):
    (row,) = connection.execute(query, parameters)
    return row


def watch_content(app_config, using="default", **kwargs):
    """Let every table of records and of their links change the version: receiver of ``post_migrate``, for each app."""
    models = [model for model in models_with(Record) if model._meta.app_label == app_config.label]
    with connections[using].cursor() as cursor:
        cursor.execute(WATCHED_TABLES)
        watched = {table for (table,) in cursor.fetchall()}
        for table in (table for model in models for table in tables_of(model)):
            if table not in watched:
                cursor.execute(TRIGGER.format(table=connections[using].ops.quote_name(table)))


def tables_of(model: type[Model]) -> list[str]:
    """Return the table of a model and the tables of its many-to-many links."""
    return [model._meta.db_table, *(field.m2m_db_table() for field in model._meta.local_many_to_many)]
