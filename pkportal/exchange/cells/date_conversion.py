"""Conversion of dates: as people write them, with the precision that they are written with."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from pkportal.content.dates import UNCLEAR_DATE
from pkportal.content.written_dates import UnclearDateError

from .cell_dates import (
    GOES_ON,
    DayOrder,
    date_words,
    has_time,
    may_be_either,
    order_proved_by,
    read_cell_date,
    read_likely_date,
    season_year,
)
from .conversion import Conversion, Converted
from .seen_texts import UnclearText, is_blank_word, seen_text
from .year_parts import QUARTER_OR_MONTH, UNCLEAR_PART, YearPart, YearPartAs, year_part


class DateAnswers(NamedTuple):
    """What a person said of the dates of a column: which number comes first, and what parts of a year stand for."""

    order: DayOrder | None = None
    part_as: YearPartAs | None = None


NOTHING_SAID = DateAnswers()


class DateConversion(Conversion):
    """Reads dates as people write them, and learns from them whether the day or the month comes first."""

    tells_column = True

    def __init__(self, answers: DateAnswers):
        self.order, self.part_as = answers
        self.unclear_part = ""  # the first quarter or half of which nobody has said what it stands for
        self.orders_seen: set[DayOrder] = set()

    def convert(self, text):
        """Read a date, with the precision that it is written with."""
        if is_blank_word(text):
            return Converted("")
        if seen_text(text).casefold() in GOES_ON:
            question = _("Is it right to read “%(name)s” as blank, as it has not ended?")
            return Converted("", question=question % {"name": text.strip()})
        self.learn(text)
        if part := year_part(date_words(text)):
            return self.read_part(text, part)
        if year := season_year(text):
            question = _("Is it right to read “%(name)s” as %(date)s, the year in which it begins?")
            return Converted(str(year), question=question % {"name": text.strip(), "date": year})
        try:
            date = read_cell_date(text, self.order)
        except UnclearDateError as error:
            raise UnclearText(UNCLEAR_DATE, text, error.dates, **error.in_words) from None
        except UnclearText:
            raise
        except ValueError:
            return self.likely_date(text)
        return Converted(str(date), remark=self.remark(text))

    def read_part(self, text: str, part: YearPart) -> Converted:
        """Read a quarter or a half of a year, as a person said of the column."""
        date = part.read_as(self.part_as)
        if date is None:
            self.unclear_part = self.unclear_part or text
            raise UnclearText(QUARTER_OR_MONTH if part.month else UNCLEAR_PART, text, **part.words())
        remarks = {YearPartAs.FIRST: _("the first of its months"), YearPartAs.LAST: _("the last of its months")}
        return Converted(str(date), remark=remarks.get(self.part_as, "") if self.part_as else "")

    def likely_date(self, text):
        """Read what is less exact than a date once a person has confirmed it: its year of “mid-2014”."""
        try:
            date = read_likely_date(text)
        except UnclearText:
            raise
        except ValueError:
            return None
        if date is None:
            return None
        question = _("Is it right to read “%(name)s” as %(date)s?") % {"name": text.strip(), "date": date}
        return Converted(str(date), question=question)

    def remark(self, text):
        """Say what was left out of a date, or how its day was told from its month."""
        if has_time(text):
            return _("without the time")
        if self.order is None or not may_be_either(text):
            return ""
        if self.order == DayOrder.DAY_FIRST:
            return _("as the column has the day first")
        return _("as the column has the month first")

    def learn(self, text):
        """Note which number is the day, if only one of them can be."""
        if order := order_proved_by(text):
            self.orders_seen.add(order)
