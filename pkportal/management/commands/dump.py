"""``manage.py dump DIR``: write the whole record as CSV, the same bytes for the same record."""

from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from pkportal.exchange.exporting import csv_lines
from pkportal.exchange.registry import resources_by_name


class Command(BaseCommand):
    """Write one CSV file a kind of record, drafts included, in the order of their natural keys."""

    help = "Write every kind of record to DIR as CSV, drafts included; load takes the files back without loss."

    def add_arguments(self, parser):
        """Take the folder to write to."""
        parser.add_argument("folder", metavar="DIR")

    def handle(self, *args, folder, verbosity, **options):
        """Write all files as of one moment, or say why nobody can."""
        if not folder:
            raise CommandError("DIR is blank. Name a folder; the one you are in is “.”.")
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            with one_moment():
                for name, rows in resources_by_name().items():
                    number = write(Path(folder, f"{name}.csv"), rows)
                    if verbosity:
                        self.stdout.write(f"{Path(folder, name)}.csv: {number}")
        except OSError as error:
            raise CommandError(f"{error.filename or folder} cannot be written to: {error.strerror}.") from None


@contextmanager
def one_moment():
    """Read every table as it stood at the first question, whatever others store meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:  # within another transaction the moment is that one's
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def write(path, rows):
    """Write one file and give the number of its rows; whoever is interrupted keeps the file that was there."""
    records = rows._meta.model._base_manager.order_by(*rows.key_order())
    part = path.with_suffix(".part")
    with open(part, "w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(rows, records, public=False))
    part.replace(path)
    return records.count()
