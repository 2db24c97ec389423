"""How kinds of content answer field words, found by their contract ``answers`` and never by name."""

from functools import cached_property
from typing import NamedTuple

from django.db.models import Q
from django.utils.text import capfirst

from pkportal.publishing.models import Publishable, public
from pkportal.publishing.pages import Paged, Verb
from pkportal.reading.kinds import kinds
from pkportal.sourcing.citing import can_cite, naming_source
from pkportal.sourcing.models import Source

from .known import Choices, known_at
from .query import Part, Question, field_word

KIND = "kind"
LONGEST = 5  # words of a name that is not quoted


def searchable():
    """Give the kinds that search covers, by name: those with an address and a column of words."""
    return {
        model._meta.model_name: model
        for model in kinds(Paged)
        if any(field.name == "search" for field in model._meta.fields)
    }


def answers_of(model):
    """Give how a kind answers each field word, as a list; whatever can cite answers ``source`` as well."""
    answers = {name: answer if isinstance(answer, list) else [answer] for name, answer in model.answers.items()}
    return {**({"source": [Verb(naming_source, Source)]} if can_cite(model) else {}), **answers}


def field_names():
    """List the field words that some kind answers, and the one that names a kind."""
    names = dict.fromkeys(name for model in searchable().values() for name in answers_of(model))
    return [KIND, *names]


class Meaning(NamedTuple):
    """A field word that names something: what, and which values stand for it where."""

    part: tuple
    label: str
    values: dict

    def is_answered_by(self, model):
        """Say whether a kind has any record to which the word could apply."""
        return any(_known(model, answer).key in self.values for answer in answers_of(model).get(self.part.name, []))

    def narrow(self, rows):
        """Keep the rows to which the word applies, by any of the ways their kind answers it."""
        found = Q()
        for answer in answers_of(rows.model)[self.part.name]:
            known = _known(rows.model, answer)
            if known.key in self.values:
                found |= _condition(rows.model, answer, known, self.values[known.key])
        return rows.filter(found)


def _condition(model, answer, known, value):
    """Ask for what one answer leads to; where it leads to many, no row may come twice."""
    if isinstance(answer, Verb):
        kept = answer.verb(model._default_manager.all(), value)
    else:
        asked = known.condition(answer, value)
        for shown in _shown_on(model, answer):
            asked &= shown
        if not any(field.one_to_many or field.many_to_many for field in _fields(model, answer)):
            return asked
        kept = model._default_manager.filter(asked)
    return Q(pk__in=kept.order_by().values("pk"))


class Problem(NamedTuple):
    """A field word that names nothing on record, with the nearest that do and one that would be understood."""

    part: tuple
    near: list
    example: str


class Dictionary:
    """What field words can name; each list of names is read once and only if somebody asks for it."""

    def __init__(self):
        self.models = searchable()

    @cached_property
    def known(self):
        """Gather by field word the lists of what it may name."""
        titles = [(name, capfirst(model._meta.verbose_name_plural)) for name, model in self.models.items()]
        singles = {name: (str(model._meta.verbose_name),) for name, model in self.models.items()}
        words = {KIND: {KIND: Choices(KIND, titles, singles)}}
        lists = {}
        for model in self.models.values():
            for name, answers in answers_of(model).items():
                for known in (_known(model, answer) for answer in answers):
                    words.setdefault(name, {}).setdefault(known.key, lists.setdefault(known.key, known))
        return {name: [*lists.values()] for name, lists in words.items()}

    def joined(self, question):
        """Read on where a value that names nothing does with the words after it: ``nation:united kingdom``."""
        parts = question.parts
        for at, part in enumerate(parts):
            if part.name and part.value and not self._finds(part):
                ends = range(min(at + LONGEST, len(parts)), at + 1, -1)
                for whole, end in ((_whole(parts[at:end]), end) for end in ends):
                    if self._finds(whole):
                        return self.joined(Question((*parts[:at], whole, *parts[end:])))
        return question

    def _finds(self, part):
        return any(known.find(part.value) for known in self.known.get(part.name, []))

    def look_up(self, part):
        """Say what a field word means, or what is wrong with it."""
        found = {known.key: known.find(part.value) for known in self.known.get(part.name, [])}
        found = {key: entry for key, entry in found.items() if entry}
        if found:
            label = str(next(iter(found.values())).label)
            return Meaning(part, label, {key: entry.value for key, entry in found.items()})
        lists = self.known.get(part.name.lstrip("-"), [])
        near = [entry for known in lists for entry in known.near(part.value)] if part.value else []
        return Problem(part, near[:3], next(filter(None, (known.example for known in lists)), ""))


def _whole(parts):
    """Make one field word of a field word and the words after it."""
    name = parts[0].name
    value = " ".join([parts[0].value, *(part.text for part in parts[1:])])
    return Part(field_word(name, value), name, value)


def _known(model, answer):
    return known_at(model, answer.names if isinstance(answer, Verb) else answer)


def _fields(model, lookup):
    """Follow a lookup and give each relation on it."""
    for name in lookup.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if field.is_relation:
            yield field
            model = field.related_model


def _shown_on(model, lookup):
    """Ask that whatever a lookup passes through is public, or it would tell what is hidden."""
    for at, field in enumerate(_fields(model, lookup), 1):
        if issubclass(field.related_model, Publishable):
            yield public("__".join(lookup.split("__")[:at]))
