"""``manage.py load PATH...``: import CSV files, all of them or none."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pkportal.exchange.bundles import unpacked
from pkportal.exchange.csv_file import UnreadableFile
from pkportal.exchange.loading import load_files

NOT_BROUGHT = (
    "Files bring rows: accounts, change sets, the history and who checked a record stay with the portal that they come "
    "from, and from a release come public rows alone. manage.py restore brings back all of a backup."
)


class Command(BaseCommand):
    """Import CSV files; each is named after its table, such as missions.csv or contributions.csv."""

    help = (
        "Load CSV files, folders of them or the zip file of a release; one bad row, and nothing is stored. "
        f"{NOT_BROUGHT}"
    )

    def add_arguments(self, parser):
        """Declare the files and folders, and the dry run."""
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="print what would change, and change nothing")

    def handle(self, *args, paths, dry_run, verbosity, **options):
        """Print for each file what is new, changed and unchanged, and what is strange; or every refusal, and fail."""
        try:
            with unpacked(paths) as files:
                results = load_files(files, dry_run)
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        refusals = [refusal for result in results for refusal in result.refusals]
        for refusal in refusals:
            self.stderr.write(str(refusal))
        if refusals:
            raise CommandError(f"Nothing was stored: {len(refusals)} refused.")
        for result in results:
            if verbosity:
                self.stdout.write(str(result))
                for conversion in result.conversions:
                    self.stdout.write(f"{result.file}, {conversion}")
        for result in results if verbosity else ():
            for number, question in result.asked:
                self.stdout.write(f"{result.file}, row {number}: {question}")
        if verbosity and any(Path(path).is_dir() or path.endswith(".zip") for path in paths):
            self.stdout.write(NOT_BROUGHT)
        if dry_run and verbosity:
            self.stdout.write("Dry run: nothing was stored.")
