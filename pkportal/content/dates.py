"""Partial dates: known to the day, the month or the year."""

import calendar
import datetime
import re
from functools import lru_cache, reduce
from operator import and_

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear, Now
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

EARLIEST_YEAR = 1900
YEARS_TO_COME = 30  # the domain of the database has both numbers too
IMPLAUSIBLE = _("“%(value)s” is not a plausible date: write a year from %(earliest)d to %(latest)d.")
NO_DATE = _("“%(value)s” is not a date: write 1999, 1999-06 or 1999-06-12.")
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


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months before, or the last of a shorter month; none before the calendar begins."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < datetime.MINYEAR:
        return datetime.date.min
    _weekday, days = calendar.monthrange(year, month + 1)
    return datetime.date(year, month + 1, min(day.day, days))


def may_begin_by(date: PartialDate, start: str, end: str) -> Q:
    """Return the condition that a period may have begun by a date; if only its end is known, from its end on.

    A period of which neither end is known never meets the condition.
    """
    last = date.last.isoformat()
    return Q(**{f"{start}__lte": last}) | Q(**{f"{start}__isnull": True, f"{end}__lte": last})


def may_reach(date: PartialDate, end: str) -> Q:
    """Return the condition that an end may be on or after a date; of a month or a year, its last day counts."""
    day = date.first.isoformat()
    return Q(**{f"{end}__gte": day}) | Q(**{f"{end}__in": [day[:4], day[:7]]})


def validate_plausible(date: PartialDate | datetime.date):
    """Refuse a date before 1900 or more than 30 years from now: it is a slip of the keyboard."""
    latest = timezone.localdate().year + YEARS_TO_COME
    if not EARLIEST_YEAR <= date.year <= latest:
        values = {"value": date, "earliest": EARLIEST_YEAR, "latest": latest}
        raise ValidationError(IMPLAUSIBLE, "implausible", values)


def is_plausible(*days: str) -> Q:
    """Return the condition, for a CHECK constraint, that columns of days are plausible, as partial dates are."""
    latest = ExtractYear(Now()) + YEARS_TO_COME
    conditions = [Q(**{f"{day}__year__gte": EARLIEST_YEAR, f"{day}__year__lte": latest}) for day in days]
    return reduce(and_, conditions)


def has_come(date: str) -> Q:
    """Return the condition, for a CHECK constraint, that a partial date is not in the future."""
    today = models.Func(Now(), models.Value("YYYY-MM-DD"), function="to_char", output_field=models.CharField())
    return Q(**{f"{date}__lte": today})


class PartialDateField(models.Field):
    """A column of partial dates; the database refuses what is not a date, or not a plausible one."""

    default_validators = [validate_plausible]
    description = _("Date, known to the day, the month or the year")
    default_error_messages = {"invalid": NO_DATE}

    def db_type(self, connection):
        """Return the domain, which keeps the rule for SQL typed by hand as well."""
        return "pk_date"

    def from_db_value(self, value, expression, connection):
        """Return a ``PartialDate`` without parsing: the domain has proved that it is one."""
        return value if value is None else str.__new__(PartialDate, value)

    def to_python(self, value):
        """Convert a date or a text; an empty text is None."""
        if value is None or value == "":
            return None
        if isinstance(value, datetime.date):
            value = value.isoformat()[:10]
        try:
            return PartialDate(str(value).strip())
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": value}) from None

    def get_prep_value(self, value):
        """Return plain text, so that lookups may use the beginning of a date too."""
        value = super().get_prep_value(value)
        return value if value is None else str(value)

    def value_to_string(self, obj):
        """Return the date as it is written in CSV."""
        return self.value_from_object(obj) or ""

    def formfield(self, **kwargs):
        """Return a text field that takes partial dates."""
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


class PartialDateFormField(forms.CharField):
    """Form field for a partial date."""

    widget = forms.TextInput(attrs={"size": 11, "placeholder": "1999-06-12"})
    default_error_messages = {"invalid": NO_DATE}

    def to_python(self, value):
        """Return a ``PartialDate``, or None for an empty text."""
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        try:
            return PartialDate(value)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": value}) from None


def ends_after_it_starts(start: str, end: str) -> Q:
    """Return the condition, for a CHECK constraint, that a span of partial dates does not end before it starts.

    Compared as text, 1999 is before 1999-06: only an end in an earlier period is refused.
    """
    return (
        Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": models.F(start)})
        | Q(**{f"{start}__startswith": models.F(end)})
    )
