"""``manage.py prune_audit FILE``: move what is old in the audit log to a file."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from pkportal.editorial.audit import csv_of, old_rows, remove_old_rows
from pkportal.management.backups import parse_age


class Command(BaseCommand):
    """Writes a file that only its owner can read, then removes exactly what is in it."""

    help = (
        "Write what accounts did before an age ago to FILE as CSV, and remove it from the audit log: sign-ins with "
        "their networks, exports, imports, edits. What was done with change sets stays, as history does."
    )

    def add_arguments(self, parser):
        """Take the file and the age."""
        parser.add_argument("file", metavar="FILE", help="the file, which must not exist yet")
        parser.add_argument("--older-than", type=parse_age, metavar="AGE", required=True, help="such as 400d or 52w")

    @transaction.atomic
    def handle(self, *args, file, older_than, **options):
        """Write the file, then remove the rows; if the file cannot be written, nothing is removed."""
        before = timezone.now() - older_than
        try:
            path = Path(file)
            path.touch(mode=0o600, exist_ok=False)
            with path.open("w", encoding="utf-8", newline="") as lines:
                lines.writelines(csv_of(old_rows(before)))
                lines.flush()
                os.fsync(lines.fileno())
        except FileExistsError:
            raise CommandError(f"{file} is there already: name a new file.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
        number = remove_old_rows(before, path.name)
        self.stdout.write(f"{number} rows from before {before:%-d %B %Y} are in {file}, and no more in the audit log.")
