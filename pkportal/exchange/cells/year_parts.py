"""Quarters and halves of a year: no date is one, so a person says which of its months is meant, or that its year is."""

import re
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy

from pkportal.content.partial_date import PartialDate
from pkportal.content.plausible_years import years_meant

_quarter = (
    r"q(?:uarter|tr|uartal|rt)?|t|trim(?:estre?|ester|estri|estru)?|quartale?|kw(?:artał|artal|artału)?|kvartal|kv|"
    r"кв(?:артал)?|çeyrek|negyedév"
)
_half = r"h|hy|s|half(?:[ -]year)?|hj|halbjahr|sem(?:estre?|ester)?|półrocze|полугодие"
_words = [
    r"first|premier|première|erstes|primer|pierwszy|pierwsze",
    r"second|deuxième|zweites|segundo|drugi|drugie",
    r"third|troisième|drittes|tercer|trzeci",
    r"fourth|last|quatrième|viertes|cuarto|czwarty",
]
_romans = ["i", "ii", "iii", "iv"]
_number = r"(?P<number>[1-4]|iv|i{1,3})"
_numbers = [f"{place}|{roman}|{words}" for place, (roman, words) in enumerate(zip(_romans, _words, strict=True), 1)]
_ordinal = rf"(?:{_number}(?:st|nd|rd|th|er|re|ère|ème|e|º|°|-й|\.)?|(?P<word>{'|'.join(_words)}))"
_unit = rf"(?:(?P<half>{_half})|{_quarter})\.?"
_year = r"(?P<year>[0-9]{4}|['’]?[0-9]{2})"
_roman = r"(?P<roman>(?P<number>iv|i{1,3}))"
_sign = r"[\s./:_–-]*"
_forms = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_unit}\s?-?{_number}(?:\s(?:of|de|du)\s)?{_sign}{_year}",  # Q1 2014, T1/2014, H1 '14
        rf"(?:the )?{_ordinal}\s?-?{_unit}(?:\s(?:of|de|du))?{_sign}{_year}",  # 1Q2014, 1st quarter of 2014, I kw. 2014
        rf"{_year}{_sign}{_unit}\s?-?{_number}",  # 2014Q1, 2014/T1
        rf"{_year}{_sign}{_ordinal}\s?-?{_unit}",  # 2014 1st quarter
        rf"{_roman}[\s/–-]+(?P<year>[0-9]{{4}})",  # I/2014: a quarter, or a month as VII/2010 is
        rf"(?P<year>[0-9]{{4}})[\s/–-]+{_roman}",
    )
]

UNCLEAR_PART = gettext_lazy(
    "“%(value)s” is a part of a year: write a year, or the month that it means, such as %(date)s."
)
QUARTER_OR_MONTH = gettext_lazy("“%(value)s” may be a quarter or a month: write a month like %(date)s.")


class YearPartAs(StrEnum):
    """As what the parts of years in a column are read."""

    LAST = "last"  # of their months
    FIRST = "first"
    YEAR = "year"
    MONTH = "month"  # I/2014 is January 2014


class YearPart(NamedTuple):
    """A quarter or a half of a year: its year, its first month and its last.

    ``month`` is that of a Roman number alone, which may be one.
    """

    year: int
    first: int
    last: int
    month: int = 0

    def read_as(self, meant: str) -> PartialDate | None:
        """Return the date that it stands for; None if nobody has said which."""
        months: dict[str, int] = {
            YearPartAs.FIRST: self.first,
            YearPartAs.LAST: self.last,
            YearPartAs.MONTH: self.month,
        }
        if meant == YearPartAs.YEAR:
            return PartialDate(f"{self.year}")
        month = months.get(meant, 0)
        return PartialDate(f"{self.year}-{month:02}") if month else None

    def words(self) -> dict[str, str]:
        """Return the last of its months, or the month that it may be, as the words of a refusal."""
        return {"date": f"{self.year}-{self.month or self.last:02}"}


def year_part(words: str) -> YearPart | None:
    """Return the quarter or the half that a text names, if it names one."""
    match = next(filter(None, (form.fullmatch(words) for form in _forms)), None)
    if match is None:
        return None
    found = {"number": "", "word": "", "half": "", "roman": ""} | match.groupdict("")
    number = part_number(found["number"] or found["word"])
    year = found["year"].strip("'’")
    years = [int(year)] if len(year) == 4 else years_meant(int(year))
    months = 6 if found["half"] else 3
    if months * number > 12 or len(years) > 1:
        return None
    return YearPart(years[0], months * (number - 1) + 1, months * number, number if found["roman"] else 0)


def part_number(text: str) -> int:
    """Return what a digit, a Roman number or a word says."""
    return next(place for place, said in enumerate(_numbers, 1) if re.fullmatch(said, text, re.IGNORECASE))
