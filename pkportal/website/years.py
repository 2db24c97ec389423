"""Filter by years as people write them: 1999, 1999–2001, since 2010; the address has them in one way, 1999..2001."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pkportal.content.written_years import Years, read_years, years_like

from .facets import CopiedFilter

HOW_TO_WRITE = _("Write a year or several: 1999, 1999–2001, since 2010 or before 2005.")


class YearsField(forms.CharField):
    """Form field of years that are at least partly between two bounds.

    ``renamed`` has the value of the address for what was written in another way. The params of an error have what may
    have been meant as ``nearest``.
    """

    default_error_messages = {
        "invalid": HOW_TO_WRITE,
        "reversed": _("The period ends before it begins."),
        "early": _("This must be at least %(limit)s."),
        "late": _("This must be at most %(limit)s."),
    }
    renamed: tuple[tuple[str, str], ...] = ()

    def __init__(self, *, min_value: int, max_value: int, **kwargs):
        super().__init__(**kwargs)
        self.min_value, self.max_value = min_value, max_value

    def clean(self, value):
        """Return the years, None for an empty text."""
        self.renamed = ()
        if not (text := super().clean(value)):
            return None
        years = self._read(text)
        if text != str(years):
            self.renamed = ((text, str(years)),)
        return years

    def _read(self, text: str) -> Years:
        try:
            years = read_years(text)
        except ValueError:
            raise self._error("invalid", nearest=years_like(text)) from None
        if years.end_before_they_begin:
            raise self._error("reversed", nearest=[years.in_order()])
        if years.last and years.last < self.min_value:
            raise self._error("early", limit=self.min_value)
        if years.first and years.first > self.max_value:
            raise self._error("late", limit=self.max_value)
        return years

    def _error(self, code: str, nearest=(), **params) -> ValidationError:
        inside = [str(it) for it in nearest if it.last is None or self.min_value <= it.last <= self.max_value]
        return ValidationError(self.error_messages[code], code, {"nearest": inside, **params})


class YearsFilter(CopiedFilter, django_filters.Filter):
    """Some years, as the query set method of the filter's own name takes them."""

    field_class = YearsField

    def __init__(self, *args, **kwargs):
        widget = forms.TextInput({"placeholder": _("1999 or 1999–2001"), "autocomplete": "off"})
        super().__init__(*args, **{"method": "queryset_method", "widget": widget, **kwargs})

    def in_words(self, years):
        """Return the years as they stand in a sentence."""
        return years.in_words
