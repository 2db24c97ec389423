"""Dates as people write them: 1 July 2010, juillet 2010, 1.7.2010; one that may be read in two ways is asked about."""

import re
import unicodedata

from .month_names import month_number
from .partial_date import PartialDate

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
MAX_WRITTEN, MOST_LOOKED_AT = 40, 200  # characters of a date, and of one with blanks and words around it


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
    raise ValueError(f"“{text}” is not a date")


def plain_words(text: str) -> str:
    """Return a date in our digits, with plain dashes, and without the words around it."""
    text = " ".join(text.split()).translate(OTHER_DASHES)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(letter, letter)) for letter in text)
    text = text.replace("–", "-") if text.count("–") == 2 else text  # one alone is a range
    return WORD_BEHIND.sub("", WORDS_BEFORE.sub("", text, count=1) if WORDS_BEFORE.match(text) else text)


def refuse_season(words: str) -> None:
    """Raise ``TwoDatesError`` for a month that may be the second of two years: 2004/05."""
    match = SEASON.fullmatch(words)
    if match and int(match["month"]) == (int(match["year"]) + 1) % 100:
        raise TwoDatesError(words, (date_of(match["year"], match["month"], None), PartialDate(match["year"])))


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
