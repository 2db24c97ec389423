"""Years as people write them: 1999, 1999–2001, the 1990s, since 2010, before 2005."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from .partial_date import PartialDate
from .plausible_years import years_meant
from .written_dates import MAX_WRITTEN, OTHER_DASHES

FOUR_DIGITS, LIKELY_YEAR = "[1-9][0-9]{3}", "(?:19|20)[0-9]{2}"
YEARS_PATTERN = rf"{FOUR_DIGITS}(\.\.({FOUR_DIGITS})?)?|\.\.{FOUR_DIGITS}"  # how the years of an address are written


class Years(NamedTuple):
    """One year, or a period of whole years of which one end may be open, None."""

    first: int | None
    last: int | None

    def __str__(self):
        if self.first == self.last:
            return str(self.first)
        return f"{self.first or ''}..{self.last or ''}"

    @property
    def in_words(self) -> str:
        """The years as they stand in a sentence: 1999, 1999–2001, since 2010, until 2004."""
        if self.first and self.last:
            return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
        words = _("since %(year)s") if self.first else _("until %(year)s")
        return words % {"year": self.first or self.last}

    @property
    def dates(self) -> tuple[PartialDate | None, PartialDate | None]:
        """The first and the last year as partial dates, None where the period is open."""
        first, last = (PartialDate(str(year)) if year else None for year in self)
        return first, last

    @property
    def end_before_they_begin(self) -> bool:
        """True if the last year is before the first."""
        return bool(self.first and self.last and self.last < self.first)

    def in_order(self) -> "Years":
        """Return the years with the earlier first."""
        return Years(self.last, self.first) if self.end_before_they_begin else self


_since = "(?:since|from|starting(?: in)?|depuis|à partir de|seit|ab|desde|>=)"
_after = "(?:after|later than|après|nach|después de|>)"
_until = "(?:until|till|til|up to|through|to|jusqu['’](?:à|en)|bis|hasta|<=)"
_before = "(?:before|prior to|earlier than|avant|vor|antes de|<)"
_to = r"(?:\s*(?:[-–—/…]|\.{2,3})\s*|\s+(?:to|until|till|through|and|à|et|bis|und|y|a)\s+)"
_onwards = r"(?:[-–+]|\.{2,3}|\s+(?:and |or )?(?:onwards?|later|after)\b)"
_earlier = r"\s+(?:and|or) (?:before|earlier)\b"
_around = r"(?:(?:in|during|of|years?|between|from|since|de|von|zwischen|entre)\s+)*"
FORMS_OF_YEARS = [  # in the order in which they are tried; by how many years the first and the last are shifted
    (rf"{_around}(?P<first>{FOUR_DIGITS}){_to}(?P<last>{FOUR_DIGITS})", 0, 0),
    (r"(?:(?:in|during|of) )?(?:the )?(?P<decade>[1-9][0-9]{2})0['’]?s", 0, 0),
    (rf"{_after}\s*(?P<first>{FOUR_DIGITS})", 1, 0),
    (rf"{_before}\s*(?P<last>{FOUR_DIGITS})", 0, -1),
    (rf"{_since}\s*(?P<first>{FOUR_DIGITS}){_onwards}?|(?P<first_then>{FOUR_DIGITS}){_onwards}", 0, 0),
    (rf"(?:{_until}|\.{{2,3}})\s*(?P<last>{FOUR_DIGITS})|(?P<last_then>{FOUR_DIGITS}){_earlier}", 0, 0),
    (rf"(?:(?:in|during)\s+)?(?P<year>{FOUR_DIGITS})", 0, 0),
]
WHOLE_TEXT = [
    (re.compile(form, re.IGNORECASE), first_more, last_more) for form, first_more, last_more in FORMS_OF_YEARS
]
IN_TEXT = [
    (
        re.compile(rf"(?<![\w./-])(?:{form.replace(FOUR_DIGITS, LIKELY_YEAR)})(?![\w/-])", re.IGNORECASE),
        first_more,
        last_more,
    )
    for form, first_more, last_more in FORMS_OF_YEARS[:-1]
]
TWO_DIGITS = re.compile(r"['’]?([0-9]{2})")
SHORT_LAST_YEAR = re.compile(rf"(?P<first>{FOUR_DIGITS})\s?[-–/]\s?['’]?(?P<last>[0-9]{{2}})")


def read_years(text: str) -> Years:
    """Return the years that somebody wrote; raise ``ValueError`` if they may be others, or are none."""
    words = " ".join(text.split()) if len(text) <= 2 * MAX_WRITTEN else ""
    for form, first_more, last_more in WHOLE_TEXT:
        if match := form.fullmatch(words):
            return _years(match, first_more, last_more)
    raise ValueError(f"“{text}” is no year")


def years_like(text: str) -> list[Years]:
    """Return the years that a text may mean: turned round, with years of two digits, or else the first year in it."""
    try:
        return [read_years(text).in_order()]
    except ValueError:
        words = text.translate(OTHER_DASHES).strip()
    if match := SHORT_LAST_YEAR.fullmatch(words):
        first, last = int(match["first"]), int(match["first"][:2] + match["last"])
        month = [Years(first, first)] if 1 <= int(match["last"]) <= 12 else []
        return month + [Years(first, last)] * (last > first)
    short = TWO_DIGITS.fullmatch(words)
    years = years_meant(int(short[1])) if short else map(int, re.findall(FOUR_DIGITS, text)[:1])
    return [Years(year, year) for year in years]


def years_in(words: str) -> Years | None:
    """Return the period of years that stands in a sentence, or None; a year alone is a date."""
    for form, first_more, last_more in IN_TEXT:
        if match := form.search(words):
            return _years(match, first_more, last_more)
    return None


def without_years(words: str) -> str:
    """Return words without the period of years that stands among them."""
    found = next((match for form, *_more in IN_TEXT if (match := form.search(words))), None)
    return words.replace(found[0], "", 1) if found else words


def _years(match: re.Match, first_more: int, last_more: int) -> Years:
    found = match.groupdict()
    if decade := found.get("decade"):
        return Years(int(f"{decade}0"), int(f"{decade}9"))
    if year := found.get("year"):
        return Years(int(year), int(year))
    first, last = found.get("first") or found.get("first_then"), found.get("last") or found.get("last_then")
    return Years(int(first) + first_more if first else None, int(last) + last_more if last else None)
