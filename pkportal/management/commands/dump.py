"""``manage.py dump DIR``: write all records as CSV; the same records give the same bytes."""

from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from pkportal.exchange.exporting import csv_lines
from pkportal.exchange.registry import resources_by_name

NOT_CARRIED = (
    "Accounts, change sets, history, the log, releases, and who checked a record and against what, are not in these "
    "files: manage.py backup keeps them too."
)


class Command(BaseCommand):
    """Write one CSV file for each table, drafts included, in the order of the natural keys."""

    help = f"Write all records to DIR as CSV, drafts included; load takes the files back without loss. {NOT_CARRIED}"

    def add_arguments(self, parser):
        """Declare the folder to write to."""
        parser.add_argument("folder", metavar="DIR")

    def handle(self, *args, folder, verbosity, **options):
        """Write all files from one snapshot of the database."""
        if not folder:
            raise CommandError("DIR is blank. Name a folder; the one you are in is “.”.")
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            with snapshot():
                for name, resource_class in resources_by_name().items():
                    count = write_file(Path(folder, f"{name}.csv"), resource_class)
                    if verbosity:
                        self.stdout.write(f"{Path(folder, name)}.csv: {count}")
        except OSError as error:
            raise CommandError(f"{error.filename or folder} cannot be written to: {error.strerror}.") from None
        if verbosity:
            self.stdout.write(NOT_CARRIED)


@contextmanager
def snapshot():
    """Read every table as it was at the first query: later changes by others are not seen."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:  # an outer transaction has a snapshot of its own
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def write_file(path: Path, resource_class) -> int:
    """Write one file and return the number of its rows; if interrupted, the previous file stays."""
    records = resource_class._meta.model._base_manager.order_by(*resource_class.key_order())
    part = path.with_suffix(".part")
    with open(part, "w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(resource_class, records, public=False))
    part.replace(path)
    return records.count()
