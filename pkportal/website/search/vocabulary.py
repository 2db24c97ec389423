"""Vocabulary of field words: what their values can name, and the conditions that they put on a model."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, F, Model, OuterRef, Q
from django.utils.text import capfirst

from pkportal.content.contracts import fields_along
from pkportal.content.models import Publishable, public
from pkportal.content.pages import SearchMethod
from pkportal.content.queries import IsAmong, keys_of
from pkportal.website.synonyms import meanings_of

from .query import ParsedQuery, QueryPart, field_word
from .searchable import KIND_FIELD, search_fields_of, searchable_models
from .value_lists import ChoiceList, ListedValue, ValueList, value_list_for

MAX_NAME_WORDS = 5  # words of a name that is not quoted


class ParsedField(NamedTuple):
    """A field word that names something: its label, and its value in each list that has it, by the key of the list."""

    part: QueryPart
    label: str
    values: dict[str, object]

    def applies_to(self, model) -> bool:
        """True if the model has the field word and its lookups can lead to the value."""
        lookups = search_fields_of(model).get(self.part.name, [])
        return any(value_list_for(model, lookup).key in self.values for lookup in lookups)

    def filter(self, queryset):
        """Keep the rows that the field word names, by any of the lookups of the model."""
        condition = Q()
        for lookup in search_fields_of(queryset.model)[self.part.name]:
            value_list = value_list_for(queryset.model, lookup)
            if value_list.key in self.values:
                condition |= _condition(queryset.model, lookup, value_list, self.values[value_list.key])
        return queryset.filter(condition)


def _condition(model, lookup, value_list, value):
    """Return the condition that one lookup, or one search method, of a model leads to the value."""
    if not isinstance(lookup, SearchMethod):
        return _condition_along(model, lookup, value_list, value)
    rows = lookup.method(model._default_manager.all(), value)
    return Q(pk__in=rows.order_by().values("pk"))


def _condition_along(model, lookup, value_list, value):
    """Return the condition that a lookup leads to the value through public records; hidden ones must not be revealed.

    The database follows one relation at a time, from the keys that it leads to: joined at once, each lesson would be
    as many rows as its missions have contributions.
    """
    name, _separator, rest = lookup.partition("__")
    (field,) = fields_along(model, name)
    related = field.related_model
    if rest:
        found = related._default_manager.filter(_condition_along(related, rest, value_list, value), _is_public(related))
        if field.one_to_many:  # asked for one of many rows only, which an index answers
            return Q(Exists(found.filter(**{field.remote_field.name: OuterRef("pk")})))
        condition = Q(IsAmong(F(name), keys_of(found)))
    else:
        condition = value_list.condition(name, value)
        if field.is_relation and issubclass(related, Publishable):
            condition &= public(name)
    if not (field.one_to_many or field.many_to_many):
        return condition
    return Q(pk__in=model._default_manager.filter(condition).order_by().values("pk"))


def _is_public(model: type[Model]) -> Q:
    """Return the condition that a record on a lookup is public, which only a Publishable can fail to be."""
    return public() if issubclass(model, Publishable) else Q()


class UnknownValue(NamedTuple):
    """A field word whose value names nothing, with similar values and an example."""

    part: QueryPart
    near: list[ListedValue]
    example: str


class Vocabulary:
    """The value lists of all field words; each list is loaded at most once, and only if a field word needs it."""

    @cached_property
    def lists(self) -> dict[str, list[ValueList]]:
        """The value lists of each field word."""
        models = searchable_models()
        titles = [(name, capfirst(model._meta.verbose_name_plural)) for name, model in models.items()]
        singular = {name: (str(model._meta.verbose_name),) for name, model in models.items()}
        by_field_word = {KIND_FIELD: {KIND_FIELD: ChoiceList(KIND_FIELD, titles, singular)}}
        by_key: dict[str, ValueList] = {}
        for model in models.values():
            for word, lookups in search_fields_of(model).items():
                for value_list in (value_list_for(model, lookup) for lookup in lookups):
                    shared = by_key.setdefault(value_list.key, value_list)
                    by_field_word.setdefault(word, {}).setdefault(shared.key, shared)
        return {word: [*lists.values()] for word, lists in by_field_word.items()}

    def join_names(self, query: ParsedQuery) -> ParsedQuery:
        """Join a value with the words after it that complete a name: ``nation:united kingdom``."""
        parts = query.parts
        for start, part in enumerate(parts):
            if part.name and part.value:
                for end in range(min(start + MAX_NAME_WORDS, len(parts)), start + 1, -1):
                    joined = join_parts(parts[start:end])
                    if self._has(joined):
                        return self.join_names(ParsedQuery((*parts[:start], joined, *parts[end:])))
        return query

    def _has(self, part):
        return any(value_list.find(part.value) for value_list in self.lists.get(part.name, []))

    def look_up(self, part: QueryPart) -> ParsedField | UnknownValue:
        """Return what a field word names, or what is wrong with it."""
        found = {value_list.key: value_list.find(part.value) for value_list in self.lists.get(part.name, [])}
        entries = {key: entry for key, entry in found.items() if entry}
        if entries:
            first = next(iter(entries.values()))
            return ParsedField(part, str(first.label), {key: entry.value for key, entry in entries.items()})
        lists = self.lists.get(part.name.lstrip("-"), [])
        texts = (meanings_of([part.value]).get(part.value) or [part.value]) if part.value else []
        near = [entry for text in texts for value_list in lists for entry in value_list.near(text)]
        return UnknownValue(part, near[:3], next(filter(None, (value_list.example for value_list in lists)), ""))


def join_parts(parts: Sequence[QueryPart]) -> QueryPart:
    """Return one field word made of a field word and the words after it."""
    name = parts[0].name
    value = " ".join([parts[0].value, *(part.text for part in parts[1:])])
    return QueryPart(field_word(name, value), name, value)
