"""Filters by a whole number as people write it: 1,200, 1 200 or 1.200; one that may be two is asked about."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from pkportal.exchange.cells.seen_texts import UnclearText
from pkportal.exchange.cells.written_numbers import read_number

from .facets import CopiedFilter

MAX_NUMBER = 10**15  # more than any figure


class WholeNumberField(forms.IntegerField):
    """Form field of a whole number; the params of its error have what may have been meant as ``nearest``."""

    def to_python(self, value):
        """Return the number; 1.000 may be a thousand or one."""
        if value in self.empty_values:
            return None
        try:
            written = read_number(str(value), is_whole=True)
        except UnclearText as error:
            if error.readings:
                raise ValidationError(str(error), "unclear", {"nearest": error.readings}) from None
            written = None
        if written is None or written.sense:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return super().to_python(written.number)


class WholeNumberFilter(CopiedFilter, django_filters.NumberFilter):
    """A whole number between two bounds."""

    field_class = WholeNumberField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"min_value": 0, "max_value": MAX_NUMBER, **kwargs})

    def in_words(self, number):
        """Return a number as it is read."""
        return f"{number:,}"

    def get_max_validator(self):
        """Return no validator for the size of the column: the bounds above are narrower."""
