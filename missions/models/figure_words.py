"""The words by which a figure is found: of its place and note, its nation, mission and source, and what it counts."""

import re
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorExact
from django.db.models import Exists, F, Model, OuterRef, Q

from pkportal.content.queries import IsAmong, any_of, keys_of
from pkportal.content.search_index import WORD_OR_PHRASE, query_term, words_of
from pkportal.content.unaccent import unaccent
from pkportal.content.written_forms import words_meant
from pkportal.sources.models import Source

from .contribution_terms import Basis, ContributionKind, Unit
from .country import Country
from .mission import Mission

NAMED_BESIDE = {"country": Country, "mission": Mission, "source": Source}
LISTED_CHOICES = {"kind": ContributionKind, "unit": Unit, "basis": Basis}


def has_words(figures: type[Model], words: str) -> Q:
    """Return the condition that a figure has these words as search engines take them, each of them anywhere."""
    alternatives: list[list[Q]] = [[]]
    for token in WORD_OR_PHRASE.findall(words_meant(words)):
        word = token.lstrip("-")
        if token.lower() == "or":
            alternatives.append([])
        elif term := query_term(word):
            is_excluded = token.startswith("-")
            places = _choices_named(word) or [_in_text(figures, term, is_excluded), *_beside(term)]
            alternatives[-1].append(_none_of(places) if is_excluded else any_of(places))
    asked = [reduce(and_, conditions) for conditions in alternatives if conditions]
    return any_of(asked) if asked else Q()


def _choices_named(word: str) -> list[Q]:
    """Return the conditions that a figure is of a kind, a unit or a basis which a word names.

    Such a word is not looked for in texts as well: it may be in those of a tenth of all figures.
    """
    return [Q(**{f"{name}__in": codes}) for name, it in LISTED_CHOICES.items() if (codes := _codes_with(it, word))]


def _in_text(figures: type[Model], term: str, is_excluded: bool) -> Q:
    """Return the condition that the place or the note of a figure has a word.

    To exclude it asks for the row once more, which the database joins by the index of words: without that it would make
    the words of each figure anew.
    """
    has_word = Q(SearchVectorExact(words_of(figures), _query(term)))
    return Q(Exists(figures._base_manager.filter(has_word, pk=OuterRef("pk")))) if is_excluded else has_word


def _beside(term: str) -> list[Q]:
    """Return the conditions that the nation, the mission or the source of a figure has a word in its title."""
    in_title = _query(re.sub("'[^']+'", r"\g<0>:A", term))
    return [
        Q(IsAmong(F(name), keys_of(model._default_manager.published().filter(search=in_title))))
        for name, model in NAMED_BESIDE.items()
    ]


def _none_of(conditions: list[Q]) -> Q:
    """Return the condition that none of some holds, one by one: the database joins by those that stand alone."""
    return reduce(and_, (~condition for condition in conditions))


def _codes_with(choices: Any, word: str) -> list[str]:
    """Return the codes of the choices of which a label has a word."""
    asked = unaccent(word).casefold().strip('"').removesuffix("s")
    labels = ((code, str(label).casefold().split()) for code, label in choices.choices)
    return [code for code, words in labels if asked in {each.removesuffix("s") for each in words}]


def _query(term: str) -> SearchQuery:
    return SearchQuery(term, search_type="raw", config="english")
