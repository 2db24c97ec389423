"""Dates in the words of a question: ``on 1 June 2010``, ``July 2010``, ``1999-06-12``."""

import re
from collections.abc import Iterator

from pkportal.content.dates import PartialDate
from pkportal.content.words import MONTH_NAMES, search_words

MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
BEFORE_DATES = {"-", "–", "to", "until", "between", "and", "in", "on", "of", "the", "during", "since", "from"}
_month = "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in MONTH_NAMES)  # May, Sep, Sept, September
_day = "[0-9]{1,2}"
ASKED_DATE = re.compile(
    rf"\b(?:(?:(?P<day>{_day}) (?:of )?)?(?P<month>{_month}) |(?P<us_month>{_month}) (?P<us_day>{_day}),? )?"
    r"(?P<year>(?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)


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
