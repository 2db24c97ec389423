"""Answers that a search gives above its results: what an app reads in a question and knows without a page for it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.module_loading import import_string

from pkportal.content.dates import PartialDate
from pkportal.content.words import MONTH_NAMES, search_words
from pkportal.website.apps import app_values

from .question import Question

DATE_IN_WORDS = re.compile(
    rf"\b(?:(?:([0-9]{{1,2}}) )?({'|'.join(MONTH_NAMES)}) )?((?:19|20)[0-9]{{2}})\b", re.IGNORECASE
)


class StatedAnswer(NamedTuple):
    """An answer: what is stated, by whom, and the page that it is on; with the selection that has all of its kind."""

    text: str
    address: str
    source: str
    selection: str
    selection_address: str


def answers_to(question: Question) -> list[StatedAnswer]:
    """Return the answers of all apps, whose configs name a function each in ``search_answers``."""
    if not question.meanings:
        return []
    return [answer for path in app_values("search_answers") for answer in import_string(path)(question)]


def dates_in(question: Question) -> Iterator[PartialDate]:
    """Yield the dates that are in a question: a year, a month, a day."""
    for day, month, year in DATE_IN_WORDS.findall(" ".join(search_words(question.typed).split())):
        parts = [year, *([f"{MONTH_NAMES.index(month.title()) + 1:02}"] if month else [])]
        text = "-".join([*parts, *([f"{int(day):02}"] if day else [])])
        try:
            yield PartialDate(text)
        except ValueError:
            continue
