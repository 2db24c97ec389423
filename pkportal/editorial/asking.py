"""Forms that ask about what is unusual, once: whoever sends the same again has answered."""

import hashlib
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from pkportal.content.unaccent import unaccent

from .draft_forms import DraftForm

ALIKE = 0.75  # of the words of two titles are in both
_word = re.compile(r"\w{2,}")


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


def title_words(title: str) -> set[str]:
    """Return the words of a title, in small letters and without accents."""
    return {*_word.findall(unaccent(title).casefold())}


def records_titled_alike(model: type[models.Model], title: str, pk: int | None) -> list[str]:
    """Return the other records whose title has nearly the same words, each by its reference and title."""
    words = title_words(title)
    found = []
    others = model._base_manager.exclude(pk=pk).order_by("reference")
    for reference, other in others.values_list("reference", "title").iterator():
        other_words = title_words(other)
        if words and len(words & other_words) >= ALIKE * len(words | other_words):
            found.append(f"{reference} “{other}”")
    return found
