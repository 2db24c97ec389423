"""Dates as exactly as they are known: to the day, the month or the year."""

import calendar
import datetime
import re
from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class PartialDate(str):
    """A date in ISO 8601's reduced forms, 1999, 1999-06 or 1999-06-12; as text it sorts by time."""

    __slots__ = ()

    def __new__(cls, text):
        """Raise ``ValueError`` for what is no date."""
        try:
            year, month, day = (int(part or 1) for part in ISO_DATE.fullmatch(text).groups())
            datetime.date(year, month, day)
        except (AttributeError, ValueError):
            raise ValueError(f"“{text}” is no date") from None
        return super().__new__(cls, text)

    @property
    def precision(self):
        """Say which is the smallest part that is known: year, month or day."""
        return {4: "year", 7: "month", 10: "day"}[len(self)]

    @property
    def year(self):
        """The year is always known."""
        return int(self[:4])

    @property
    def first(self):
        """Give the earliest day that this date may mean."""
        return datetime.date(self.year, int(self[5:7] or 1), int(self[8:10] or 1))

    @property
    def last(self):
        """Give the latest day that this date may mean."""
        month = int(self[5:7] or 12)
        return datetime.date(self.year, month, int(self[8:10] or calendar.monthrange(self.year, month)[1]))

    @property
    def in_words(self):
        """Write the date for a reader, no more exactly than it is known: June 1999."""
        return _display(str(self), get_language())


@lru_cache(4096)
def _display(text, _language):
    """Write a date; a page of figures says the same few dates over and over."""
    date = PartialDate(text)
    return formats.date_format(date.first, {"year": "Y", "month": "F Y", "day": "j F Y"}[date.precision])


def may_begin_by(date, start, end):
    """Ask for rows whose span may have begun by a date; where only the end is known, it is known at its end alone.

    A span of which neither end is known is never taken to hold.
    """
    last = date.last.isoformat()
    return Q(**{f"{start}__lte": last}) | Q(**{f"{start}__isnull": True, f"{end}__lte": last})


def may_reach(date, end):
    """Ask for rows whose end may lie on a date or after it; of a month or a year, its last day counts."""
    day = date.first.isoformat()
    return Q(**{f"{end}__gte": day}) | Q(**{f"{end}__in": [day[:4], day[:7]]})


class PartialDateField(models.Field):
    """A column of partial dates; the database refuses what is no date."""

    description = _("Date, known to the day, the month or the year")
    default_error_messages = {
        "invalid": _("“%(value)s” is no date: write 1999, 1999-06 or 1999-06-12."),
    }

    def db_type(self, connection):
        """Name the domain that keeps the rule for SQL typed by hand as well."""
        return "pk_date"

    def from_db_value(self, value, expression, connection):
        """Wrap what the domain has already proved to be a date."""
        return value if value is None else str.__new__(PartialDate, value)

    def to_python(self, value):
        """Take a date, a text or nothing; an empty text is no date."""
        if value is None or value == "":
            return None
        if isinstance(value, datetime.date):
            value = value.isoformat()[:10]
        try:
            return PartialDate(str(value).strip())
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": value}) from None

    def get_prep_value(self, value):
        """Hand the database plain text, so that an unfinished date may be asked for too."""
        value = super().get_prep_value(value)
        return value if value is None else str(value)

    def value_to_string(self, obj):
        """Serialise a date as it is written in CSV."""
        return self.value_from_object(obj) or ""

    def formfield(self, **kwargs):
        """Let an editor type the date as exactly as it is known."""
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


class PartialDateFormField(forms.CharField):
    """A box for a date that may be known to the month or the year only."""

    widget = forms.TextInput(attrs={"size": 11, "placeholder": "1999-06-12"})

    def to_python(self, value):
        """Read what was typed as the column reads it."""
        return PartialDateField().to_python(super().to_python(value))


def ends_after_it_starts(start: str, end: str) -> Q:
    """Return the condition, for a CHECK constraint, that a span of partial dates does not end before it starts.

    Compared as text, 1999 is before 1999-06: only an end in an earlier period is refused.
    """
    return (
        Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": models.F(start)})
        | Q(**{f"{start}__startswith": models.F(end)})
    )
