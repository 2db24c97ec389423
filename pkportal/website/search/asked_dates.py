"""Dates in the words of a question: ``on 1 June 2010``, ``July 2010``, ``1999-06-12``, ``12 juin 1999``."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pkportal.content.dates import PartialDate
from pkportal.content.words import MONTH_NAMES, search_words
from pkportal.content.written_dates import UnclearDateError, read_date

MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
BEFORE_DATES = {"-", "–", "to", "until", "between", "and", "in", "on", "of", "the", "during", "since", "from"}
_month = "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in MONTH_NAMES)  # May, Sep, Sept, September
_day = "[0-9]{1,2}"
ASKED_DATE = re.compile(
    rf"\b(?:(?:(?P<day>{_day}) (?:of )?)?(?P<month>{_month}) |(?P<us_month>{_month}) (?P<us_day>{_day}),? )?"
    r"(?P<year>(?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)
_name, _number, _written_year, _short_year = r"[^\W\d_]{3,}\.?", "[0-9]{1,2}", "(?:19|20)[0-9]{2}", "['’]?[0-9]{2}"
WRITTEN_DATE = re.compile(  # what may be a date in any of the ways that people write one
    r"(?<![\w./-])(?:"
    rf"{_number}(?:st|nd|rd|th|er|º|°)?[\s./-]+(?:(?:of|de)\s+)?[^\W\d_]+[\s,./-]+(?:de\s+)?{_written_year}|"
    rf"{_number}[/-]{_number}[/-]{_written_year}|"
    rf"{_name}[\s-]+{_number}(?:st|nd|rd|th)?,?\s+{_written_year}|"
    rf"{_name}[\s,./-]+(?:(?:of|de)\s+)?{_written_year}|"
    rf"{_written_year}[\s,-]+{_name}(?:[\s-]+{_number}\.?)?|"
    rf"{_number}([./-]){_number}\1{_short_year}|{_number}[\s.-]+{_name}[\s-]{_short_year}|"
    rf"{_name}(?:\s?['’][0-9]{{2}}|[\s/-][4-9][0-9])"
    r")(?![\w/-])",
    re.IGNORECASE,
)


class UnclearDate(NamedTuple):
    """A date of a question that may be read in several ways, as it was written, with what it may be."""

    text: str
    dates: tuple[PartialDate, ...]


def with_plain_dates(words: str) -> str:
    """Return words with each date that people write in another way in English: ``12. Juni 1999`` is ``12 June 1999``.

    One that may be several is read day first, as texts are; ``unclear_dates_in`` has all.
    """
    return WRITTEN_DATE.sub(_in_english, words)


def unclear_dates_in(words: str) -> Iterator[UnclearDate]:
    """Yield the dates of a question that may be read in several ways, or whose year has two digits."""
    for match in WRITTEN_DATE.finditer(words):
        try:
            read_date(match[0])
        except UnclearDateError as error:
            yield UnclearDate(match[0], error.dates)
        except ValueError:
            pass


def _in_english(match: re.Match) -> str:
    try:
        return read_date(match[0]).in_words
    except UnclearDateError as error:
        return error.dates[0].in_words
    except ValueError:
        return match[0]


def dates_in(words: str) -> Iterator[PartialDate]:
    """Yield the dates that are in the words of a question: a year, a month, a day."""
    for match in ASKED_DATE.finditer(" ".join(search_words(words).split())):
        if date := _date(match):
            yield date


def with_dates_in_words(words: str) -> str:
    """Return the words of a question with each date as texts have it: ``Feb 17 2008`` is ``17 February 2008``."""
    return ASKED_DATE.sub(lambda match: date.in_words if (date := _date(match)) else match[0], words)


def is_only_date(words: str) -> bool:
    """True if words are a date, with “in” or “on” before it."""
    return bool(ASKED_DATE.search(words)) and not {*without_dates(words).lower().split()} - BEFORE_DATES


def without_dates(words: str) -> str:
    """Return words without the dates that are in them."""
    return ASKED_DATE.sub("", " ".join(search_words(words).split()))


def _date(match: re.Match) -> PartialDate | None:
    """Return the date that was written, if there is such a day."""
    month, day = match["month"] or match["us_month"], match["day"] or match["us_day"]
    parts = [match["year"], *([f"{MONTH_NUMBERS[month[:3].lower()]:02}"] if month else [])]
    try:
        return PartialDate("-".join([*parts, *([f"{int(day):02}"] if day else [])]))
    except ValueError:
        return None
