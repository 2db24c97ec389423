"""Answers to ``load`` that are given in advance, on its command line: about rows, columns and cells."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from itertools import chain
from typing import Any

from .cell_reading import CellAnswers, Everything
from .cells.column_questions import COLUMN_CHOICES, About, is_answer
from .filling_down import FILL
from .mapped_table import ColumnMapping
from .reading import OTHER_WAYS, ReadingNote, ReadingOptions, UnreadableFile
from .reading.turned import TURNED
from .staging.copy_texts import CellQuestion
from .unfolding import Unfolding

OTHER_READINGS = {  # the option by which a file is read otherwise than a note about it says
    "hidden": "--without-hidden",
    "merged": "--merged-as-is",
    "headings": "--headings-as-rows",
}
YEAR_OF = "--year-of"


def pair(text: str) -> tuple[str, str]:
    """Return the two sides of an equation: Nation=country."""
    left, equals, right = text.partition("=")
    if not equals or not left.strip():
        raise ArgumentTypeError(f"“{text}” has no two sides: write it with “=” between them.")
    return left.strip(), right.strip()


def add_reading(parser: ArgumentParser) -> None:
    """Declare the options that say how the rows of a file are found."""
    parser.add_argument("--encoding", default="", help="of text that is not Unicode, such as cp1250; it is asked")
    parser.add_argument("--sheet", default="", help="which sheet of a workbook is read, if several have the columns")
    text = "which of several tables beside each other is read: 1, 2 and so on, or all"
    parser.add_argument("--beside", default="", help=text)
    parser.add_argument("--turned", default="", choices=["", TURNED], help="turn a table that is on its side")
    for about, text in {
        "hidden": "leave out rows that are hidden in a sheet, such as by a filter",
        "merged": "read the text of merged cells in the first of their rows only",
        "headings": "read a text that is alone in its row as a row, and not as a heading",
    }.items():
        parser.add_argument(OTHER_READINGS[about], dest=about, action="store_true", help=text)
    text = "read the text above in blank cells of this column"
    parser.add_argument("--fill-down", metavar="COLUMN", action="append", default=[], help=text)


def reading_of(options: Mapping[str, Any]) -> ReadingOptions:
    """Return what the options say about the rows of a file."""
    said = {about: other for about, other in OTHER_WAYS.items() if options[about]}
    said |= {name: options[name] for name in ("encoding", "sheet", "beside", "turned")}
    return ReadingOptions(**said, filled=options["fill_down"])


def note_with_answer(note: ReadingNote) -> str:
    """Return a note with the option by which the file is read otherwise."""
    answer = OTHER_READINGS.get(note.about, "")
    if note.about.startswith(FILL):
        answer = f"--fill-down {note.about.removeprefix(FILL)}"
    return f"{note} ({answer})" if answer else str(note)


def question_with_answers(asked: CellQuestion) -> str:
    """Return a question about all of a column with the options that answer it."""
    options = " or ".join(f"{choice.option} {asked.column}" for choice in COLUMN_CHOICES.get(asked.about, ()))
    if asked.about == About.MONTH:
        options = f"{YEAR_OF} {asked.column}={asked.likely or 2004}"
    return f"{asked.question} Answer with {options}."


def add_answers(parser: ArgumentParser) -> None:
    """Declare the options that answer what a file leaves open."""
    options: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument(
        "--column", type=pair, metavar="HEADER=COLUMN", help="which column a header is; blank: left out", **options
    )
    parser.add_argument(
        "--value",
        type=pair,
        metavar="COLUMN=TEXT",
        help="what all rows have in a column",
        **options,
    )
    parser.add_argument(
        "--unfold",
        type=pair,
        metavar="COLUMN=COLUMN",
        help="unfold a wide table: the column for its headers, and the one for the cells below them: "
        "as_of=quantity, of a header over several rows kind+as_of=quantity, and where columns are repeated below each "
        "name mission=as_of+quantity",
    )
    parser.add_argument(
        "--accept-likely",
        action="store_true",
        help="read what is asked about as it likely is: misspelt names near just one record, mid-2014 as its year",
    )
    for choice in chain.from_iterable(COLUMN_CHOICES.values()):
        parser.add_argument(choice.option, metavar="COLUMN", help=choice.help, **options)
    parser.add_argument(
        YEAR_OF, type=pair, metavar="COLUMN=YEAR", help="the year of months in this column that have none", **options
    )
    parser.add_argument(
        "--refuse",
        type=pair,
        metavar="COLUMN=TEXT",
        help="refuse a text that was converted",
        **options,
    )


def mapping_of(options: Mapping[str, Any]) -> ColumnMapping:
    """Return what the options say about columns."""
    unfolding = Unfolding(*options["unfold"]) if options["unfold"] else None
    return ColumnMapping(dict(options["column"]), dict(options["value"]), unfolding)


def cell_answers_of(options: Mapping[str, Any]) -> CellAnswers:
    """Return what the options say about cells."""
    names = Everything() if options["accept_likely"] else ()
    given = [column for column, _text in options["value"]]
    return CellAnswers(options["refuse"], names, column_answers_of(options), given)


def column_answers_of(options: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return what the options say of all of a column. Raises ``UnreadableFile`` for what is no year."""
    years = dict(options[name_of(YEAR_OF)])
    if wrong := [year for year in years.values() if not is_answer(About.MONTH, year)]:
        raise UnreadableFile(f"“{wrong[0]}” is not a year: write {YEAR_OF} COLUMN=2004.")
    said = {
        about: {column: choice.value for choice in choices for column in options[name_of(choice.option)]}
        for about, choices in COLUMN_CHOICES.items()
    }
    return {**said, About.MONTH: years}


def name_of(option: str) -> str:
    """Return the name by which the value of an option is found: day_first of --day-first."""
    return option.removeprefix("--").replace("-", "_")
