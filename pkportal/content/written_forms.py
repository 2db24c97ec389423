"""Other ways to write what a record is called, and what a search makes of them: ``UNSCR 1244`` is ``S/RES/1244``."""

import re
from functools import cache

from .pages import Searchable, WrittenForm
from .registry import models_with


@cache
def written_forms() -> list[WrittenForm]:
    """Return the written forms of all kinds of record."""
    return [form for model in models_with(Searchable) for form in model.written_forms]


def words_meant(text: str) -> str:
    """Return a query with the words that texts have in place of each written form."""
    for form in written_forms():
        text = re.sub(form.pattern, form.words, text, flags=re.IGNORECASE)
    return text


def name_meant(text: str) -> str:
    """Return the name that a whole query is a written form of, or else the query."""
    matches = ((form, re.fullmatch(form.pattern, text.strip(), re.IGNORECASE)) for form in written_forms())
    return next((match.expand(form.name) for form, match in matches if match), text)
