"""Filters by date: the bounds of a period, and one date from a list; each is a year, a month or a day."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from pkportal.content.dates import PartialDate, PartialDateFormField
from pkportal.website.facets import FacetCount, FacetMixin, FacetSelect
from pkportal.website.filters import ANY_LABEL, ListFilterSet


class DateBoundField(PartialDateFormField):
    """Form field of a partial date; its error message does not repeat the input, which may be long."""

    widget = forms.TextInput(attrs={"placeholder": "1999-06-12", "maxlength": 10, "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a year, a month or a day: 1999, 1999-06 or 1999-06-12.")}


class DateBoundFilter(django_filters.Filter):
    """Filter by one bound of a period."""

    field_class = DateBoundField

    def in_words(self, date):
        """Return the date in words, as exact as it was given."""
        return date.in_words


class ListedDateField(DateBoundField):
    """Form field of one date from a list; blanks are not stripped, so only the exact date is accepted."""

    widget = FacetSelect

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)


class ListedDateFilter(FacetMixin, django_filters.Filter):
    """Filter by a date exactly as it is on record; at most ``max_choices`` are offered, those with the most rows."""

    field_class = ListedDateField
    max_choices = 60

    def in_words(self, date):
        """Return the date in words."""
        return date.in_words

    def options(self, field, counts, chosen):
        """Yield the dates that have rows, the latest first."""
        yield "", ANY_LABEL, None
        for date in sorted({*counts, *filter(None, [chosen])}, reverse=True):
            yield date, PartialDate(date).in_words, counts.get(date, FacetCount()).number


class PeriodForm(forms.Form):
    """Form whose fields ``from`` and ``to`` are the bounds of a period."""

    def clean(self):
        """Refuse a period that ends before it begins."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last.last < first.first:
            self.add_error("to", _("The period ends before it begins."))


class PeriodFilterSet(ListFilterSet):
    """Filter set of a period: ``since`` and ``until`` are called ``from`` (a Python keyword) and ``to`` in the URL."""

    class Meta:
        form = PeriodForm

    @classmethod
    def get_filters(cls):
        """Rename the two bounds as they are called in the URL."""
        names = {"since": "from", "until": "to"}
        return {names.get(name, name): filter_ for name, filter_ in super().get_filters().items()}


class OnDateForm(forms.Form):
    """Form that chooses the date a page shows; with an invalid date the page shows its default."""

    on = DateBoundField(label=_("On the date"), required=False)
