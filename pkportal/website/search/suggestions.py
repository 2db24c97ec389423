"""Suggestions while a reader types: records by the beginning of their names, values of a field word."""

from typing import NamedTuple

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Length
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from pkportal.content.queries import union_all
from pkportal.content.search_index import title_columns
from pkportal.content.unaccent import unaccent

from .details import DETAIL_SEPARATOR, detail_columns, details_in_words
from .query import ParsedQuery, field_word, parse_query
from .searchable import field_names, searchable_models
from .value_lists import normalise_name
from .vocabulary import Vocabulary

MAX_SUGGESTIONS = 8
SUGGESTION_ORDER = [
    "match",
    "is_on_other_page",
    "title_length",
    "result_title",
    "result_model",
    "result_key",
    "result_reference",
]


class Suggestion(NamedTuple):
    """A suggested page or query: its title, what it is with its details, and its URL."""

    title: str
    kind: str
    address: str


def suggest(text: str) -> list[Suggestion]:
    """Return suggestions for the text typed so far, in at most one query; after a field word, its values."""
    query = parse_query(text, field_names())
    if len(normalise_name(query.text)) < 2:
        return []
    if query.parts[-1].name:
        return _suggest_values(query)
    return [] if query.fields else _suggest_records(query.text)


def _suggest_values(query: ParsedQuery) -> list[Suggestion]:
    """Complete the field word at the end of a query."""
    *before, last = query.parts
    by_address = {}
    for values in Vocabulary().lists.get(last.name, []):
        for entry in values.beginning(last.value):
            text = " ".join([*(part.text for part in before), field_word(last.name, entry.code)])
            address = f"{reverse('search')}?{urlencode({'q': text})}"
            by_address[address] = Suggestion(entry.label, f"{last.name}:{entry.code}", address)
    return [*by_address.values()][:MAX_SUGGESTIONS]


def _suggest_records(text: str) -> list[Suggestion]:
    """Find the records of which a name has a word that begins with the text; a name that is the text comes first.

    Of the names that begin with it, records with a page of their own come first.
    """
    models = searchable_models()
    typed = unaccent(text).strip().replace("\\", "")
    rows = union_all(_matches_by_name(model, typed) for model in models.values())
    return [
        Suggestion(
            row.result_title,
            _kind_with_details(models[row.result_model], row.result_details),
            reverse(models[row.result_model].page.url_name, args=[row.result_key])
            + (f"#{row.result_reference}" if row.is_on_other_page else ""),
        )
        for row in rows.order_by(*SUGGESTION_ORDER)[:MAX_SUGGESTIONS]
    ]


def _kind_with_details(model, texts):
    return DETAIL_SEPARATOR.join(
        filter(None, [str(capfirst(model._meta.verbose_name)), details_in_words(model, texts)])
    )


def _matches_by_name(model, typed):
    codes = model.key_fields if len(model.key_fields) == 1 else []
    is_name = _any_of({f"{name}__unaccented__iexact": typed for name in [*title_columns(model), *codes]})
    begins_name = _any_of({f"{name}__unaccented__istartswith": typed for name in title_columns(model)})
    begins_word = _any_of({f"{name}__unaccented__icontains": f" {typed}" for name in title_columns(model)})
    return (
        model._default_manager.published()
        .filter(is_name | begins_name | begins_word)
        .order_by()
        .annotate(
            match=Case(When(is_name, then=0), When(begins_name, then=1), default=2),
            result_title=Cast(F(model.result_fields.title), CharField()),
            is_on_other_page=Value(not model.page.is_own),
            title_length=Length(model.result_fields.title),
            result_model=Value(model._meta.model_name),
            result_key=Cast(F(model.page.key), CharField()),
            result_reference=F("reference"),
            result_details=detail_columns(model),
        )
        .values_list(*SUGGESTION_ORDER, "result_details", named=True)
    )


def _any_of(conditions):
    return Q(*conditions.items(), _connector=Q.OR)
