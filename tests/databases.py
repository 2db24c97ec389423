"""Databases of a test run: one is migrated, every other is a copy of it."""

import contextlib

from django.apps import apps
from django.core.management import call_command
from django.db import connection

PREFIX = f"test_{connection.settings_dict['NAME']}"  # before the tests' own databases have their names


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


def emptied(*models):
    """Delete all rows of some models and of their links, with their history: what a test committed."""
    for model in models:
        model.objects.all().delete()
    links = [field.remote_field.through for model in models for field in model._meta.many_to_many]
    for history in apps.get_models():
        tracked = getattr(history, "pgh_tracked_model", None)
        if tracked and tracked._meta.concrete_model in [*models, *links]:  # links are tracked by a proxy
            history.objects.all().delete()


def copied(name, template, options=""):
    """Make a database as a copy of another to which nobody is connected."""
    dropped(name)
    with connection._nodb_cursor() as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {options}')


def dropped(name):
    """Drop a database, whoever of this role is connected to it.

    `WITH (FORCE)` is refused while the server itself vacuums the database, because the superuser does that;
    without it, the server stops its own vacuum.
    """
    with connection._nodb_cursor() as server:
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')


def migrated(run):
    """Return the name of a migrated database, which every worker copies."""
    return shared("template", run, lambda: call_command("migrate", verbosity=0))


def loaded(run):
    """Return the name of a database with the whole record, which every worker copies."""
    empty = connection.settings_dict["NAME"]
    connection.close()
    return shared("record", run, lambda: call_command("load", "fixtures", verbosity=0), template=empty)


def drop_shared():
    """Drop the databases that workers copied."""
    for name in ["template", "record"]:
        dropped(f"{PREFIX}_{name}")


def shared(name, run, fill, template="template0"):
    """Return the name of a database that all workers of one test run copy; the first of them makes and fills it.

    The others wait at a lock of the server. A comment on the database says for which run it is complete.
    """
    name = f"{PREFIX}_{name}"
    with connection._nodb_cursor() as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])  # held until this connection ends
        server.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        if server.fetchone() != (run,):
            copied(name, template)
            with used(name):
                fill()
            server.execute(f"COMMENT ON DATABASE \"{name}\" IS '{run}'")
    return name
