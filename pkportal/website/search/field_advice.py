"""Other words for field words, and advice for what looks like one and is none: natoin:italy, foo:bar."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from pkportal.website.parameter_words import other_words

from .query import ParsedQuery, QueryPart
from .searchable import field_names, search_fields_of, searchable_models
from .value_lists import RecordList, value_list_for

FIELD_NAME = re.compile("[a-z]{2,20}", re.IGNORECASE)
FIELD_NAME_ALIKE = 0.7  # of difflib


class UnknownName(NamedTuple):
    """A part of a query that looks like a field word and is none, and the field word that was probably meant."""

    part: QueryPart
    near: str

    @property
    def corrected(self) -> str:
        """The part as it was probably meant."""
        _name, _colon, value = self.part.text.partition(":")
        return f"{self.near}:{value}" if self.near else self.part.text


def unknown_names(query: ParsedQuery, names: Mapping[str, str]) -> list[UnknownName]:
    """Return the parts that were probably meant as field words: natoin:italy.

    ``names`` are the field words, and other words for them with the field word that is meant.
    """
    parts = [part for part in query.parts if _looks_like_a_field(part)]
    names = other_words(field_names()) | {**names} if parts else {}
    unknown = []
    for part in parts:
        name, _colon, _value = part.text.partition(":")
        (near,) = get_close_matches(name.lower(), names, 1, FIELD_NAME_ALIKE) or [""]
        unknown.append(UnknownName(part, names.get(near, "")))
    return unknown


def _looks_like_a_field(part: QueryPart) -> bool:
    name, colon, value = part.text.partition(":")
    return bool(not part.name and colon and value[:1] not in {"", "/"} and FIELD_NAME.fullmatch(name))


@cache
def words_for_fields() -> dict[str, str]:
    """Return the field words, each for itself, and what the records that they lead to are called: country is nation."""
    words: dict[str, str] = {}
    for model in searchable_models().values():
        for name, lookups in search_fields_of(model).items():
            for value_list in (value_list_for(model, lookup) for lookup in lookups):
                if isinstance(value_list, RecordList):
                    meta = value_list.model._meta
                    called = [meta.verbose_name, meta.verbose_name_plural, *value_list.model.also_called]
                    words |= {str(word): name for word in called}
    return words | {name: name for name in field_names()}
