"""Conversion of dates: as people write them, with the precision that they are written with."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from pkportal.content.dates import UNCLEAR_DATE
from pkportal.content.written_dates import UnclearDateError

from .cell_dates import (
    GOES_ON,
    DayOrder,
    DaysSince,
    date_words,
    day_counted,
    has_time,
    may_be_either,
    month_alone,
    order_proved_by,
    read_cell_date,
    read_likely_date,
    season_year,
)
from .column_questions import About
from .conversion import Conversion, Converted
from .seen_texts import UnclearText, is_blank_word, seen_text
from .year_parts import QUARTER_OR_MONTH, UNCLEAR_PART, YearPart, YearPartAs, year_part


class DateConversion(Conversion):
    """Reads dates as people write them, and learns from them whether the day or the month comes first."""

    tells_column = True

    def __init__(self, said: Mapping[str, str]):
        self.said = said
        order = said.get(About.ORDER)
        self.order = DayOrder(order) if order else None
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
        if day_counted(text):
            return self.read_day_number(text)
        try:
            date = read_cell_date(text, self.order)
        except UnclearDateError as error:
            about = About.ORDER if may_be_either(text) else ""
            raise UnclearText(UNCLEAR_DATE, text, error.dates, about, **error.in_words) from None
        except UnclearText:
            raise
        except ValueError:
            month = month_alone(text)
            return self.read_month(text, month) if month else self.likely_date(text)
        return Converted(str(date), remark=self.remark(text))

    def read_part(self, text: str, part: YearPart) -> Converted:
        """Read a quarter or a half of a year, as a person said of the column."""
        meant = self.said.get(About.YEAR_PART, "")
        date = part.read_as(meant)
        if date is None:
            message = QUARTER_OR_MONTH if part.month else UNCLEAR_PART
            raise UnclearText(message, text, about=About.YEAR_PART, **part.words())
        remarks = {YearPartAs.FIRST: _("the first of its months"), YearPartAs.LAST: _("the last of its months")}
        return Converted(str(date), remark=remarks.get(YearPartAs(meant), ""))

    def read_day_number(self, text: str) -> Converted:
        """Read the number of a day, once a person has said from where a spreadsheet counts."""
        since = self.said.get(About.DAY_NUMBER)
        day = day_counted(text, since or DaysSince.Y1900)
        if not since:
            message = _(
                "“%(value)s” is a number; as a spreadsheet counts days it would be %(date)s: write that, if it is."
            )
            raise UnclearText(message, text, about=About.DAY_NUMBER, date=str(day))
        return Converted(str(day or ""), remark=_("as the day of that number"))

    def read_month(self, text: str, month: str) -> Converted:
        """Read a month whose year a person has said."""
        if not (year := self.said.get(About.MONTH)):
            message = _("“%(value)s” does not say which year it is: write a date like 2004-12-31 or 2004-12.")
            raise UnclearText(message, text, about=About.MONTH)
        return Converted(str(read_cell_date(f"{month} {year}")), remark=_("in the year that was said"))

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
