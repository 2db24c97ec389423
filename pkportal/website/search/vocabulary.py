"""How kinds of content answer field words, found by their contract ``answers`` and never by name."""

from functools import cached_property
from typing import NamedTuple

from django.db.models import Q
from django.utils.text import capfirst

from pkportal.content.models import Publishable, public
from pkportal.content.pages import HasPage, SearchMethod
from pkportal.content.registry import models_with
from pkportal.sources.cited_by import can_cite, rows_citing
from pkportal.sources.models import Source

from .query import ParsedQuery, QueryPart, field_word
from .value_lists import ChoiceList, value_list_for

KIND_FIELD = "kind"
MAX_NAME_WORDS = 5  # words of a name that is not quoted


def searchable_models():
    """Give the kinds that search covers, by name: those with an address and a column of words."""
    return {
        model._meta.model_name: model
        for model in models_with(HasPage)
        if any(field.name == "search" for field in model._meta.fields)
    }


def search_fields_of(model):
    """Give how a kind answers each field word, as a list; whatever can cite answers ``source`` as well."""
    answers = {name: answer if isinstance(answer, list) else [answer] for name, answer in model.search_fields.items()}
    return {**({"source": [SearchMethod(rows_citing, Source)]} if can_cite(model) else {}), **answers}


def field_names():
    """List the field words that some kind answers, and the one that names a kind."""
    names = dict.fromkeys(name for model in searchable_models().values() for name in search_fields_of(model))
    return [KIND_FIELD, *names]


class ParsedField(NamedTuple):
    """A field word that names something: what, and which values stand for it where."""

    part: tuple
    label: str
    values: dict

    def is_answered_by(self, model):
        """Say whether a kind has any record to which the word could apply."""
        return any(
            _value_list(model, answer).key in self.values for answer in search_fields_of(model).get(self.part.name, [])
        )

    def narrow(self, rows):
        """Keep the rows to which the word applies, by any of the ways their kind answers it."""
        found = Q()
        for answer in search_fields_of(rows.model)[self.part.name]:
            known = _value_list(rows.model, answer)
            if known.key in self.values:
                found |= _condition(rows.model, answer, known, self.values[known.key])
        return rows.filter(found)


def _condition(model, answer, known, value):
    """Ask for what one answer leads to; where it leads to many, no row may come twice."""
    if isinstance(answer, SearchMethod):
        kept = answer.method(model._default_manager.all(), value)
    else:
        asked = known.condition(answer, value)
        for shown in _public_conditions(model, answer):
            asked &= shown
        if not any(field.one_to_many or field.many_to_many for field in _relations(model, answer)):
            return asked
        kept = model._default_manager.filter(asked)
    return Q(pk__in=kept.order_by().values("pk"))


class UnknownValue(NamedTuple):
    """A field word that names nothing on record, with the nearest that do and one that would be understood."""

    part: tuple
    near: list
    example: str


class Vocabulary:
    """What field words can name; each list of names is read once and only if somebody asks for it."""

    def __init__(self):
        self.models = searchable_models()

    @cached_property
    def known(self):
        """Gather by field word the lists of what it may name."""
        titles = [(name, capfirst(model._meta.verbose_name_plural)) for name, model in self.models.items()]
        singles = {name: (str(model._meta.verbose_name),) for name, model in self.models.items()}
        words = {KIND_FIELD: {KIND_FIELD: ChoiceList(KIND_FIELD, titles, singles)}}
        lists = {}
        for model in self.models.values():
            for name, answers in search_fields_of(model).items():
                for known in (_value_list(model, answer) for answer in answers):
                    words.setdefault(name, {}).setdefault(known.key, lists.setdefault(known.key, known))
        return {name: [*lists.values()] for name, lists in words.items()}

    def joined(self, question):
        """Read on where a value that names nothing does with the words after it: ``nation:united kingdom``."""
        parts = question.parts
        for at, part in enumerate(parts):
            if part.name and part.value and not self._finds(part):
                ends = range(min(at + MAX_NAME_WORDS, len(parts)), at + 1, -1)
                for whole, end in ((_join_parts(parts[at:end]), end) for end in ends):
                    if self._finds(whole):
                        return self.joined(ParsedQuery((*parts[:at], whole, *parts[end:])))
        return question

    def _finds(self, part):
        return any(known.find(part.value) for known in self.known.get(part.name, []))

    def look_up(self, part):
        """Say what a field word means, or what is wrong with it."""
        found = {known.key: known.find(part.value) for known in self.known.get(part.name, [])}
        found = {key: entry for key, entry in found.items() if entry}
        if found:
            label = str(next(iter(found.values())).label)
            return ParsedField(part, label, {key: entry.value for key, entry in found.items()})
        lists = self.known.get(part.name.lstrip("-"), [])
        near = [entry for known in lists for entry in known.near(part.value)] if part.value else []
        return UnknownValue(part, near[:3], next(filter(None, (known.example for known in lists)), ""))


def _join_parts(parts):
    """Make one field word of a field word and the words after it."""
    name = parts[0].name
    value = " ".join([parts[0].value, *(part.text for part in parts[1:])])
    return QueryPart(field_word(name, value), name, value)


def _value_list(model, answer):
    return value_list_for(model, answer.value if isinstance(answer, SearchMethod) else answer)


def _relations(model, lookup):
    """Follow a lookup and give each relation on it."""
    for name in lookup.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if field.is_relation:
            yield field
            model = field.related_model


def _public_conditions(model, lookup):
    """Ask that whatever a lookup passes through is public, or it would tell what is hidden."""
    for at, field in enumerate(_relations(model, lookup), 1):
        if issubclass(field.related_model, Publishable):
            yield public("__".join(lookup.split("__")[:at]))
