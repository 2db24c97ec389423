"""Dates in the columns of a table: with a time behind them, with a year of two digits, as a spreadsheet counts days."""

import datetime
import re
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from pkportal.content.month_names import month_number
from pkportal.content.partial_date import PartialDate
from pkportal.content.plausible_years import EARLIEST_YEAR, YEARS_TO_COME, years_meant
from pkportal.content.written_dates import EITHER, SHORT_YEAR, UnclearDateError, read_date

from .seen_texts import UnclearText, remove_notes, seen_text

TIME = re.compile(
    r"(?P<date>.*[0-9])(?:T|,? )(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AP]M)?)"
    r"(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?",
    re.IGNORECASE,
)
MIDNIGHT = re.compile(r"[0:.,]+|12[0:.,]+ ?AM", re.IGNORECASE)
DAY_NUMBER = re.compile(r"[1-6][0-9]{4}(?:\.[0-9]+)?")
PARTS_OF_YEAR = (
    r"spring|summer|autumn|fall|winter|early|mid|middle|late|end|beginning|start|"
    r"fy|fiscal year|frühjahr|frühling|sommer|herbst|anfang|mitte|ende|printemps|été|automne|hiver|début|mi|fin|"
    r"wiosna|lato|jesień|zima|początek|połowa|koniec"
)
PART_OF_YEAR = re.compile(  # summer 2014, mid-2005: more than the year is meant, and no date says how much
    rf"(?:(?:the )?(?:{PARTS_OF_YEAR})(?: of)?[ ./-]?(?:the )?(?P<year>[0-9]{{4}})|"
    rf"(?P<first>[0-9]{{4}})[ ./-]?(?:{PARTS_OF_YEAR}))",
    re.IGNORECASE,
)
ABOUT_DATE = re.compile(  # c. 2004, March 2004 (est.), 2021e
    r"(?:(?:c|ca|circa|about|around|approx|approximately|est|estimated|probably|um|vers|około|ok)\.?[ ]|[~≈]\s?|c\.)"
    r"(?P<date>.*[0-9])|(?P<before>.*[0-9])\s?(?:\?|\(\?\)|\(?(?:est|ca|circa|approx|estimated|tbc|e|p|prov|provisional|prelim)\.?\)?)",
    re.IGNORECASE,
)
SEVERAL_DATES = re.compile(
    r".*[0-9]{4}\s?[–—]\s?[0-9]{2}|.*[0-9]{4}.*[0-9]{4}|"
    r"[^\W\d]{3,}\.?\s?[/–—-]\s?[^\W\d]{3,}\.? [0-9]{4}"
)
WITHOUT_YEAR = re.compile(r"[0-9]{1,2}[ ./-]+(?P<name>[^\W\d]{3,})\.?|(?P<before>[^\W\d]{3,})\.?[ ./-]+[0-9]{1,2}")
MONTH_ALONE = re.compile(r"([^\W\d]{3,})")
GOES_ON = frozenset(  # words for an end that is still to come
    ["ongoing", "on-going", "continuing", "present", "to date", "to present", "still going on", "current", "today"]
    + ["now", "laufend", "andauernd", "bis heute", "en cours", "à ce jour", "aujourd'hui", "w toku", "obecnie"]
)
TWO_YEARS = re.compile(
    r"(?:FY ?)?(?P<first>(?:19|20)[0-9]{2})/(?P<second>[0-9]{2}|[0-9]{4})"
)  # 2004/05 may be two years


