"""Words of a question that may mean several things: an abbreviation is a code, and stands for other words, too."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from .question import Meaning, Question


class Reading(NamedTuple):
    """One thing that some words may mean: a record, with its kind, or other words, with the address of their search."""

    text: str
    kind: str
    address: str


def several_readings(question: Question) -> list[tuple[str, list[Reading]]]:
    """Return the words of a question that may mean several things, each with what it may mean."""
    read = ((" ".join(question.tokens[it.start : it.stop]), [*_readings(it)]) for it in question.meanings)
    return [(words, readings) for words, readings in read if len(readings) > 1 and any(it.kind for it in readings)]


def _readings(meaning: Meaning) -> Iterator[Reading]:
    for record in meaning.records:
        address = reverse(record.model.page.url_name, args=[record.code])
        yield Reading(record.title, str(record.model._meta.verbose_name), address)
    for words in meaning.words:
        phrase = f'"{words}"' if " " in words else words
        yield Reading(words, "", f"{reverse('search')}?{urlencode({'q': phrase})}")
