"""Whole numbers as people write them in forms: 1200, 1,200 or 1 200."""

import re

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

BLANKS = "\u0020\u00a0\u2009\u202f"  # space, no-break space, thin space, narrow no-break space
_grouped = re.compile(rf"[+-]?\d{{1,3}}(?:(?P<mark>[,'’{BLANKS}])\d{{3}})(?:(?P=mark)\d{{3}})*")
_ambiguous = re.compile(r"\d{1,3}\.\d{3}")  # twelve hundred to some, one and a fifth to others


class WrittenNumberField(forms.IntegerField):
    """Form field of a whole number, with or without marks between the thousands."""

    widget = AdminTextInputWidget(attrs={"inputmode": "numeric", "class": "vIntegerField"})
    default_error_messages = {
        "invalid": _("Enter a whole number: 1200, 1,200 or 1 200."),
        "ambiguous": _("“%(value)s” may be %(whole)s or a fraction: write %(whole)s or %(grouped)s."),
    }

    def to_python(self, value):
        """Read a number without the marks between its thousands."""
        text = str(value if value is not None else "").strip(f"{BLANKS}\t")
        if _ambiguous.fullmatch(text):
            values = {"value": text, "whole": text.replace(".", ""), "grouped": text.replace(".", ",")}
            raise ValidationError(self.error_messages["ambiguous"], "ambiguous", values)
        if _grouped.fullmatch(text):
            text = re.sub(rf"[,'’{BLANKS}]", "", text)
        return super().to_python(text)
