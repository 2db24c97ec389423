"""What an editor saw when a form was opened, against what is there when it is sent."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _


def version_tokens(values):
    """Give a short fingerprint of each value of a form; records in it count by their key, in any order."""
    plain = {name: sorted(it.pk for it in value) if is_record_list(value) else value for name, value in values.items()}
    return {name: hashlib.sha256(repr(value).encode()).hexdigest()[:8] for name, value in plain.items()}


def is_record_list(value):
    """Recognise the records that a form starts with, as against the words of a closed list."""
    return isinstance(value, list) and all(hasattr(it, "pk") for it in value)


class OptimisticLockingForm(forms.ModelForm):
    """A form that does not overwrite, unasked, what somebody else stored while it was open."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.there = version_tokens(self.initial) if self.instance.pk else {}
        self.initial["seen"] = ";".join(f"{name}={mark}" for name, mark in self.there.items())

    def clean(self):
        """Say once what others changed; who then sends the form again knows what it replaces."""
        cleaned = super().clean()
        seen = dict(part.split("=", 1) for part in (self["seen"].data or "").split(";") if "=" in part)
        changed = [name for name, mark in self.there.items() if name in self.fields and seen.get(name, mark) != mark]
        if changed:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.initial["seen"]
            names = get_text_list([str(self.fields[name].label) for name in changed], _("and"))
            raise ValidationError(
                _(
                    "Somebody changed this record while you had it open: %(names)s. Below is what you typed. "
                    "Save again to put it in place of theirs, or open the record anew to see theirs."
                ),
                "changed_meanwhile",
                {"names": names},
            )
        return cleaned
