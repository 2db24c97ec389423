"""Suggestions while a reader types: records by the beginning of their names, values of a field word."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Length
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pkportal.content.pages import Searchable
from pkportal.content.queries import union_all
from pkportal.content.search_index import title_columns
from pkportal.content.unaccent import unaccent
from pkportal.content.written_forms import name_meant
from pkportal.sources.models import Source

from .details import DETAIL_SEPARATOR, detail_columns, details_in_words
from .field_advice import words_for_fields
from .query import QueryPart, field_word, parse_query
from .searchable import code_columns, searchable_models
from .value_lists import normalise_name
from .vocabulary import Vocabulary, join_parts

MAX_SUGGESTIONS = 8
SUGGESTION_ORDER = [
    "match",
    "is_source",
    "is_on_other_page",
    "title_length",
    "result_title",
    "result_model",
    "result_key",
    "result_reference",
]
SHORT_FOR_OPERATION = re.compile(r"^ops?n?\.? ", re.IGNORECASE)


class Suggestion(NamedTuple):
    """A suggested page or query: its title, what it is with its details, and its URL."""

    title: str
    kind: str
    address: str


def suggest(text: str) -> list[Suggestion]:
    """Return suggestions for the text typed so far, in at most one query; after a field word, its values."""
    query = parse_query(text, words_for_fields())
    if len(normalise_name(query.text)) < 2:
        return []
    if not query.fields:
        return _suggest_records(query.text)
    last = max(index for index, part in enumerate(query.parts) if part.name)
    return _suggest_values(query.parts[:last], join_parts(query.parts[last:]))


def _suggest_values(before: Iterable[QueryPart], last: QueryPart) -> list[Suggestion]:
    """Complete the field word at the end of a query."""
    by_address = {}
    for values in Vocabulary().lists.get(last.name, []):
        for entry in values.beginning(last.value):
            text = " ".join([*(part.text for part in before), field_word(last.name, entry.code)])
            address = f"{reverse('search')}?{urlencode({'q': text})}"
            by_address[address] = Suggestion(entry.label, f"{last.name}:{entry.code}", address)
    return [*by_address.values()][:MAX_SUGGESTIONS]


def _suggest_records(text: str) -> list[Suggestion]:
    """Find the records of which a name has a word that begins with the text; a name that is the text comes first.

    Of the names that begin with it, sources come last, records with a page of their own first. A record found by
    another name has it beside its title.
    """
    models = searchable_models()
    typed = unaccent(text).strip().replace("\\", "")
    rows = union_all(_matches_by_name(model, typed) for model in models.values())
    return [
        Suggestion(
            row.result_title,
            _kind_with_details(models[row.result_model], row),
            reverse(models[row.result_model].page.url_name, args=[row.result_key])
            + (f"#{row.result_reference}" if row.is_on_other_page else ""),
        )
        for row in rows.order_by(*SUGGESTION_ORDER)[:MAX_SUGGESTIONS]
    ]


def _kind_with_details(model, row):
    also = _("also %(name)s") % {"name": row.result_called} if row.result_called else ""
    details = details_in_words(model, row.result_details, row.result_title)
    return DETAIL_SEPARATOR.join(filter(None, [str(capfirst(model._meta.verbose_name)), also, details]))


def _as_names_begin(model: type[Searchable], typed: str) -> str:
    """Return a text as names of a model begin: 1973 or UNSCR 1973 as S/RES/1973, op allied as allied."""
    name = name_meant(typed) if model.written_forms else typed
    return SHORT_FOR_OPERATION.sub("", name)


def _matches_by_name(model, typed):
    typed = _as_names_begin(model, typed)
    titles = title_columns(model)
    own = [_lookups([*titles, *code_columns(model)], "iexact", typed), *_beginnings(titles, typed)]
    is_name, begins_name, begins_word = (
        Q(by_own | by_other) for by_own, by_other in zip(own, _by_other_names(model, typed), strict=True)
    )
    return (
        model._default_manager.published()
        .filter(is_name | begins_name | begins_word)
        .order_by()
        .annotate(
            match=Case(When(is_name, then=0), When(begins_name, then=1), default=2),
            result_title=Cast(F(model.result_fields.title), CharField()),
            is_source=Value(model is Source),
            is_on_other_page=Value(not model.page.is_own),
            title_length=Length(model.result_fields.title),
            result_model=Value(model._meta.model_name),
            result_key=Cast(F(model.page.key), CharField()),
            result_reference=F("reference"),
            result_details=detail_columns(model),
            result_called=_what_it_is_also_called(model, typed),
        )
        .values_list(*SUGGESTION_ORDER, "result_details", "result_called", named=True)
    )


def _lookups(names, lookup, typed):
    return Q(*((f"{name}__unaccented__{lookup}", typed) for name in names), _connector=Q.OR)


def _all_lookups(names, typed):
    """Return the conditions that a name is the text, begins with it, or has a later word that does."""
    return [_lookups(names, "iexact", typed), *_beginnings(names, typed)]


def _beginnings(names, typed):
    """Return the conditions that a name begins with the text, and that a later word of it does."""
    return [_lookups(names, "istartswith", typed), _lookups(names, "icontains", f" {typed}")]


def _by_other_names(model, typed):
    """Return the conditions that a record is also called so, that such a name begins so, and that a word of it does."""
    if not model.names_in:
        return [Q()] * 3
    names, owner = model.names_in.rows(model).order_by(), model.names_in.owner(model)
    codes = model.names_in.codes_in_lists(model).filter(name=typed)
    called = [names.filter(_lookups(["name"], "iexact", typed)) | codes]
    called += [names.filter(beginning) for beginning in _beginnings(["name"], typed)]
    return [Q(pk__in=rows.values(owner)) for rows in called]


def _what_it_is_also_called(model, typed):
    """Return by which other name or code a record was found, or nothing if its title or a detail has what was typed."""
    names = [*title_columns(model), *code_columns(model)]
    shown = [name for name in names if name in [model.result_fields.title, *model.result_fields.detail_lookups]]
    others = [name for name in names if name not in shown]
    found_by = [When(reduce(or_, _all_lookups([name], typed)), then=Cast(F(name), CharField())) for name in others]
    is_shown = When(reduce(or_, _all_lookups(shown, typed)), then=Value(""))
    return Case(is_shown, *found_by, default=_other_name(model, typed))


def _other_name(model, typed):
    """Return the shortest other name of a record that has a word which begins with the text."""
    if not model.names_in:
        return Value("")
    names = model.names_in.rows(model).filter(reduce(or_, _beginnings(["name"], typed)))
    of_record = names.filter(**{model.names_in.owner(model): OuterRef("pk")})
    of_record = of_record.order_by(Length("name"), "name__name_order")
    return Coalesce(Subquery(of_record.values("name")[:1]), Value(typed))
