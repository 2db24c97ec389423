"""``manage.py load PATH...``: import files, all of them or none."""

import sys
from operator import attrgetter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pkportal.exchange.bundles import unpacked
from pkportal.exchange.files_on_disk import LoadOptions
from pkportal.exchange.load_answers import (
    add_answers,
    add_reading,
    cell_answers_of,
    mapping_of,
    note_with_answer,
    question_with_answers,
    reading_of,
)
from pkportal.exchange.loading import load_files
from pkportal.exchange.progress_line import ProgressLine
from pkportal.exchange.reading import Undecided, UnreadableFile
from pkportal.exchange.row_names import row_in_words

MOST_LINES = 30  # of a list about a file
ALL = 2  # the verbosity with which lists are printed to their end
NOT_BROUGHT = (
    "Files bring rows: accounts, change sets, the history and who checked a record stay with the portal that they come "
    "from, and from a release come public rows alone. manage.py restore brings back all of a backup."
)


class Command(BaseCommand):
    """Import files; what records each has is read from its name, such as missions.csv, or else from its header."""

    help = (
        "Load files (.csv, .tsv, .txt, .xlsx, .ods, .xls, .json, .jsonl; texts also as .gz), folders of "
        "tables, or the zip file of a list or a release; "
        "one bad row, and nothing is stored. "
        f"{NOT_BROUGHT}"
    )

    def add_arguments(self, parser):
        """Declare the files and folders, and the dry run."""
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="print what would change, and change nothing")
        parser.add_argument("--good-rows", action="store_true", help="store the rows that are right without the others")
        parser.add_argument("--refused", default="", metavar="FILE", help="write refused rows and why to this file")
        parser.add_argument(
            "--whole",
            default="",
            metavar="COLUMN=VALUE",
            help="the file has all records with this value, such as kind=news: those that it lacks are removed",
        )
        parser.add_argument(
            "--same",
            dest="same_records",
            metavar="COLUMNS",
            action="append",
            default=[],
            help="rows that look like a record, and differ only in these columns of its key, are that record",
        )
        parser.add_argument("--kind", default="", help="which records the files have, such as missions")
        add_reading(parser)
        add_answers(parser)

    def handle(self, *args, paths, dry_run, verbosity, **options):
        """Print for each file what is new, changed and unchanged, and what is strange; or every refusal, and fail."""
        try:
            with unpacked(paths) as files:
                said = {name: options[name] for name in ["kind", "good_rows", "refused", "whole", "same_records"]}
                cells, mapping = cell_answers_of(options), mapping_of(options)
                answers = LoadOptions(reading_of(options), mapping=mapping, cells=cells, **said)
                with ProgressLine(self.stderr) as report:
                    results = load_files(files, dry_run, answers, report)
        except Undecided as error:
            answer = f"Answer with --{error.question.name} and what stands before the colon in one of these lines."
            raise CommandError(f"{error}\n{answer}") from None
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        self.say_refusals(results)
        refusals = [refusal for result in results for refusal in result.refusals]
        if any(not (options["good_rows"] and refusal.row) for refusal in refusals):
            raise CommandError(f"Nothing was stored: {sum(result.refused for result in results)} refused.")
        most = MOST_LINES if verbosity < ALL else sys.maxsize
        for result in results if verbosity else ():
            self.stdout.write(str(result))
            self.say(f"{result.file}, ", [*map(note_with_answer, result.notes)], most, "notes")
            self.say(f"{result.file}, ", result.conversions, most, "texts that were read otherwise")
            for line in lines_about_records(result):
                self.stdout.write(line)
        for result in results if verbosity else ():
            asked = [f"{row_in_words(number)}: {question}" for number, question in result.asked]
            self.say(f"{result.file}, ", asked, most, "rows with a question", result.asked_about)
        if verbosity and any(Path(path).is_dir() or path.endswith(".zip") for path in paths):
            self.stdout.write(NOT_BROUGHT)
        if dry_run and verbosity:
            self.stdout.write("Dry run: nothing was stored.")

    def say(self, prefix, lines, most, what, count=0):
        """Print lines, at most so many, and how many more there are."""
        for line in lines[:most]:
            self.stdout.write(f"{prefix}{line}")
        if more := max(count, len(lines)) - min(most, len(lines)):
            self.stdout.write(f"{prefix}{more} more {what}{'; -v 2 prints them' if len(lines) > most else ''}.")

    def say_refusals(self, results):
        """Print why files or rows are refused, after what was left out of the files."""
        if any(result.refused for result in results):
            for line in [f"{result.file}, {note_with_answer(note)}" for result in results for note in result.notes]:
                self.stderr.write(line)
        for refusal in [refusal for result in results for refusal in result.refusals]:
            self.stderr.write(str(refusal))
        for result in results:
            for asked in filter(attrgetter("about"), result.cell_questions):
                self.stderr.write(f"{result.file}, column {asked.column}: {question_with_answers(asked)}")
            if more := result.refused - len(result.refusals):
                self.stderr.write(f"{result.file}: {more} more are refused; --refused writes all of them to a file.")


def lines_about_records(result):
    """Yield what is said of the records that a file nearly has, and of those that it does not have."""
    for near in result.near:
        text = "look like records that are there, and differ only in"
        yield f"{result.file}: {near.rows} {text} {near.words} (--same {near.kind!r})."
    for removal in result.removed:
        what = "withdrawn" if removal.is_withdrawn else "removed"
        yield f"{result.file} does not have {removal.reference}: it is {what}."
