"""Words of a question that may mean several things: an abbreviation is a code, and stands for other words, too."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from pkportal.content.dates import PartialDate

from .asked_dates import unclear_dates_in
from .question import Meaning, Question


class Reading(NamedTuple):
    """One thing that some words may mean: a record, with its kind, or other words, with the address of their search."""

    text: str
    kind: str
    address: str


def several_readings(question: Question, written: str) -> list[tuple[str, list[Reading]]]:
    """Return the words of a question, and the dates as they were written, that may mean several things, with these."""
    read = ((" ".join(question.tokens[it.start : it.stop]), [*_readings(it)]) for it in question.meanings)
    several = [(words, readings) for words, readings in read if len(readings) > 1 and any(it.kind for it in readings)]
    return several + [
        (it.text, [_with_date(written, it.text, date) for date in it.dates]) for it in unclear_dates_in(written)
    ]


def _with_date(written: str, text: str, date: PartialDate) -> Reading:
    """Return the reading of a date as one of those that it may be, with the address of the search for it."""
    return Reading(date.in_words, "", _search_address(written.replace(text, date.in_words)))


def _readings(meaning: Meaning) -> Iterator[Reading]:
    for record in meaning.records:
        address = reverse(record.model.page.url_name, args=[record.code])
        yield Reading(record.title, str(record.model._meta.verbose_name), address)
    for words in meaning.words:
        yield Reading(words, "", _search_address(f'"{words}"' if " " in words else words))


def _search_address(words: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': words})}"
