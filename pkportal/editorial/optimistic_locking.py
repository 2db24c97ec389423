"""Optimistic locking for admin forms: what an editor saw is compared with what is there when the form is sent.

A field that the editor did not touch keeps what others made of it meanwhile. Only where both changed the same field
the form is refused, once.
"""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _

from .waiting_choices import choice_value

TOKENS = "version_tokens"
SHOWN_OF_THEIRS = 1_000  # characters


def split_tokens(text: str | None) -> list[tuple[str, str]]:
    """Return the names and the tokens that a form sent: ``title=1f3a;date=22c0``."""
    return [(name, token) for name, mark, token in (part.partition("=") for part in (text or "").split(";")) if mark]


def token_of(value: Any) -> str:
    """Return a short digest of a value of a form; a record counts by its primary key, several in any order."""
    if isinstance(value, models.Model):
        value = choice_value(value)
    elif isinstance(value, models.QuerySet) or is_record_list(value):
        value = sorted((choice_value(record) for record in value), key=str)
    return hashlib.sha256(repr("" if value is None else value).encode()).hexdigest()[:8]


def is_record_list(value: object) -> bool:
    """True for the records of a many-to-many field, False for a list of choices."""
    return isinstance(value, list) and all(hasattr(item, "pk") for item in value)


class OptimisticLockingForm(forms.ModelForm):
    """A form that does not overwrite what somebody else saved while it was open, unless it is sent again."""

    version_tokens = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lay_draft()
        self.stored_tokens = {name: token_of(value) for name, value in self.stored_values().items() if name != TOKENS}
        tokens = self.stored_tokens | self.more_tokens()
        self.initial[TOKENS] = ";".join(f"{name}={token}" for name, token in tokens.items() if token)

    def lay_draft(self):
        """Do nothing: a form of drafts lays the draft over the initial values."""

    def stored_values(self):
        """Return the values that are compared: none of a record that is new."""
        return dict(self.initial) if self.instance.pk else {}

    def more_tokens(self):
        """Return what else a form sends along in its tokens."""
        return {}

    def clean(self):
        """Keep what others changed in fields that were not touched; raise ``ValidationError`` once for the others."""
        cleaned = super().clean()
        opened = dict(split_tokens(self[TOKENS].data))
        changed = [
            name
            for name, token in self.stored_tokens.items()
            if name in self.fields and opened.get(name, token) != token and not self.fields[name].disabled
        ]
        for name in [*changed]:
            sent = {token_of(self.cleaned_data[name]), token_of(self[name].data)} if name in self.cleaned_data else {}
            if self.stored_tokens[name] in sent:  # the same was typed elsewhere, or it was sent twice
                changed.remove(name)
            elif opened[name] in sent:
                self.keep_theirs(name)
                changed.remove(name)
        if changed:
            self.data = self.data.copy()
            self.data[self.add_prefix(TOKENS)] = self.initial[TOKENS]
            names = get_text_list([str(self.fields[name].label) for name in changed], _("and"))
            for name in changed:
                self.add_error(name, _("Theirs: %(value)s") % {"value": self.in_words(name)})
            raise ValidationError(
                _(
                    "Somebody changed this record while you had it open: %(names)s. The form shows what you typed. "
                    "Save again to overwrite what others wrote, which is beside it."
                ),
                "changed_meanwhile",
                {"names": names},
            )
        return cleaned

    def in_words(self, name):
        """Return the value that is there now, as the form shows it."""
        field, value = self.fields[name], self.initial.get(name)
        if isinstance(field, forms.ModelChoiceField):
            found = value if isinstance(value, list) else [value]
            records = [it if isinstance(it, models.Model) else field.queryset.filter(pk=it).first() for it in found]
            text = ", ".join(field.label_from_instance(record) for record in records if record)
        elif choices := dict(getattr(field, "choices", ())):
            text = ", ".join(str(choices.get(it, it)) for it in (value if isinstance(value, list) else [value]) if it)
        elif isinstance(field, forms.BooleanField):
            text = _("yes") if value else _("no")
        else:
            text = str(field.prepare_value(value) if value is not None else "")
        return Truncator(text).chars(SHOWN_OF_THEIRS) or _("nothing")

    def keep_theirs(self, name):
        """Give a field that was not touched the value that is there now; the form then shows it too."""
        field = self.fields[name]
        value = field.prepare_value(self.initial.get(name))
        self.cleaned_data[name] = field.clean(value)
        self.data = self.data.copy()
        if isinstance(value, list):
            self.data.setlist(self.add_prefix(name), value)
        elif value is True or value not in (None, False):
            self.data[self.add_prefix(name)] = value
        else:
            self.data.pop(self.add_prefix(name), None)
        self.__dict__.pop("changed_data", None)
