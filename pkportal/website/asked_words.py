"""The words of a list's box: a date among them that may be several is asked about."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .search.asked_dates import unclear_dates_in


class AskedWordsField(forms.CharField):
    """Form field of words to look for; the params of its error have the words as they may be meant as ``nearest``."""

    default_error_messages = {"unclear": _("“%(text)s” may be %(readings)s: please choose.")}

    def clean(self, value):
        """Return the words, or ask which date is meant."""
        words = super().clean(value)
        for text, dates in unclear_dates_in(words):
            readings = [date.in_words for date in dates]
            params = {
                "text": text,
                "readings": _(" or ").join(readings),
                "nearest": [words.replace(text, date) for date in readings],
            }
            raise ValidationError(self.error_messages["unclear"], "unclear", params)
        return words
