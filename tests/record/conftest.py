"""Tests on the whole real record, loaded once into a database of its own."""

import pytest
from django.db import connection

from tests import databases


@pytest.fixture(scope="session")
def full_database(record_database, django_db_blocker):
    """Lend a copy of the whole record."""
    full = f"{connection.settings_dict['NAME']}_full"
    with django_db_blocker.unblock():
        databases.copied(full, record_database)
        yield full
        databases.dropped(full)


@pytest.fixture(scope="module", autouse=True)
def the_record(full_database, django_db_blocker):
    """Let the tests of a module work on the whole record; each is undone as usual."""
    with django_db_blocker.unblock(), databases.used(full_database):
        yield
