"""Spelling suggestions: the nearest word among the names and titles of the public record."""

import re
from difflib import get_close_matches

from django.db.models import Count, Func, Q, TextField, Value
from django.db.models.functions import Concat

from pkportal.content.queries import union_all
from pkportal.content.search_index import search_query, title_columns
from pkportal.content.unaccent import unaccent

from .searchable import searchable_models


class WordRows(Func):
    """The words of a text, one a row, with the punctuation around them."""

    function = "string_to_table"
    set_returning = True
    output_field = TextField()


def known_words() -> dict[str, str]:
    """Return the words of all public names and titles, by their form without accents and capitals, in one query."""
    first, *others = (_word_rows(model) for model in searchable_models().values())
    words = (word for (text,) in first.union(*others) for word in re.findall(r"[^\W_]+", text))
    return {unaccent(word).casefold(): word for word in words if len(word) > 2}


def _word_rows(model):
    names = [part for name in title_columns(model) for part in (name, Value(" "))]
    words = WordRows(Concat(*names, output_field=TextField()), Value(" "))
    return model._default_manager.published().order_by().values_list(words)


def nearest_word(word: str, known: dict[str, str]) -> str:
    """Return the known word that is spelt most like this one, or nothing if none is near."""
    keys = get_close_matches(unaccent(word).casefold(), known, 1, 0.72)
    found = "".join(known[key] for key in keys)
    return found.lower() if word.islower() else found


def count_each_word(words: list[str]) -> list[int]:
    """Return for each word the number of public records that have it, in one query."""
    if not words:
        return []
    counts = {f"word_{n}": Count("pk", filter=Q(search=search_query(word))) for n, word in enumerate(words)}
    rows = union_all(
        model._default_manager.published()
        .order_by()
        .values(counted_model=Value(name))
        .annotate(**counts)
        .values_list(*counts)
        for name, model in searchable_models().items()
    )
    return [sum(column) for column in zip(*rows, strict=True)] or [0] * len(words)


def strip_punctuation(word: str) -> str:
    """Return a word without the punctuation around it."""
    return re.sub(r"^\W+|\W+$", "", word)
