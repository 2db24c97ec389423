"""The nearest known word: the names and titles of the record are the words it knows."""

import re
from difflib import get_close_matches

from django.db.models import Count, Func, Q, TextField, Value
from django.db.models.functions import Concat

from pkportal.content.search_index import name_columns, search_query
from pkportal.content.unaccent import unaccent

from .vocabulary import searchable_models


class WordRows(Func):
    """The words of a text, one a row, with the signs around them."""

    function = "string_to_table"
    set_returning = True
    output_field = TextField()


def known_words():
    """Find each word of a public name or title by how it is written without accents and capitals, in one query."""
    first, *others = (_word_rows(model) for model in searchable_models().values())
    words = (word for (signed,) in first.union(*others) for word in re.findall(r"[^\W_]+", signed))
    return {unaccent(word).casefold(): word for word in words if len(word) > 2}


def _word_rows(model):
    names = [part for name in name_columns(model) for part in (name, Value(" "))]
    words = WordRows(Concat(*names, output_field=TextField()), Value(" "))
    return model._default_manager.published().order_by().values_list(words)


def nearest_word(word, known):
    """Give the known word that is spelt most like this one, if one is near."""
    near = get_close_matches(unaccent(word).casefold(), known, 1, 0.72)
    found = known[near[0]] if near else ""
    return found.lower() if word.islower() else found


def count_each_word(words):
    """Count what each word finds by itself in everything public, in one query."""
    if not words:
        return []
    each = {f"word_{at}": Count("pk", filter=Q(search=search_query(word))) for at, word in enumerate(words)}
    rows = (
        model._default_manager.published().order_by().values(of_kind=Value(name)).annotate(**each)
        for name, model in searchable_models().items()
    )
    first, *others = (counted.values_list(*each) for counted in rows)
    return [sum(column) for column in zip(*first.union(*others, all=True), strict=True)] or [0] * len(words)


def strip_punctuation(word):
    """Take from a word the signs around it."""
    return re.sub(r"^\W+|\W+$", "", word)
