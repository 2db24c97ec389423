"""The two ends of a period: each a year, a month or a day."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pkportal.content.dates import PartialDate
from pkportal.website.facets import FacetCount, FacetMixin, FacetSelect
from pkportal.website.filters import ANY_LABEL, ListFilterSet


class DateBoundField(forms.CharField):
    """A date as exactly as the visitor cares to say it."""

    widget = forms.TextInput(attrs={"placeholder": "1999-06-12", "maxlength": 10, "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a year, a month or a day: 1999, 1999-06 or 1999-06-12.")}

    def to_python(self, value):
        """Read a date, and do not say a long nonsense back."""
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        try:
            return PartialDate(value)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], "invalid") from None


class DateBoundFilter(django_filters.Filter):
    """One end of a period."""

    field_class = DateBoundField

    def in_words(self, answer):
        """Write the date as exactly as it was asked for."""
        return answer.in_words


class ListedDateField(DateBoundField):
    """One date, chosen from a list: nothing is added to it or taken away."""

    widget = FacetSelect

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)


class ListedDateFilter(FacetMixin, django_filters.Filter):
    """A date exactly as it is on record; of very many, those with the most rows are offered."""

    field_class = ListedDateField
    most = 60

    def in_words(self, answer):
        """Write the date for a reader."""
        return answer.in_words

    def options(self, field, counted, chosen):
        """List the dates that lead somewhere, the latest first."""
        yield "", ANY_LABEL, None
        fullest = sorted(counted, key=lambda date: -counted[date].number)[: self.most]
        for date in sorted({*fullest, *filter(None, [chosen])}, reverse=True):
            yield date, PartialDate(date).in_words, counted.get(date, FacetCount()).number


class PeriodForm(forms.Form):
    """Questions of which two are the ends of a period."""

    def clean(self):
        """Refuse a period that ends before it begins: nothing could answer."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last.last < first.first:
            self.add_error("to", _("The period ends before it begins."))


class PeriodFilterSet(ListFilterSet):
    """Questions that declare the verbs since and until; the address says from and to, which Python keeps for itself."""

    class Meta:
        form = PeriodForm

    @classmethod
    def get_filters(cls):
        """Name the two ends as a visitor would."""
        names = {"since": "from", "until": "to"}
        return {names.get(name, name): question for name, question in super().get_filters().items()}


class OnDateForm(forms.Form):
    """Which date a page shows; what is no date is said so beside the field, and the page shows its own."""

    on = DateBoundField(label=_("On the date"), required=False)

    @property
    def date(self):
        """Give the date that was asked for, or nothing."""
        return self.cleaned_data.get("on") if self.is_valid() else None
