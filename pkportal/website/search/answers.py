"""Answers that a search gives above its results: what an app reads in a question and knows without a page for it."""

from typing import NamedTuple

from django.utils.module_loading import import_string

from pkportal.website.apps import app_values

from .question import Question


class StatedAnswer(NamedTuple):
    """An answer: what is stated, the address of the record, and its source; with the selection of all of its kind."""

    text: str
    address: str
    source: str
    selection: str
    selection_address: str
    source_address: str = ""


def answers_to(question: Question) -> list[StatedAnswer]:
    """Return the answers of all apps, whose configs name a function each in ``search_answers``."""
    return [answer for path in app_values("search_answers") for answer in import_string(path)(question)]
