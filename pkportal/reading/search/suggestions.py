"""What a reader may be about to type: records by the beginning of their names, values of a field word."""

from typing import NamedTuple

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Length
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from pkportal.reading.folding import fold
from pkportal.reading.vectors import naming

from .answers import Dictionary, field_names, searchable
from .known import key
from .query import field_word, parse

SHOWN = 8
ORDER = ["hit_place", "hit_apart", "hit_length", "hit_title", "hit_kind", "hit_key"]


class Suggestion(NamedTuple):
    """One thing to go to: what it is called, what it is, and its address."""

    title: str
    kind: str
    address: str


def suggestions(text):
    """Suggest what begins with what was typed so far, in at most one query; of a field word, what it may name."""
    question = parse(text, field_names())
    if len(key(question.text)) < 2:
        return []
    if question.parts[-1].name:
        return _values(question)
    return [] if question.fields else _records(question.text)


def _values(question):
    """Complete the field word at the end of a question."""
    *before, last = question.parts
    found = []
    for known in Dictionary().known.get(last.name, []):
        for entry in known.beginning(last.value):
            text = " ".join([*(part.text for part in before), field_word(last.name, entry.code)])
            found.append(
                Suggestion(entry.label, f"{last.name}:{entry.code}", f"{reverse('search')}?{urlencode({'q': text})}")
            )
    return [*{it.address: it for it in found}.values()][:SHOWN]


def _records(text):
    """Find records one of whose names has a word that begins so: first those that are called so.

    Of those whose names begin so, what has a page of its own comes before what is shown on another's.
    """
    typed = fold(text).strip().replace("\\", "")
    first, *others = (_named(model, typed) for model in searchable().values())
    rows = first.union(*others, all=True).order_by(*ORDER)[:SHOWN]
    models = searchable()
    return [
        Suggestion(title, capfirst(models[kind]._meta.verbose_name), reverse(models[kind].page[0], args=[key]))
        for title, kind, key, *_order in rows
    ]


def _named(model, typed):
    codes = model.natural_key if len(model.natural_key) == 1 else []
    is_called = _any({f"{name}__folded__iexact": typed for name in [*naming(model), *codes]})
    begins = _any({f"{name}__folded__istartswith": typed for name in naming(model)})
    has = _any({f"{name}__folded__icontains": f" {typed}" for name in naming(model)})
    return (
        model._default_manager.published()
        .filter(is_called | begins | has)
        .order_by()
        .annotate(
            hit_place=Case(When(is_called, then=0), When(begins, then=1), default=2),
            hit_title=Cast(F(model.hit[0]), CharField()),
            hit_apart=Value("__" in model.page[1]),
            hit_length=Length(model.hit[0]),
            hit_kind=Value(model._meta.model_name),
            hit_key=Cast(F(model.page[1]), CharField()),
        )
        .values_list("hit_title", "hit_kind", "hit_key", "hit_place", "hit_apart", "hit_length")
    )


def _any(conditions):
    return Q(*conditions.items(), _connector=Q.OR)
