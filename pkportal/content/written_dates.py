"""Dates as people write them: 1 July 2010, July 2010, 1.7.2010; one that may be read in two ways is asked about."""

import re
from functools import cache

from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP
from django.utils.translation import get_language

from .partial_date import PartialDate

MONTH_NUMBER = r"(?P<month>[0-9]{1,2})"
MONTH_NAME = r"(?P<name>[^\W\d]+)\.?"
DAY, YEAR = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", r"(?P<year>[0-9]{4})"
ROMAN_MONTHS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
ROMAN = r"(?P<name>[ivx]{1,4})"
WEEKDAY = re.compile(  # before a day of a month
    r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+"
    r"(?=[0-9]{1,2}(?![0-9])|[^\W\d]+\.? [0-9]{1,2}(?![0-9]))",
    re.IGNORECASE,
)
FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{YEAR}(?:[-/.]{MONTH_NUMBER}(?:[-/.](?P<day>[0-9]{{1,2}}))?)?",  # 2010, 2010-07, 2010/7/1
        rf"{YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",  # 20100701
        rf"{DAY}\.\s*{MONTH_NUMBER}\.\s*{YEAR}\.?",  # 1.7.2010
        rf"{DAY}\.\s*{ROMAN}\.\s*{YEAR}\.?",  # 1.VII.2010
        rf"{MONTH_NUMBER}[/.-]{YEAR}",  # 07/2010
        rf"{DAY}[\s.-]+(?:of\s+)?{MONTH_NAME}[\s,-]+{YEAR}",  # 1 July 2010
        rf"{MONTH_NAME}[\s-]+{DAY},?\s+{YEAR}",  # July 1, 2010
        rf"{MONTH_NAME}[\s,-]+{YEAR}",  # July 2010
        rf"{YEAR}[\s,-]+{MONTH_NAME}(?:[\s-]+{DAY})?",  # 2010 July 1
    )
]
EITHER = re.compile(rf"(?P<first>[0-9]{{1,2}})[/-](?P<second>[0-9]{{1,2}})[/-]{YEAR}")  # day or month first
MAX_WRITTEN = 40  # of what is read


class TwoDatesError(ValueError):
    """A date that may be read in two ways, day first or month first."""

    def __init__(self, text: str, dates: tuple[PartialDate, PartialDate]):
        super().__init__(f"“{text}” may be two dates")
        self.dates = dates

    @property
    def in_words(self) -> dict[str, str]:
        """The two dates in words and as ISO 8601 writes them, for a message."""
        first, second = self.dates
        return {"first": first.in_words, "second": second.in_words, "first_date": first, "second_date": second}


def read_date(text: str) -> PartialDate:
    """Return the date that somebody wrote; raise ``TwoDatesError`` if it may be two, ``ValueError`` if it is none."""
    text = " ".join(text[: MAX_WRITTEN + 1].split())
    if len(text) <= MAX_WRITTEN:
        text = WEEKDAY.sub("", text, count=1) if text[0:1].isalpha() else text
        for form in FORMS:
            if match := form.fullmatch(text):
                parts: dict = {"month": None, "name": None, "day": None} | match.groupdict()
                month = month_numbers(get_language())[parts["name"].casefold()] if parts["name"] else parts["month"]
                return date_of(parts["year"], month, parts["day"])
        if match := EITHER.fullmatch(text):
            return day_or_month_first(text, **match.groupdict())
    raise ValueError(f"“{text}” is not a date")


def day_or_month_first(text: str, first: str, second: str, year: str) -> PartialDate:
    """Return the date of two numbers and a year if there is only one with them."""
    dates = []
    for day, month in [(first, second), (second, first)]:
        if int(month) <= 12:
            dates.append(date_of(year, month, day))
    if len({*dates}) == 2:
        raise TwoDatesError(text, (dates[0], dates[1]))
    if not dates:
        raise ValueError(f"“{text}” is not a date")
    return dates[0]


def date_of(year: str, month: str | int | None, day: str | None) -> PartialDate:
    """Return the partial date of its parts."""
    return PartialDate("-".join([year, *(f"{int(part):02}" for part in (month, day) if part is not None)]))


@cache
def month_numbers(_language: str | None) -> "MonthNumbers":
    """Return the number of each name of a month, in full and short, in English and in the language of the page."""
    english = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
    numbers = MonthNumbers({name: number for number, name in enumerate(english, 1)})
    numbers |= {name[:3]: number for name, number in numbers.items()} | {"sept": 9}
    numbers |= {name: number for number, name in enumerate(ROMAN_MONTHS, 1)}
    for names in (MONTHS, MONTHS_3, MONTHS_AP):
        numbers |= {str(name).casefold().rstrip("."): number for number, name in names.items()}
    return MonthNumbers(numbers)


class MonthNumbers(dict[str, int]):
    """The numbers of the months by name; a word that is no month is no date."""

    def __missing__(self, name: str) -> int:
        raise ValueError(f"“{name}” is not a month")
