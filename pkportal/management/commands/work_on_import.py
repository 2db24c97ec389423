"""``manage.py work_on_import ID``: the process that reads or stores a large file; the admin starts it."""

from django.core.management.base import BaseCommand

from pkportal.changes.import_work import work_in_this_process


class Command(BaseCommand):
    """Works on one imported file until it is done, and writes down in its row how far it has come."""

    help = "Read or store a large file that waits in the admin, which starts this by itself."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Take the file."""
        parser.add_argument("pk", type=int, metavar="ID")

    def handle(self, *, pk, **options):
        """Work on the file."""
        work_in_this_process(pk)
