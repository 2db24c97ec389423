"""``manage.py backup [DIR]``: write the whole database to one file: the record, accounts, history and the log."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from pkportal.management.backups import backup_name, backups_before, parse_age
from pkportal.management.client_programs import run_client_program

DEFAULT_FOLDER = settings.BASE_DIR / "backups"
# Who holds a session's key is signed in: a backup is no place for keys, and a restored database asks to sign in again.
WITHOUT = ["--exclude-table-data=public.django_session"]

NOT_KEPT = (
    "Not in it: sessions (everybody signs in again), files that wait for their import, and what is outside of the "
    "database: the variables of the environment, SECRET_KEY among them."
)


class Command(BaseCommand):
    """Writes one snapshot under a temporary name and renames it: a backup under its own name is complete."""

    help = (
        f"Write the whole database to one file in DIR: the record, accounts, history, releases and the log. {NOT_KEPT}"
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Take the folder and the age of backups to remove."""
        parser.add_argument("folder", nargs="?", metavar="DIR", help="the folder; else backups/ beside manage.py")
        parser.add_argument(
            "--keep", type=parse_age, metavar="AGE", help="then remove backups that are older than 12h, 30d or 8w"
        )

    def handle(self, *args, folder, keep, verbosity, **options):
        """Write a backup, then remove those that are too old."""
        now = datetime.now(UTC)
        database = connection.settings_dict["NAME"]
        try:
            path = writable_folder(folder) / backup_name(database, now)
            write_backup(path)
            removed = [*backups_before(path.parent, database, now - keep)] if keep else []
            for old in removed:
                old.unlink()
        except OSError as error:
            raise CommandError(f"{error.filename or folder} cannot be written: {error.strerror}.") from None
        if verbosity:
            self.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
            self.stdout.write(NOT_KEPT)
            self.stdout.writelines(f"Removed {old}" for old in removed)


def writable_folder(name: str | None) -> Path:
    """Return the folder, which must exist if it is named: it may be on a disk that is not mounted."""
    if name is None:
        DEFAULT_FOLDER.mkdir(mode=0o700, exist_ok=True)
        return DEFAULT_FOLDER
    if not name or not Path(name).is_dir():
        raise CommandError(f"There is no folder “{name}”. Make it, or mount the disk that it is on.")
    return Path(name)


def write_backup(path: Path) -> None:
    """Write a file that only its owner can read: it holds the accounts."""
    part = path.with_name(f"{path.name}.part")
    part.touch(mode=0o600, exist_ok=False)
    try:
        options = ["--format=custom", "--no-owner", "--no-privileges", *WITHOUT, f"--file={part.absolute()}"]
        run_client_program("pg_dump", *options)
        part.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()
