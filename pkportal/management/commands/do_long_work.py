"""``manage.py do_long_work KIND ID``: the process that does what takes long with a file or a change set."""

from django.core.management.base import BaseCommand

from pkportal.changes.import_work import IMPORT_WORK
from pkportal.changes.long_work import work_in_this_process
from pkportal.changes.publishing_work import PUBLISHING_WORK

KINDS = {work.name: work for work in (IMPORT_WORK, PUBLISHING_WORK)}


class Command(BaseCommand):
    """Does one piece of long work until it is done, and writes down in its row how far it has come."""

    help = "Do what takes long with a file or a change set; the portal starts this by itself."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Take the kind of work, and the primary key of its row."""
        parser.add_argument("kind", choices=KINDS, metavar="KIND")
        parser.add_argument("pk", type=int, metavar="ID")

    def handle(self, *, kind, pk, **options):
        """Do the work."""
        work_in_this_process(KINDS[kind], pk)