class DayOrder(StrEnum):
    """Which number comes first in 01/07/2010."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class DaysSince(StrEnum):
    """From where a spreadsheet counts days."""

    Y1900 = "1900"
    Y1904 = "1904"


DAY_ZERO = {  # the first one's 1900 has a 29 February
    DaysSince.Y1900: datetime.date(1899, 12, 30),
    DaysSince.Y1904: datetime.date(1904, 1, 1),
}


def read_cell_date(text: str, order: DayOrder | None = None) -> PartialDate:
    """Return the date that a cell has; ``order`` is that of its column, if it is known.

    Raises ``UnclearDateError`` if it may be several dates, ``ValueError`` if it is none.
    """
    words = date_words(text)
    if match := SHORT_YEAR.fullmatch(words):
        dates = [read_in_order(f"{match['before']}{year}", order) for year in years_meant(int(match["year"]))]
        if len(dates) > 1:
            raise UnclearDateError(text, dates)
        return dates[0]
    return read_in_order(words, order)


def read_likely_date(text: str) -> PartialDate | None:
    """Return the date that a text may be read as if a person confirms it: its year of “mid-2014”; else None.

    Raises ``UnclearText`` for what is known to be no date of its own.
    """
    words = date_words(text)
    if match := PART_OF_YEAR.fullmatch(words):
        return PartialDate(match["year"] or match["first"])
    if match := ABOUT_DATE.fullmatch(words):
        try:
            return read_date(match["date"] or match["before"])
        except ValueError:
            return None
    if not words.isdigit() and SEVERAL_DATES.fullmatch(words):
        raise UnclearText(_("“%(value)s” names several dates: write one of them, and the others in a note."), text)
    return None


def season_year(text: str) -> PartialDate | None:
    """Return the year in which a season or a fiscal year begins, such as 2004/05; None if a text is none."""
    match = TWO_YEARS.fullmatch(date_words(text))
    following = str(int(match["first"]) + 1) if match else ""
    return PartialDate(match["first"]) if match and match["second"] in (following, following[2:]) else None


def date_words(text: str) -> str:
    """Return the date in a text, without a time and without marks of footnotes."""
    words = remove_notes(seen_text(text))
    match = TIME.fullmatch(words)
    return match["date"] if match else words


def has_time(text: str) -> bool:
    """True if a time other than midnight stands behind a date."""
    match = TIME.fullmatch(seen_text(text))
    return match is not None and not MIDNIGHT.fullmatch(match["time"])


def read_in_order(words: str, order: DayOrder | None) -> PartialDate:
    """Return a date; where day and month may stand in either order, that of the column counts."""
    try:
        return read_date(words)
    except UnclearDateError as error:
        if order and EITHER.fullmatch(words):
            day_first, month_first = error.dates
            return day_first if order == DayOrder.DAY_FIRST else month_first
        raise


def day_counted(text: str, since: str = DaysSince.Y1900) -> PartialDate | None:
    """Return the day that a number is as a spreadsheet counts days; None if it is none, or no plausible one."""
    words = date_words(text)
    if not DAY_NUMBER.fullmatch(words):
        return None
    day = DAY_ZERO[DaysSince(since)] + datetime.timedelta(days=int(float(words)))
    is_plausible = EARLIEST_YEAR <= day.year <= timezone.localdate().year + YEARS_TO_COME
    return PartialDate(day.isoformat()) if is_plausible else None


def month_alone(text: str) -> str:
    """Return a month, or a day of one, that has no year; nothing if a text is none."""
    words = date_words(text).rstrip(".")
    match = MONTH_ALONE.fullmatch(words) or WITHOUT_YEAR.fullmatch(words)
    try:
        month_number(next(filter(None, match.groups())) if match else "")
    except ValueError:
        return ""
    return words


def may_be_either(text: str) -> bool:
    """True if a date may be read with the day or with the month first."""
    match = EITHER.fullmatch(full_year(date_words(text)))
    return match is not None and order_proved_by(text) is None and match["first"] != match["second"]


def order_proved_by(text: str) -> DayOrder | None:
    """Return the order of day and month that a date proves, because one of its numbers is no month."""
    match = EITHER.fullmatch(full_year(date_words(text)))
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second"])
    if not 12 < max(first, second) <= 31:
        return None
    return DayOrder.DAY_FIRST if first > second else DayOrder.MONTH_FIRST


def full_year(words: str) -> str:
    """Return a date with four digits for its year, whichever these are."""
    match = SHORT_YEAR.fullmatch(words)
    return f"{match['before']}{years_meant(int(match['year']))[0]}" if match else words
