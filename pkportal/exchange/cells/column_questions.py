"""Questions about all of a column: what they are about, how they are asked, and what can be answered.

The page of a file shows the choices by their labels; each is an option of ``load`` too, which is given the column.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from .cell_dates import DayOrder, DaysSince
from .qualifiers import Counting
from .year_parts import YearPartAs


class About(StrEnum):
    """What a question about a column is about."""

    ORDER = "order"  # of day and month
    YEAR_PART = "year_part"
    MONTH = "month"  # without its year, which is the answer
    DAY_NUMBER = "day_number"
    COUNTING = "counting"
    RANGE = "range"
    POINT = "point"  # or comma, of 5.000
    SCALE = "scale"


class RangeAs(StrEnum):
    """Which end of a range is read."""

    LOWER = "lower"
    UPPER = "upper"


class PointAs(StrEnum):
    """What the point or the comma in 5.000 is."""

    THOUSANDS = "thousands"
    FRACTION = "fraction"


class ScaleAs(StrEnum):
    """Whether numbers that seem to be thousands are multiplied."""

    MULTIPLIED = "multiplied"
    AS_WRITTEN = "as written"


class ColumnChoice(NamedTuple):
    """An answer to a question about a column: its label on the page, and the option of ``load`` with its help."""

    value: str
    label: Any
    option: str
    help: str


class ColumnAnswers(NamedTuple):
    """What a person said of a column, by what it is about, and the words by which its numbers seem to be thousands."""

    said: Mapping[str, str] = {}
    scaled_by: str = ""


NOTHING_SAID = ColumnAnswers()
FULL_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
QUESTIONS = {  # but for that about counting, which is the reason of the first refusal
    About.ORDER: _("Which comes first in dates like “%(text)s”, the day or the month?"),
    About.YEAR_PART: _("As what are parts of a year like “%(text)s” read? A date is a year, a month or a day."),
    About.MONTH: _("Which year are months like “%(text)s” of?"),
    About.DAY_NUMBER: _("Are numbers like “%(text)s” days as a spreadsheet counts them?"),
    About.RANGE: _("Which number of a range like “%(text)s” is read? The record has one, and how it is stated."),
    About.POINT: _("Are the marks in numbers like “%(text)s” between thousands, or before a fraction?"),
    About.SCALE: _("Are numbers like “%(text)s” to be multiplied, as the header or the title seems to say?"),
}
COLUMN_CHOICES: Mapping[str, list[ColumnChoice]] = {
    About.ORDER: [
        ColumnChoice(
            DayOrder.DAY_FIRST,
            _("The day comes first"),
            "--day-first",
            "in dates of this column like 01/07/2010 the day comes first",
        ),
        ColumnChoice(
            DayOrder.MONTH_FIRST,
            _("The month comes first"),
            "--month-first",
            "in dates of this column like 01/07/2010 the month comes first",
        ),
    ],
    About.YEAR_PART: [
        ColumnChoice(
            YearPartAs.LAST,
            _("As the last of their months: Q3 2014 is 2014-09"),
            "--quarters-as-last",
            "in this column read quarters and halves of a year, as in Q3 2014, as the last of their months",
        ),
        ColumnChoice(
            YearPartAs.FIRST,
            _("As the first of their months: Q3 2014 is 2014-07"),
            "--quarters-as-first",
            "in this column read quarters and halves of a year as the first of their months",
        ),
        ColumnChoice(
            YearPartAs.YEAR,
            _("As their year alone: Q3 2014 is 2014"),
            "--quarters-as-year",
            "in this column read quarters and halves of a year as their year",
        ),
        ColumnChoice(
            YearPartAs.MONTH,
            _("As months, if they are Roman numbers alone: I/2014 is January 2014"),
            "--quarters-as-month",
            "in this column read Roman numbers alone as months: I/2014 is January",
        ),
    ],
    About.DAY_NUMBER: [
        ColumnChoice(
            DaysSince.Y1900,
            _("Yes: 38047 is 2004-03-01, as Excel counts"),
            "--days-since-1900",
            "numbers in this column are days as Excel counts them: 38047 is 2004-03-01",
        ),
        ColumnChoice(
            DaysSince.Y1904,
            _("Yes: 38047 is 2008-03-02, as old Excel for Mac counts"),
            "--days-since-1904",
            "numbers in this column are days as old Excel for Mac counts them: 38047 is 2008-03-02",
        ),
    ],
    About.COUNTING: [
        ColumnChoice(
            Counting.MARK,
            _("The mark beside the number, in all such rows"),
            "--mark-counts",
            "where a mark as in ~1200 contradicts the column which says how exactly it is stated, the mark counts",
        ),
        ColumnChoice(
            Counting.COLUMN,
            _("The other column, in all such rows"),
            "--column-counts",
            "where a mark as in ~1200 contradicts the column which says how exactly it is stated, that column counts",
        ),
    ],
    About.RANGE: [
        ColumnChoice(
            RangeAs.LOWER,
            _("The lower one, stated as “at least”: of 100-120 it is 100"),
            "--ranges-as-at-least",
            "read the lower number of ranges in this column, as in 100-120, stated as at least",
        ),
        ColumnChoice(
            RangeAs.UPPER,
            _("The upper one, stated as “up to”: of 100-120 it is 120"),
            "--ranges-as-up-to",
            "read the upper number of ranges in this column, as in 100-120, stated as up to",
        ),
    ],
    About.POINT: [
        ColumnChoice(
            PointAs.THOUSANDS,
            _("Between thousands: 5.000 is 5000"),
            "--marks-are-thousands",
            "marks in numbers of this column like 5.000 are between thousands",
        ),
        ColumnChoice(
            PointAs.FRACTION,
            _("Before a fraction: 5.000 is 5"),
            "--marks-are-fractions",
            "marks in numbers of this column like 5.000 are before a fraction",
        ),
    ],
    About.SCALE: [
        ColumnChoice(
            ScaleAs.MULTIPLIED,
            _("Yes, all numbers of the column"),
            "--multiplied",
            "multiply the numbers of this column as its header or the title says, such as Troops (thousands)",
        ),
        ColumnChoice(
            ScaleAs.AS_WRITTEN,
            _("No, they are written out in full"),
            "--as-written",
            "the numbers of this column are written out in full, whatever its header or the title says",
        ),
    ],
}


def is_answer(about: str, said: str) -> bool:
    """True for an answer to a question about a column: one of its choices, or the year of its months."""
    if about == About.MONTH:
        return FULL_YEAR.fullmatch(said) is not None
    return said in [choice.value for choice in COLUMN_CHOICES.get(about, ())]
