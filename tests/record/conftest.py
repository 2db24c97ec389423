"""Tests on the whole real record, loaded once into a database of its own."""

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.fixture(scope="session")
def full_database(django_db_setup, django_db_blocker):
    """Load the fixtures into a copy of the empty test database, as a new portal does."""
    empty = connection.settings_dict["NAME"]
    full = f"{empty}_full"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{full}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{full}" TEMPLATE "{empty}"')
        use(full)
        call_command("load", "fixtures", verbosity=0)
        use(empty)
        yield full
        with connection._nodb_cursor() as server:
            server.execute(f'DROP DATABASE "{full}" WITH (FORCE)')


@pytest.fixture(scope="module", autouse=True)
def the_record(full_database, django_db_blocker):
    """Let the tests of a module work on the whole record; each is undone as usual."""
    empty = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        use(full_database)
        yield
        use(empty)


def use(name):
    connection.close()
    connection.settings_dict["NAME"] = name
