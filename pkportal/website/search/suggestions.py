"""What a reader may be about to type: records by the beginning of their names, values of a field word."""

from typing import NamedTuple

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Length
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from pkportal.content.search_index import name_columns
from pkportal.content.unaccent import unaccent

from .query import field_word, parse_query
from .value_lists import normalise_name
from .vocabulary import Vocabulary, field_names, searchable_models

MAX_SUGGESTIONS = 8
SUGGESTION_ORDER = ["hit_place", "hit_apart", "hit_length", "hit_title", "hit_kind", "hit_key"]


class Suggestion(NamedTuple):
    """One thing to go to: what it is called, what it is, and its address."""

    title: str
    kind: str
    address: str


def suggest(text):
    """Suggest what begins with what was typed so far, in at most one query; of a field word, what it may name."""
    question = parse_query(text, field_names())
    if len(normalise_name(question.text)) < 2:
        return []
    if question.parts[-1].name:
        return _suggest_values(question)
    return [] if question.fields else _suggest_records(question.text)


def _suggest_values(question):
    """Complete the field word at the end of a question."""
    *before, last = question.parts
    found = []
    for known in Vocabulary().known.get(last.name, []):
        for entry in known.beginning(last.value):
            text = " ".join([*(part.text for part in before), field_word(last.name, entry.code)])
            found.append(
                Suggestion(entry.label, f"{last.name}:{entry.code}", f"{reverse('search')}?{urlencode({'q': text})}")
            )
    return [*{it.address: it for it in found}.values()][:MAX_SUGGESTIONS]


def _suggest_records(text):
    """Find records one of whose names has a word that begins so: first those that are called so.

    Of those whose names begin so, what has a page of its own comes before what is shown on another's.
    """
    typed = unaccent(text).strip().replace("\\", "")
    first, *others = (_matches_by_name(model, typed) for model in searchable_models().values())
    rows = first.union(*others, all=True).order_by(*SUGGESTION_ORDER)[:MAX_SUGGESTIONS]
    models = searchable_models()
    return [
        Suggestion(
            title, capfirst(models[kind]._meta.verbose_name), reverse(models[kind].page.url_name, args=[normalise_name])
        )
        for title, kind, normalise_name, *_order in rows
    ]


def _matches_by_name(model, typed):
    codes = model.key_fields if len(model.key_fields) == 1 else []
    is_called = _any_of({f"{name}__unaccented__iexact": typed for name in [*name_columns(model), *codes]})
    begins = _any_of({f"{name}__unaccented__istartswith": typed for name in name_columns(model)})
    has = _any_of({f"{name}__unaccented__icontains": f" {typed}" for name in name_columns(model)})
    return (
        model._default_manager.published()
        .filter(is_called | begins | has)
        .order_by()
        .annotate(
            hit_place=Case(When(is_called, then=0), When(begins, then=1), default=2),
            hit_title=Cast(F(model.result_fields.title), CharField()),
            hit_apart=Value("__" in model.page.key),
            hit_length=Length(model.result_fields.title),
            hit_kind=Value(model._meta.model_name),
            hit_key=Cast(F(model.page.key), CharField()),
        )
        .values_list("hit_title", "hit_kind", "hit_key", "hit_place", "hit_apart", "hit_length")
    )


def _any_of(conditions):
    return Q(*conditions.items(), _connector=Q.OR)
