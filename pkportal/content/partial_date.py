"""A partial date as a value: known to the day, the month or the year."""

import calendar
import datetime
import re
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class PartialDate(str):
    """A date in ISO 8601's reduced forms, 1999, 1999-06 or 1999-06-12; as text it sorts by time."""

    __slots__ = ()

    def __new__(cls, text: str):
        """Raise ``ValueError`` if the text is not a date."""
        try:
            if not (match := ISO_DATE.fullmatch(text)):
                raise ValueError
            year, month, day = (int(part or 1) for part in match.groups())
            datetime.date(year, month, day)
        except ValueError:
            raise ValueError(f"“{text}” is not a date") from None
        return super().__new__(cls, text)

    @property
    def precision(self) -> str:
        """The smallest part that is known: year, month or day."""
        return {4: "year", 7: "month", 10: "day"}[len(self)]

    @property
    def year(self) -> int:
        """The year is always known."""
        return int(self[:4])

    @property
    def first(self) -> datetime.date:
        """The earliest day that this date may mean."""
        return datetime.date(self.year, int(self[5:7] or 1), int(self[8:10] or 1))

    @property
    def last(self) -> datetime.date:
        """The latest day that this date may mean."""
        month = int(self[5:7] or 12)
        _weekday, days = calendar.monthrange(self.year, month)
        return datetime.date(self.year, month, int(self[8:10] or days))

    @property
    def in_words(self) -> str:
        """The date as readers write it, no more exactly than it is known: June 1999."""
        return _display(str(self), "F", get_language())

    @property
    def in_short(self) -> str:
        """The date as it is written in a narrow column, which may break it before the year: 12 Jun 1999."""
        words = _display(str(self), "M", get_language())
        return words.replace(" ", "\N{NO-BREAK SPACE}", 1) if self.precision == "day" else words

    @property
    def on_or_in(self) -> str:
        """The date in words as it stands in a sentence: ``on 12 June 1999``, ``in June 1999``."""
        return (_("on %(date)s") if self.precision == "day" else _("in %(date)s")) % {"date": self.in_words}


@lru_cache(4096)
def _display(text: str, month: str, _language: str) -> str:
    """Format a date, its month by this letter; cached, because a page of figures repeats the same few dates."""
    date = PartialDate(text)
    return formats.date_format(date.first, {"year": "Y", "month": f"{month} Y", "day": f"j {month} Y"}[date.precision])
