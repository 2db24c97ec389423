"""Fields of dates, and what dates mean in a query: partial dates, and days as people write them."""

import calendar
import datetime
from functools import reduce
from operator import and_

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .partial_date import PartialDate
from .plausible_years import EARLIEST_YEAR, YEARS_TO_COME
from .written_dates import MAX_WRITTEN, UnclearDateError, read_date

WRITTEN_WIDTH = 18  # letters: 12 September 1999
IMPLAUSIBLE = _("“%(value)s” is not a plausible date: write a year from %(earliest)d to %(latest)d.")
UNCLEAR_DATE = _("“%(value)s” may be %(either)s: write %(dates)s.")
NO_DAY = _("“%(value)s” is not a day: write 1999-06-12 or 12 June 1999.")
NO_DATE = _("“%(value)s” is not a date: write 1999, 1999-06 or 1999-06-12.")


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


class DayField(models.DateField):
    """A column of whole days, which are plausible."""

    default_validators = [validate_plausible]


class PartialDateFormField(forms.CharField):
    """Form field for a partial date as people write it: 1999-06, June 1999, 12 June 1999."""

    widget = forms.TextInput(attrs={"size": WRITTEN_WIDTH, "placeholder": "12 June 1999"})
    default_error_messages = {"invalid": NO_DATE, "unclear": UNCLEAR_DATE}

    def to_python(self, value):
        """Return a ``PartialDate``, or None for an empty text; ask which was meant where it may be several."""
        text = super().to_python(value)
        return None if text in self.empty_values else written_date(text, self.error_messages)


class DayFormField(forms.DateField):
    """Form field for a whole day as people write it."""

    default_error_messages = {"invalid": NO_DAY, "unclear": UNCLEAR_DATE}

    def to_python(self, value):
        """Return a ``datetime.date``; a month or a year is not enough."""
        if value in self.empty_values or isinstance(value, datetime.date):
            return super().to_python(value)
        date = written_date(str(value), self.error_messages)
        if date.precision != "day":
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": value})
        return date.first


def written_date(text: str, messages: dict) -> PartialDate:
    """Return the date that somebody wrote in a form; raise ``ValidationError`` if it is none, or may be several."""
    params: dict = {"value": text[:MAX_WRITTEN]}
    try:
        return read_date(text)
    except UnclearDateError as error:
        params |= {"nearest": error.dates} | error.in_words
        raise ValidationError(messages["unclear"], "unclear", params) from None
    except ValueError:
        raise ValidationError(messages["invalid"], "invalid", params) from None


def ends_after_it_starts(start: str, end: str) -> Q:
    """Return the condition, for a CHECK constraint, that a span of partial dates does not end before it starts.

    Compared as text, 1999 is before 1999-06: only an end in an earlier period is refused.
    """
    return (
        Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": models.F(start)})
        | Q(**{f"{start}__startswith": models.F(end)})
    )
