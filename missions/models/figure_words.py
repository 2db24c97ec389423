"""The words by which a figure is found: of its place and note, its nation, mission and source, and what it counts."""

import re
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorExact
from django.db.models import F, Model, Q

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
        if token.lower() == "or":
            alternatives.append([])
        elif term := query_term(token.lstrip("-")):
            has_word = _has_word(figures, token.lstrip("-"), term)
            alternatives[-1].append(~has_word if token.startswith("-") else has_word)
    asked = [reduce(and_, conditions) for conditions in alternatives if conditions]
    return any_of(asked) if asked else Q()


def in_place_or_note(figures: type[Model], term: str) -> Q:
    """Return the condition that the place or the note of a figure has what a query asks for."""
    return Q(SearchVectorExact(words_of(figures), _query(term)))


def _has_word(figures: type[Model], word: str, term: str) -> Q:
    in_title = _query(re.sub("'[^']+'", r"\g<0>:A", term))
    named = [
        Q(IsAmong(F(name), keys_of(model._default_manager.published().filter(search=in_title))))
        for name, model in NAMED_BESIDE.items()
    ]
    listed = [Q(**{f"{name}__in": codes}) for name, it in LISTED_CHOICES.items() if (codes := _codes_with(it, word))]
    return any_of([in_place_or_note(figures, term), *named, *listed])


def _codes_with(choices: Any, word: str) -> list[str]:
    """Return the codes of the choices of which a label has a word."""
    asked = unaccent(word).casefold().strip('"').removesuffix("s")
    labels = ((code, str(label).casefold().split()) for code, label in choices.choices)
    return [code for code, words in labels if asked in {each.removesuffix("s") for each in words}]


def _query(term: str) -> SearchQuery:
    return SearchQuery(term, search_type="raw", config="english")
