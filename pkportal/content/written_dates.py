"""Dates as people write them: 1 July 2010, juillet 2010, 1.7.2010; one that may be several is asked about."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

from .month_names import month_number
from .partial_date import PartialDate
from .plausible_years import years_meant

MONTH_NUMBER = r"(?P<month>[0-9]{1,2})"
MONTH_NAME = r"(?P<name>[^\W\d]+)\.?"
DAY, YEAR = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|º|°)?", r"(?P<year>[0-9]{4})"
WORDS_BEFORE = re.compile(  # words before a day of a month
    r"(?:as (?:of|at)|on)\s+(?:the\s+)?|(?:the|le)\s+(?=[0-9])|"
    r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+"
    r"(?=[0-9]{1,2}(?![0-9])|[^\W\d]+\.? [0-9]{1,2}(?![0-9]))",
    re.IGNORECASE,
)
WORD_BEHIND = re.compile(r"(?<=[0-9]{4})\.? ?(?:r|г|р)\.?$", re.IGNORECASE)  # the word for a year, shortened
FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{YEAR}(?:\.0)?",  # 2010, and 2010.0 as programs write it where others of the column are blank
        rf"{YEAR}[-/]{MONTH_NUMBER}(?:[-/](?P<day>[0-9]{{1,2}}))?",  # 2010-07, 2010/7/1
        rf"{YEAR}(?:\.|M)(?P<month>[0-9]{{2}})",  # 2010.07, 2010M07
        rf"{YEAR}\.\s?{MONTH_NUMBER}\.\s?{DAY}\.?",  # 2010.7.1
        rf"{YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",  # 20100701
        rf"{YEAR}\s?[年년](?:\s?{MONTH_NUMBER}\s?[月월](?:\s?{DAY}\s?[日일])?)?",  # 2010年7月1日
        rf"{DAY}\.\s*{MONTH_NUMBER}\.\s*{YEAR}\.?",  # 1.7.2010
        rf"{MONTH_NUMBER}[/.-]{YEAR}",  # 07/2010
        rf"{DAY}[\s./-]+(?:(?:of|de)\s+)?{MONTH_NAME}[\s,./-]+(?:de\s+)?{YEAR}",  # 1 July 2010, 1.VII.2010
        rf"{MONTH_NAME}[\s-]+{DAY},?\s+{YEAR}",  # July 1, 2010
        rf"{MONTH_NAME}[\s,./-]+(?:(?:of|de)\s+)?{YEAR}",  # July 2010
        rf"{YEAR}\.?[\s,-]+(?P<name>[^\W\d]{{3,}})\.?(?:[\s-]+{DAY}\.?)?",  # 2010 July 1
    )
]
SEASON = re.compile(r"(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})")  # 2004/05 may be a month or two years
OTHER_DASHES = str.maketrans("‐‑−－／．", "----/.")
EITHER = re.compile(rf"(?P<first>[0-9]{{1,2}})[/-](?P<second>[0-9]{{1,2}})[/-]{YEAR}")  # day or month first
SHORT_YEAR = re.compile(
    r"(?P<before>[0-9]{1,2}([./-]) ?[0-9]{1,2}\2 ?|"  # 12/06/99
    r"[0-9]{1,2}[ .-]+[^\W\d]+\.?[ -]|"  # 12-Jun-99
    r"[^\W\d]+\.?(?:-|/| ?(?=['’])| (?=[4-9])))"  # Jun-99, Jun '99 and Jun 99, but not Jun 12
    r"['’]?(?P<year>[0-9]{2})"
)
MAX_WRITTEN, MOST_LOOKED_AT = 40, 200  # characters of a date, and of one with blanks and words around it


class UnclearDateError(ValueError):
    """A date that may be read in several ways, such as day first or month first, or whose year has two digits."""

    def __init__(self, text: str, dates: Sequence[PartialDate]):
        super().__init__(f"“{text}” may be {', '.join(dates)}")
        self.dates = tuple(dates)

    @property
    def in_words(self) -> dict[str, str]:
        """The dates in words and as ISO 8601 writes them, for a message."""
        between = _(" or ")
        return {"either": between.join(date.in_words for date in self.dates), "dates": between.join(self.dates)}


def read_date(text: str) -> PartialDate:
    """Return the date that somebody wrote; raise ``UnclearDateError`` if it may be several, ``ValueError`` if none."""
    words = plain_words(text) if len(text) <= MOST_LOOKED_AT else ""
    if len(words) <= MAX_WRITTEN:
        for form in FORMS:
            if match := form.fullmatch(words):
                parts: dict = {"month": None, "name": None, "day": None} | match.groupdict()
                month = month_number(parts["name"]) if parts["name"] else parts["month"]
                date = date_of(parts["year"], month, parts["day"])
                refuse_season(words)
                return date
        if match := EITHER.fullmatch(words):
            return day_or_month_first(words, **match.groupdict())
        if match := SHORT_YEAR.fullmatch(words):
            raise UnclearDateError(text, dates_of_short_year(match))
    raise ValueError(f"“{text}” is not a date")


def plain_words(text: str) -> str:
    """Return a date in our digits, with plain dashes, and without the words around it."""
    text = " ".join(text.split()).translate(OTHER_DASHES)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(letter, letter)) for letter in text)
    text = text.replace("–", "-") if text.count("–") == 2 else text  # one alone is a range
    return WORD_BEHIND.sub("", WORDS_BEFORE.sub("", text, count=1) if WORDS_BEFORE.match(text) else text)


def dates_of_short_year(match: re.Match) -> list[PartialDate]:
    """Return the dates that one with a year of two digits may be."""
    dates: list[PartialDate] = []
    for year in years_meant(int(match["year"])):
        try:
            dates.append(read_date(f"{match['before']}{year}"))
        except UnclearDateError as error:
            dates += error.dates
    return dates


def refuse_season(words: str) -> None:
    """Raise ``UnclearDateError`` for a month that may be the second of two years: 2004/05."""
    match = SEASON.fullmatch(words)
    if match and int(match["month"]) == (int(match["year"]) + 1) % 100:
        raise UnclearDateError(words, [date_of(match["year"], match["month"], None), PartialDate(match["year"])])


def day_or_month_first(text: str, first: str, second: str, year: str) -> PartialDate:
    """Return the date of two numbers and a year if there is only one with them."""
    dates = []
    for day, month in [(first, second), (second, first)]:
        if int(month) <= 12:
            dates.append(date_of(year, month, day))
    if len({*dates}) == 2:
        raise UnclearDateError(text, dates)
    if not dates:
        raise ValueError(f"“{text}” is not a date")
    return dates[0]


def date_of(year: str, month: str | int | None, day: str | None) -> PartialDate:
    """Return the partial date of its parts."""
    return PartialDate("-".join([year, *(f"{int(part):02}" for part in (month, day) if part is not None)]))
