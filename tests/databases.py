"""Databases of a test run: one is migrated, every other is a copy of it."""

import contextlib

from django.core.management import call_command
from django.db import connection


@contextlib.contextmanager
def used(name):
    """Connect to another database for a while."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def copied(name, template):
    """Make a database as a copy of another to which nobody is connected."""
    with connection._nodb_cursor() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def dropped(name):
    with connection._nodb_cursor() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def template_of(run):
    """Return the name of the migrated database that all workers of one test run copy; the first of them makes it.

    The others wait at a lock of the server. A comment on the database says for which run it is complete.
    """
    name = f"test_{connection.settings_dict['NAME']}_template"
    with connection._nodb_cursor() as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])  # held until this connection ends
        server.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        if server.fetchone() != (run,):
            copied(name, "template0")
            with used(name):
                call_command("migrate", verbosity=0)
            server.execute(f"COMMENT ON DATABASE \"{name}\" IS '{run}'")
    return name
