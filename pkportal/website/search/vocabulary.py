"""Vocabulary of field words: what their values can name, and the conditions that they put on a model."""

import re
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from django.db.models import CharField, Exists, F, Model, OuterRef, Q
from django.utils.text import capfirst

from pkportal.content.contracts import fields_along
from pkportal.content.dates import PartialDateField
from pkportal.content.models import Publishable, public
from pkportal.content.pages import SearchMethod
from pkportal.content.queries import IsAmong, keys_of
from pkportal.content.search_index import title_columns
from pkportal.content.unaccent import unaccent

from .query import ParsedQuery, QueryPart, field_word
from .searchable import KIND_FIELD, search_fields_of, searchable_models

MAX_NAME_WORDS = 5  # words of a name that is not quoted


class ListedValue(NamedTuple):
    """A value that can be named: the value in the database, its label, its code, and further names."""

    value: object
    label: str
    code: str
    names: tuple = ()


def normalise_name(name: str) -> str:
    """Normalise a name: no accents, lower case, spaces for hyphens."""
    return re.sub(r"[\s_-]+", " ", unaccent(str(name)).casefold()).strip()


class ValueList:
    """A list of values that a field word can name."""

    def __init__(self, key: str):
        self.key = key

    @cached_property
    def entries(self) -> list[ListedValue]:
        """The values; those of an open list, such as years, are not listed."""
        return []

    @cached_property
    def by_name(self) -> dict[str, ListedValue]:
        """The values by all their names; a code takes precedence over a name that is written like it."""
        named = {normalise_name(name): entry for entry in self.entries for name in [entry.label, *entry.names] if name}
        return named | {normalise_name(entry.code): entry for entry in self.entries}

    @property
    def example(self) -> str:
        """A code that would be understood."""
        return next((entry.code for entry in self.entries), "")

    def find(self, text: str) -> ListedValue | None:
        """Return the value with this name, or None."""
        return self.by_name.get(normalise_name(text))

    def near(self, text: str) -> list[ListedValue]:
        """Return values with a similar name: first names that contain the text, then names that are spelt like it."""
        typed = normalise_name(text)
        containing = [name for name in self.by_name if len(typed) > 2 and re.search(rf"\b{re.escape(typed)}", name)]
        alike = get_close_matches(typed, self.by_name, 3, 0.65)
        return [*dict.fromkeys(self.by_name[name] for name in [*containing[:3], *alike])]

    def beginning(self, text: str) -> list[ListedValue]:
        """Return the values of which a name has a word that begins with the text."""
        pattern = re.compile(rf"\b{re.escape(normalise_name(text))}")
        return [*dict.fromkeys(entry for name, entry in self.by_name.items() if pattern.search(name))]

    def condition(self, lookup: str, value) -> Q:
        """Return the condition that a lookup leads to the value."""
        return Q(**{lookup: value})


class ChoiceList(ValueList):
    """The choices of a field, named by code and by label."""

    def __init__(self, key, choices, more_names=None):
        super().__init__(key)
        self.choices, self.more_names = choices, more_names or {}

    @cached_property
    def entries(self):
        """The choices."""
        return [ListedValue(code, str(label), code, self.more_names.get(code, ())) for code, label in self.choices]


class RecordList(ValueList):
    """The public records of a model, named by their code, their names and any other unique text."""

    def __init__(self, model):
        super().__init__(model._meta.label)
        self.model = model

    @cached_property
    def entries(self):
        """The records, loaded with their key and code only."""
        model = self.model
        (code,) = model.key_fields
        unique = [field.name for field in model._meta.fields if field.unique and isinstance(field, CharField)]
        names = [*dict.fromkeys([model.result_fields.title, *title_columns(model), *unique])]
        rows = model._default_manager.published().order_by(model.result_fields.title).values_list("pk", code, *names)
        return [self._entry(pk, code, title, names) for pk, code, title, *names in rows]

    def _entry(self, pk, code, title, names):
        attributes = [self.model._meta.pk.attname, self.model.key_fields[0]]
        record = self.model.from_db(self.model._default_manager.db, attributes, [pk, code])
        return ListedValue(record, title, code, tuple(part.strip() for name in names for part in name.split(";")))

    def condition(self, lookup, value):
        """Return the condition that a lookup leads to the record, or that a row is the record."""
        return Q(**{lookup: value.pk})


class TextList(ValueList):
    """The values of a text column."""

    def __init__(self, model, name):
        super().__init__(f"{model._meta.label}.{name}")
        self.model, self.name = model, name

    @cached_property
    def entries(self):
        """The distinct values of public records."""
        rows = self.model._default_manager.published().order_by(self.name)
        return [ListedValue(text, text, text) for text in rows.values_list(self.name, flat=True).distinct() if text]


class YearList(ValueList):
    """The years of four digits, as partial dates write them."""

    example = "1999"
    _year = re.compile("[1-9][0-9]{3}")

    def find(self, text):
        """Return the year that the text is, or None."""
        return self._entry(text) if self._year.fullmatch(text) else None

    def near(self, text):
        """Return the first year in the text, as in a longer date."""
        return [self._entry(year) for year in self._year.findall(text)[:1]]

    def beginning(self, text):
        """Suggest nothing: to type a year is faster than to choose one."""
        return []

    def condition(self, lookup, value):
        """Return the condition that a date is in the year."""
        return Q(**{f"{lookup}__startswith": str(value)})

    def _entry(self, year):
        return ListedValue(int(year), year, year)


def value_list_for(model: type[Model], lookup: str | SearchMethod | type[Model]) -> ValueList:
    """Return the list of values that a lookup or a search method of a model leads to; of a model, its records."""
    if isinstance(lookup, SearchMethod):
        lookup = lookup.value
    if not isinstance(lookup, str):
        return RecordList(lookup)
    *_relations, field = fields_along(model, lookup)
    if field.is_relation:
        return RecordList(field.related_model)
    model = field.model
    if field.primary_key:
        return RecordList(model)
    if isinstance(field, PartialDateField):
        return YearList("year")
    return ChoiceList(str(field), field.flatchoices) if field.choices else TextList(model, field.name)


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
        """Join a value that names nothing with the words after it that complete a name: ``nation:united kingdom``."""
        parts = query.parts
        for start, part in enumerate(parts):
            if part.name and part.value and not self._has(part):
                for end in range(min(start + MAX_NAME_WORDS, len(parts)), start + 1, -1):
                    joined = _join_parts(parts[start:end])
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
        near = [entry for value_list in lists for entry in value_list.near(part.value)] if part.value else []
        return UnknownValue(part, near[:3], next(filter(None, (value_list.example for value_list in lists)), ""))


def _join_parts(parts):
    """Return one field word made of a field word and the words after it."""
    name = parts[0].name
    value = " ".join([parts[0].value, *(part.text for part in parts[1:])])
    return QueryPart(field_word(name, value), name, value)
