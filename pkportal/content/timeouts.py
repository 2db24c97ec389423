"""Time limits of database statements: a page is interrupted before it holds up others, an import may take longer."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created

PAGE_LIMITS = {
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
}
LONG_LIMITS = {
    "statement_timeout": "10min",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "10min",
}


def limit_statements() -> None:
    """Limit the statements of every connection that this process opens from now on, as a server of pages must."""
    connection_created.connect(_limit_connection, dispatch_uid="pkportal.content.timeouts")


def _limit_connection(connection, **kwargs):
    with connection.cursor() as cursor:
        _set_limits(cursor, PAGE_LIMITS)


def wait_for_locks() -> None:
    """Let long statements of this process wait for a lock for as long as they may take: no page waits for them."""
    LONG_LIMITS["lock_timeout"] = LONG_LIMITS["statement_timeout"]


@contextmanager
def long_statements() -> Iterator[None]:
    """Give the statements of this block the time that an import or a large file needs."""
    with connection.cursor() as cursor:
        before = _set_limits(cursor, LONG_LIMITS)
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:  # a transaction that failed ends them itself
            _set_limits(cursor, before)


def _set_limits(cursor, limits):
    """Set some limits for the session, and return what they were."""
    settings = ", ".join(f"current_setting('{name}'), set_config('{name}', %({name})s, false)" for name in limits)
    cursor.execute(f"SELECT {settings}", limits)
    return dict(zip(limits, cursor.fetchone()[::2], strict=True))
