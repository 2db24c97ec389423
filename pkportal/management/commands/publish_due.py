"""``manage.py publish_due``: publish what is approved for a time that has come."""

from django.core.management.base import BaseCommand

from pkportal.changes.schedule import publish_due


class Command(BaseCommand):
    """Publishes what is due, and says what is not published and why."""

    help = "Publish what is approved and due. manage.py up does this each minute; else let cron do it."

    def handle(self, **options):
        """Print a line for each change set that was due."""
        for change_set, reasons, is_started in publish_due():
            if reasons:
                self.stderr.write(f"{change_set} was not published: {' '.join(reasons)}")
            elif is_started:
                self.stdout.write(f"{change_set} is large: a process of its own publishes it.")
            else:
                self.stdout.write(f"{change_set} was published.")
