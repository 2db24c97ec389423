"""Pages that fail because the database is busy: the reader is told in the portal's frame, and when to come back."""

from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from missions.models import Mission
from pkportal.content.timeouts import LONG_LIMITS, PAGE_LIMITS, _limit_connection, long_statements

pytestmark = pytest.mark.django_db


def limits():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'current_setting($${name}$$)' for name in PAGE_LIMITS)}")
        return dict(zip(PAGE_LIMITS, cursor.fetchone(), strict=True))


@contextmanager
def locked(model):
    """Hold a table in another session, so that nobody else can read it."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with psycopg.connect(**parameters) as other:
        other.execute(f"LOCK TABLE {model._meta.db_table}")
        yield
        other.rollback()


def test_page_of_a_locked_table_is_interrupted_and_says_when_to_come_back(client):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")

    with locked(Mission):
        page = client.get("/missions/")

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "10"
    assert "Not available at the moment" in page.text
    assert "site.css" in page.text


def test_served_connection_has_limits_and_an_import_has_longer_ones():
    _limit_connection(connection)
    assert limits() == {
        "statement_timeout": "10s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "1min",
    }

    with long_statements():
        assert limits() == LONG_LIMITS

    assert limits()["statement_timeout"] == "10s"
