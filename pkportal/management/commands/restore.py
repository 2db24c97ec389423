"""``manage.py restore FILE``: fill an empty database from a backup."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from pkportal.management.backups import migrations_in, unknown_migrations
from pkportal.management.client_programs import run_client_program
from pkportal.management.commands.up import lock_database


class Command(BaseCommand):
    """Restores in one transaction, so that a damaged file changes nothing; then migrates an older backup."""

    help = "Fill an empty database from a file that backup wrote. All of it is restored, or nothing."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Take the file."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args, file, verbosity, **options):
        """Refuse a file or a database that does not fit, restore, and migrate."""
        check_readable(file)
        lock_database()  # against an “up” that migrates
        check_is_empty()
        migrations = migrations_in(file)
        if "sources" not in {app for app, _name in migrations}:
            raise CommandError(f"{file} is a backup, but not of a portal of version 0.9.0 or newer.")
        if unknown := unknown_migrations(migrations):
            raise CommandError(f"{file} is of a newer version. Install that version. Not known: {', '.join(unknown)}.")
        arguments = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(file)]
        run_client_program("pg_restore", *arguments)
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # a backup has no statistics, and without them the first queries are slow
        if verbosity:
            self.stdout.write(f"Restored {file}. Everybody must sign in again.")


def check_readable(file: Path) -> None:
    """Raise ``CommandError`` if a file cannot be read."""
    try:
        with open(file, "rb"):
            pass
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def check_is_empty() -> None:
    """Raise ``CommandError`` for a database that has tables: nothing that is there is ever replaced."""
    with connection.cursor() as cursor:
        if not connection.introspection.table_names(cursor):
            return
    if connection.settings_dict["ENGINE"] == "pkportal.embedded":
        how = f"stop the portal, run manage.py down, and give {connection.settings_dict['DATA_DIR']} another name"
    else:
        how = "make a new, empty database (CREATE DATABASE) and name it in DATABASE_URL"
    raise CommandError(
        f"The database “{connection.settings_dict['NAME']}” is not empty, and was not changed. To restore, {how}; "
        "then run manage.py restore again."
    )
