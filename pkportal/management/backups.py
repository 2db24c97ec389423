"""Backups: the whole database in one file, named for when it was made, and the age at which it is removed."""

import re
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from pkportal.management.client_programs import run_client_program

UNITS = {"h": "hours", "d": "days", "w": "weeks"}
TIME_FORMAT = "%Y-%m-%dT%H%M%SZ"  # no colons, which Windows forbids


def parse_age(text: str) -> timedelta:
    """Parse an age like 12h, 30d or 8w."""
    if not (parts := re.fullmatch(r"([1-9]\d{0,4})([hdw])", text)):
        raise ArgumentTypeError(f"“{text}” is not an age: write hours, days or weeks, like 12h, 30d or 8w")
    number, unit = parts.groups()
    return timedelta(**{UNITS[unit]: int(number)})


def backup_prefix(database: str) -> str:
    """Return how the files of one database begin: portals may share a folder, and each removes only its own."""
    return f"{re.sub(r'[^A-Za-z0-9_]', '_', database)}-"


def backup_name(database: str, moment: datetime) -> str:
    """Return the name of a backup made at a moment."""
    return f"{backup_prefix(database)}{moment.astimezone(UTC):{TIME_FORMAT}}.dump"


def backups_before(folder: Path, database: str, moment: datetime) -> Iterator[Path]:
    """Yield the backups of a database that were made before a moment, and what is left of killed ones; by name."""
    prefix = backup_prefix(database)
    for path in sorted(folder.iterdir()):
        if path.name.startswith(prefix):
            try:
                made = datetime.strptime(path.name.removeprefix(prefix).removesuffix(".part"), f"{TIME_FORMAT}.dump")
            except ValueError:
                continue
            if made.replace(tzinfo=UTC) < moment:
                yield path


def migrations_in(backup: Path) -> set[tuple[str, str]]:
    """Return the migrations of the database in a backup, as pairs of app and name."""
    arguments = ["--data-only", "--schema=public", "--table=django_migrations", "--file=-", str(backup)]
    sql = run_client_program("pg_restore", *arguments, connected=False)
    rows = re.search(r"^COPY public\.django_migrations \(id, app, name, .*? FROM stdin;\n(.*?)^\\\.$", sql, re.M | re.S)
    fields = [line.split("\t") for line in rows[1].splitlines()] if rows else []
    return {(app, name) for _id, app, name, *_rest in fields}


def unknown_migrations(migrations: set[tuple[str, str]]) -> list[str]:
    """Return the migrations that this version of the portal does not have: a newer one wrote them."""
    known = MigrationLoader(None).disk_migrations
    ours = {config.label for config in apps.get_app_configs()}
    return sorted(f"{app}.{name}" for app, name in migrations if app in ours and (app, name) not in known)
