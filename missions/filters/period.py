"""Filters by date: the bounds of a period, and one date from a list; each is a year, a month or a day."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pkportal.content.dates import PartialDate, PartialDateFormField
from pkportal.content.written_dates import MAX_WRITTEN, UnclearDateError, read_date
from pkportal.website.checked_choice import CheckedForm
from pkportal.website.choices import CONTRADICTION, Choice, ChoicesField, ListForm
from pkportal.website.facets import CopiedFilter, FacetCount, FacetOption
from pkportal.website.filters import ChosenFilter, ListFilterSet, excluded_options
from pkportal.website.notices import as_period, bounds_of_years


class DateBoundField(PartialDateFormField):
    """Form field of a date as people write it; its error message does not repeat the input, which may be long."""

    widget = forms.TextInput(attrs={"placeholder": "12 June 1999", "maxlength": MAX_WRITTEN, "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Write a year, a month or a day: 1999, June 1999 or 12 June 1999."),
        "unclear": _("This may be %(either)s: please choose."),
    }


class DateBoundFilter(CopiedFilter, django_filters.Filter):
    """Filter by one bound of a period."""

    field_class = DateBoundField

    def in_words(self, date):
        """Return the date in words, as exact as it was given."""
        return date.in_words


class ListedDatesField(ChoicesField):
    """Form field of dates exactly as they are on record."""

    def find(self, code):
        """Return the choice of a date, whether the record has it or not."""
        try:
            date = PartialDate(code)
        except ValueError:
            return None
        return Choice(code, date.in_words, date)

    def codes_meant(self, name):
        """Return the date that somebody wrote in another way, or both that it may be."""
        try:
            return (str(read_date(name)),)
        except UnclearDateError as error:
            return tuple(map(str, error.dates))
        except ValueError:
            return ()


class ListedDateFilter(ChosenFilter):
    """Filter by dates exactly as they are on record; at most ``max_choices`` are offered, those with the most rows."""

    field_class = ListedDatesField
    max_choices = 60

    def options(self, field, counts, chosen):
        """Yield the dates that have rows, the latest first."""
        for date in sorted({*counts, *(choice.code for choice in chosen.included)}, reverse=True):
            yield FacetOption(date, PartialDate(date).in_words, counts.get(date, FacetCount()).number)
        yield from excluded_options(chosen)


class PeriodForm(ListForm):
    """Form whose fields ``from`` and ``to`` are the bounds of a period."""

    def clean(self):
        """Refuse a period that ends before it begins."""
        super().clean()
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last.last < first.first:
            self.add_error("to", ValidationError(_("The period ends before it begins."), CONTRADICTION))


class PeriodFilterSet(ListFilterSet):
    """Filter set of a period: ``since`` and ``until`` are called ``from`` (a Python keyword) and ``to`` in the URL."""

    form_class = PeriodForm

    @classmethod
    def get_filters(cls):
        """Rename the two bounds as they are called in the URL."""
        names = {"since": "from", "until": "to"}
        return {names.get(name, name): filter_ for name, filter_ in super().get_filters().items()}

    def notices(self, query, other_labels=()):
        """Yield what is not understood; several years where one date is asked may mean a period."""
        for notice in super().notices(query, other_labels):
            is_date = isinstance(self.filters.get(notice.name), DateBoundFilter | ListedDateFilter)
            bounds = bounds_of_years(query.get(notice.name, "")) if is_date and not notice.corrections else {}
            is_period = len({*bounds.values()}) == 2 or len(bounds) == 1
            yield notice._replace(corrections=(as_period(query, notice.name, bounds),)) if is_period else notice


class OnDateForm(forms.Form):
    """Form that chooses the date a page shows; with an invalid date the page shows its default."""

    on = DateBoundField(label=_("On the date"), required=False)


class CommandsForm(CheckedForm, OnDateForm):
    """Form that chooses the date of the tree of commands, and which of them are shown."""
