"""``manage.py recount``: compare the kept counts and sets of links with the rows, and correct those that differ."""

from django.core.management.base import BaseCommand

from pkportal.content.kept_counts import correct_counts
from pkportal.content.link_sets import correct_link_sets
from pkportal.content.timeouts import long_statements


class Command(BaseCommand):
    """Corrects what changed while triggers were switched off; else it finds nothing. Writers wait meanwhile."""

    help = "Compare the kept counts and sets of links with the rows that they are of, and correct those that differ."

    def handle(self, *args, **options):
        """Say for each table how many counts or sets were wrong."""
        with long_statements():
            wrong = correct_link_sets() | correct_counts()
        for table, number in wrong.items():
            self.stdout.write(f"{table}: {number} corrected" if number else f"{table}: right")
