"""``manage.py recount``: compare the kept counts with the rows, and correct those that differ."""

from django.core.management.base import BaseCommand

from pkportal.content.kept_counts import correct_counts
from pkportal.content.timeouts import long_statements


class Command(BaseCommand):
    """Corrects what changed while triggers were switched off; else it finds nothing. Writers wait meanwhile."""

    help = "Compare the kept counts with the rows that they count, and correct those that differ."

    def handle(self, *args, **options):
        """Say for each table how many counts were wrong."""
        with long_statements():
            wrong = correct_counts()
        for table, number in wrong.items():
            self.stdout.write(f"{table}: {number} corrected" if number else f"{table}: right")
