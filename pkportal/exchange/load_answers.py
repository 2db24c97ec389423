"""Answers to ``load`` that are given in advance, on its command line: about rows, columns and cells."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from typing import Any

from .cell_reading import CellAnswers, Everything
from .cells.cell_dates import DayOrder
from .cells.qualifiers import Counting
from .cells.year_parts import YearPartAs
from .filling_down import FILL
from .mapped_table import ColumnMapping
from .reading import OTHER_WAYS, ReadingNote, ReadingOptions
from .staging.copy_texts import ABOUT_COUNTING, ABOUT_ORDER, ABOUT_YEAR_PART, CellQuestion
from .unfolding import Unfolding

OTHER_READINGS = {  # the option by which a file is read otherwise than a note about it says
    "hidden": "--without-hidden",
    "merged": "--merged-as-is",
    "headings": "--headings-as-rows",
}
COLUMN_ANSWERS = {
    ABOUT_ORDER: ["--day-first", "--month-first"],
    ABOUT_COUNTING: ["--mark-counts", "--column-counts"],
    ABOUT_YEAR_PART: [f"--quarters-as-{meant}" for meant in YearPartAs],
}
YEAR_PARTS = {
    YearPartAs.LAST: "the last of their months",
    YearPartAs.FIRST: "the first of their months",
    YearPartAs.YEAR: "their year",
    YearPartAs.MONTH: "months, if they are Roman numbers alone: I/2014 is January",
}


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
    return ReadingOptions(options["encoding"], options["sheet"], **said, filled=options["fill_down"])


def note_with_answer(note: ReadingNote) -> str:
    """Return a note with the option by which the file is read otherwise."""
    answer = OTHER_READINGS.get(note.about, "")
    if note.about.startswith(FILL):
        answer = f"--fill-down {note.about.removeprefix(FILL)}"
    return f"{note} ({answer})" if answer else str(note)


def question_with_answers(asked: CellQuestion) -> str:
    """Return a question about all of a column with the options that answer it."""
    options = " or ".join(f"{option} {asked.column}" for option in COLUMN_ANSWERS[asked.about])
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
    add_dates(parser)
    for counting, what in {"mark": "the mark", "column": "that column"}.items():
        text = f"where a mark as in ~1200 contradicts the column which says how exactly it is stated, {what} counts"
        parser.add_argument(f"--{counting}-counts", metavar="COLUMN", help=text, **options)
    parser.add_argument(
        "--refuse",
        type=pair,
        metavar="COLUMN=TEXT",
        help="refuse a text that was converted",
        **options,
    )


def add_dates(parser: ArgumentParser) -> None:
    """Declare the options that say how the dates of a column are read."""
    options: dict[str, Any] = {"action": "append", "default": [], "metavar": "COLUMN"}
    for order in ["day", "month"]:
        text = f"in dates of this column like 01/07/2010 the {order} comes first"
        parser.add_argument(f"--{order}-first", help=text, **options)
    for meant, what in YEAR_PARTS.items():
        text = f"in this column read quarters and halves of a year, as in Q3 2014, as {what}"
        parser.add_argument(f"--quarters-as-{meant}", help=text, **options)


def mapping_of(options: Mapping[str, Any]) -> ColumnMapping:
    """Return what the options say about columns."""
    unfolding = Unfolding(*options["unfold"]) if options["unfold"] else None
    return ColumnMapping(dict(options["column"]), dict(options["value"]), unfolding)


def cell_answers_of(options: Mapping[str, Any]) -> CellAnswers:
    """Return what the options say about cells."""
    orders = dict.fromkeys(options["day_first"], DayOrder.DAY_FIRST)
    orders |= dict.fromkeys(options["month_first"], DayOrder.MONTH_FIRST)
    names = Everything() if options["accept_likely"] else ()
    counting = dict.fromkeys(options["mark_counts"], Counting.MARK)
    counting |= dict.fromkeys(options["column_counts"], Counting.COLUMN)
    parts = {column: meant for meant in YearPartAs for column in options[f"quarters_as_{meant}"]}
    given = [column for column, _text in options["value"]]
    return CellAnswers(options["refuse"], names, orders, given, counting, parts)
