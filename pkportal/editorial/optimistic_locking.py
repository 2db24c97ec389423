"""Optimistic locking for admin forms: what an editor saw is compared with what is stored when the form is sent."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _


def token_by_field(values: dict) -> dict[str, str]:
    """Return a short digest of each value of a form; records in it count by their primary key, in any order."""
    plain = {
        name: sorted(record.pk for record in value) if is_record_list(value) else value
        for name, value in values.items()
    }
    return {name: hashlib.sha256(repr(value).encode()).hexdigest()[:8] for name, value in plain.items()}


def is_record_list(value: object) -> bool:
    """True for the records of a many-to-many field, False for a list of choices."""
    return isinstance(value, list) and all(hasattr(item, "pk") for item in value)


class OptimisticLockingForm(forms.ModelForm):
    """A form that does not overwrite what somebody else saved while it was open, unless it is sent again."""

    version_tokens = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored_tokens = token_by_field(self.initial) if self.instance.pk else {}
        self.initial["version_tokens"] = ";".join(f"{name}={token}" for name, token in self.stored_tokens.items())

    def clean(self):
        """Raise ``ValidationError`` once for what others changed; sent again, the form overwrites it."""
        cleaned = super().clean()
        tokens = self["version_tokens"].data or ""
        opened = dict(part.split("=", 1) for part in tokens.split(";") if "=" in part)
        changed = [
            name
            for name, token in self.stored_tokens.items()
            if name in self.fields and opened.get(name, token) != token
        ]
        if changed:
            self.data = self.data.copy()
            self.data[self.add_prefix("version_tokens")] = self.initial["version_tokens"]
            names = get_text_list([str(self.fields[name].label) for name in changed], _("and"))
            raise ValidationError(
                _(
                    "Somebody changed this record while you had it open: %(names)s. The form shows what you typed. "
                    "Save again to overwrite their changes, or open the record again to see theirs."
                ),
                "changed_meanwhile",
                {"names": names},
            )
        return cleaned
