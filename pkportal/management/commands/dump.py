"""``manage.py dump DIR``: write the whole record as CSV, the same bytes for the same record."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from pkportal.exchange.files import csv_lines
from pkportal.exchange.registry import tables


class Command(BaseCommand):
    """Write one CSV file a kind of record, drafts included, in the order of their natural keys."""

    help = "Write every kind of record to DIR as CSV, drafts included; load takes the files back without loss."

    def add_arguments(self, parser):
        """Take the folder to write to."""
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args, folder, verbosity, **options):
        """Write all files as of one moment."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written to: {error.strerror}.") from None
        with transaction.atomic():
            for name, rows in tables().items():
                records = rows._meta.model._base_manager.order_by(*rows.key_order())
                with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
                    file.writelines(csv_lines(rows, records, public=False))
                if verbosity:
                    self.stdout.write(f"{folder / name}.csv: {records.count()}")
