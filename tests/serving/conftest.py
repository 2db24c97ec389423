"""The portal as ``manage.py up`` serves it, on a copy of the record, for tests that stop and hold what they can."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from pkportal.serving.sessions import signature
from tests.served import database, served


@pytest.fixture(scope="session")
def served_database(record_database, django_db_blocker):
    """Return the address of a database with the record, for DATABASE_URL."""
    name = f"test_{connection.settings_dict['NAME'].removeprefix('test_')}_serving"
    with django_db_blocker.unblock(), database(name, record_database) as url:
        with psycopg.connect(url) as connected:
            connected.execute("UPDATE pk_content_lease SET lease_seconds = 0.1")
        yield url


@pytest.fixture(scope="session")
def portal_log(tmp_path_factory):
    """Return the file with the log of the portal."""
    return tmp_path_factory.mktemp("serving") / "log"


@pytest.fixture(scope="session")
def portal(served_database, portal_log):
    """Return the address of a portal with two workers."""
    with served(served_database, portal_log, WORKERS="2", LOG_FORMAT="json") as address:
        yield address


@pytest.fixture(scope="session")
def signed_cookie():
    """Return the cookie of somebody who signed in once."""
    text = "0" * 20
    return f"{settings.SESSION_COOKIE_NAME}={text}{signature(text, settings.SECRET_KEY)}"
