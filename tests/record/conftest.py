"""Tests on the whole real record, loaded once into a database of its own."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests import databases


@pytest.fixture(scope="session")
def full_database(django_db_setup, django_db_blocker):
    """Load the fixtures into a copy of the empty test database, as a new portal does."""
    empty = connection.settings_dict["NAME"]
    full = f"{empty}_full"
    with django_db_blocker.unblock():
        connection.close()
        databases.copied(full, empty)
        with databases.used(full):
            call_command("load", "fixtures", verbosity=0)
        yield full
        databases.dropped(full)


@pytest.fixture(scope="module", autouse=True)
def the_record(full_database, django_db_blocker):
    """Let the tests of a module work on the whole record; each is undone as usual."""
    with django_db_blocker.unblock(), databases.used(full_database):
        yield
