"""Other ways to write what a record is called, and what a search makes of them: ``UNSCR 1244`` is ``S/RES/1244``."""

import re
from functools import cache

from .pages import Searchable, WrittenForm
from .registry import models_with

ONE_WORD = [  # F 16, 50 000 and 1.244
    re.compile(r"\b([A-Zb-z]) ([0-9]{2,3})\b"),
    re.compile(r"\b([0-9]{1,3})[ \u00a0\u202f]([0-9]00)\b"),
    re.compile(r"(?<![0-9.])([0-9]{1,3})\.([0-9]{3})(?![0-9.])"),
]

SEVERAL = re.compile(r"\b([A-Z][A-Z-]*[A-Z])s\b")  # PRTs and IEDs: the terms and texts have one of them


@cache
def written_forms() -> list[WrittenForm]:
    """Return the written forms of all kinds of record."""
    return [form for model in models_with(Searchable) for form in model.written_forms]


def words_meant(text: str) -> str:
    """Return a query with the words that texts have in place of each written form; F 16 and 50 000 are one word."""
    text = SEVERAL.sub(r"\1", text)
    for pattern in ONE_WORD:
        text = pattern.sub(r"\1\2", text)
    for form in written_forms():
        text = re.sub(form.pattern, form.words, text, flags=re.IGNORECASE)
    return text


def name_meant(text: str) -> str:
    """Return the name that a whole query is a written form of, or else the query."""
    matches = ((form, re.fullmatch(form.pattern, text.strip(), re.IGNORECASE)) for form in written_forms())
    return next((match.expand(form.name) for form, match in matches if match), text)
