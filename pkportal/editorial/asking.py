"""Forms that ask about what is unusual, once: whoever sends the same again has answered."""

import hashlib
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Func, TextField, Value

from .draft_forms import DraftForm

ALIKE = 0.75  # of the stems of two titles are in both


class AskingForm(DraftForm):
    """Form that refuses what there is a question about, until it is sent again; its page has the field ``answered``."""

    answered = forms.CharField(required=False, widget=forms.HiddenInput)

    def ask(self, name: str, question: str, message: Any, code: str) -> None:
        """Refuse the value of a field about which there is a question; the message has a place for it."""
        answer = hashlib.sha256(f"{self.cleaned_data.get(name)} {question}".encode()).hexdigest()[:8]
        if question and self["answered"].data != answer:
            self.data = self.data.copy()
            self.data[self.add_prefix("answered")] = answer
            self.add_error(name, ValidationError(message, code, {"question": question}))


class TitleStems(Func):
    """The stems of the words of a title, without those that say little: “forums” is “forum”, and “the” is nothing."""

    template = "tsvector_to_array(to_tsvector('english', pk_unaccent(%(expressions)s)))"
    output_field = ArrayField(TextField())


def records_titled_alike(model: type[models.Model], title: str, pk: int | None) -> list[str]:
    """Return the other records whose title has nearly the same words, each by its reference and title."""
    others = model._base_manager.exclude(pk=pk).order_by("reference")
    stems = [TitleStems(Value(title, TextField())), TitleStems("title")]
    found = []
    for reference, other, *both in others.values_list("reference", "title", *stems):
        words, other_words = map(set, both)
        if words and len(words & other_words) >= ALIKE * len(words | other_words):
            found.append(f"{reference} “{other}”")
    return found
