"""``manage.py release``: make a release of the whole public record, for everybody to download."""

from django.core.management.base import BaseCommand

from pkportal.website.releases.making import make_release
from pkportal.website.releases.texts import NOT_CARRIED


class Command(BaseCommand):
    """Makes the next release and stores it in the database; those before are kept."""

    help = (
        "Make the next release of the whole public record: every table as CSV, SQLite and a Frictionless data package, "
        f"stored in the database and shown on the data page. {NOT_CARRIED}"
    )

    def add_arguments(self, parser):
        """Take what readers are told of the release."""
        parser.add_argument("--notes", default="", metavar="TEXT", help="what readers are told of this release")

    def handle(self, *args, notes, verbosity, **options):
        """Make the release, and say what it is."""
        release = make_release(notes)
        if not verbosity:
            return
        self.stdout.write(f"Release {release.version}: {release.size / 1e6:.1f} MB, SHA-256 {release.sha256}")
        for name, (rows, *changed) in release.counts.items():
            differing = ", {} added, {} changed, {} removed".format(*changed) if any(changed) else ""
            self.stdout.write(f"{name}: {rows} rows{differing}")
        self.stdout.write(f"{NOT_CARRIED} manage.py backup keeps those too.")
