"""Spelling suggestions: the nearest word among the names and titles of the public record.

Words are compared here and not by ``pg_trgm``: the portal needs no extension of PostgreSQL, so that any server will do.
"""

import re
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, Count, Func, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Concat
from django.db.models.lookups import Exact

from pkportal.charts.geography import names_on_the_map
from pkportal.content.queries import union_all
from pkportal.content.search_index import search_query, title_columns
from pkportal.content.unaccent import unaccent
from pkportal.sources.models import Source

from .searchable import searchable_models

MIN_LETTERS = 2  # a shorter word is none that anybody misspells
MAX_NEAR = 6
MAX_LETTERS_MORE = 2  # one word may have more than the other
MIN_ALIKE, SURE, SAME_LETTERS, BONUS, OWN_NAME = 0.72, 0.8, 0.9, 0.05, 0.1  # of difflib: how much alike two words are


class KnownWord(NamedTuple):
    """A word of the names on record, and whether it is in the own name of what a reader looks for, not of a source."""

    text: str
    is_of_record: bool


class QueryNodes(Func):
    """The number of words and signs in a full-text query: none, if all its words are such as “of”."""

    function = "numnode"
    output_field = IntegerField()


def known_words() -> dict[str, KnownWord]:
    """Return the words of all public names and titles, by their form without accents and capitals, in one query.

    Two words that follow each other in the name of a record are known in one word as well: Sharp Guard, by sharpguard.
    """
    texts = [
        _names_in_one(model._default_manager, title_columns(model), model is not Source)
        for model in searchable_models().values()
    ]
    named = ((model, model.names_in) for model in searchable_models().values())
    texts += [_names_in_one(names.rows(model), ["name"], False) for model, names in named if names]
    known: dict[str, KnownWord] = {}
    together: dict[str, KnownWord] = {}
    for text, is_of_record in union_all(texts):
        words = re.findall(r"[^\W_]+", text or "")
        if is_of_record:
            pairs = (f"{first} {second}" for first, second in pairwise(words))
            together |= {unaccent(pair).casefold().replace(" ", ""): KnownWord(pair, True) for pair in pairs}
        for word in words:
            key = unaccent(word).casefold()
            if len(word) > MIN_LETTERS and (key not in known or is_of_record and not known[key].is_of_record):
                known[key] = KnownWord(word, is_of_record)
    return together | known


def _names_in_one(rows, columns, is_of_record):
    """Return all names in one text: far fewer rows than their words."""
    names = Concat(*(part for name in columns for part in (name, Value(" "))), output_field=TextField())
    own = rows.published().order_by().values(own=Value(is_of_record))
    return own.annotate(names=StringAgg(names, " ")).values_list("names", "own")


@cache
def words_on_the_map() -> frozenset[str]:
    """Return the words of the names of countries, without accents and capitals: none of them is misspelt."""
    return frozenset(word for name in names_on_the_map() for word in unaccent(name).casefold().split())


def nearest_word(word: str, known: dict[str, KnownWord]) -> str:
    """Return the known word that is spelt most like this one, or nothing if none is near.

    Of words that are about as near, that with the same first letter comes first, and that of a record before that of
    a source. A number, a word of two letters or the name of another country is near to no other: Mali is
    not MAL.
    """
    typed = unaccent(word).casefold()
    if len(typed) <= MIN_LETTERS or typed.isdigit() or typed in words_on_the_map() and typed not in known:
        return ""
    letters = sorted(typed)
    single = [key for key, entry in known.items() if key == typed or " " not in entry.text]
    near = get_close_matches(typed, single, MAX_NEAR, MIN_ALIKE)
    near += [key for key in single if len(key) == len(typed) and sorted(key) == letters]
    places = {key: _nearness(typed, key) + OWN_NAME * known[key].is_of_record for key in near if _is_near(typed, key)}
    found = known[max(places, key=lambda key: places[key])].text if places else ""
    if word[:1].isupper() and found.islower():
        return found.capitalize()
    return found.lower() if word.islower() else found


def _nearness(typed, key) -> float:
    """Return how much alike two words are: letters that only changed places count as a small slip."""
    ratio = SequenceMatcher(None, typed, key).ratio()
    return max(ratio, SAME_LETTERS if sorted(typed) == sorted(key) else 0) + BONUS * (typed[:1] == key[:1])


def _is_near(typed, key) -> bool:
    """True unless the words are only just alike and begin differently: Zaire is not air."""
    if abs(len(typed) - len(key)) > MAX_LETTERS_MORE:
        return False
    return typed[:1] == key[:1] or _nearness(typed, key) >= SURE


def is_surely_near(word: str, name: str) -> bool:
    """True if a word is so much like a name that it is rather a slip than another word."""
    typed, key = unaccent(word).casefold(), unaccent(name).casefold()
    return sorted(typed) == sorted(key) or SequenceMatcher(None, typed, key).ratio() >= SURE


def count_each_word(words: list[str]) -> list[int]:
    """Return for each word the number of public records that have it, in one query; words such as “of” count as had."""
    if not words:
        return []
    queries = [search_query(word) for word in words]
    counts = {
        f"word_{n}": Count("pk", filter=Q(search=query)) + Case(When(Exact(QueryNodes(query), 0), then=1), default=0)
        for n, query in enumerate(queries)
    }
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
