"""One search over all kinds in the admin: by permanent reference, by code, by the words of a title; drafts too."""

import re
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.contrib.postgres.search import SearchVectorExact
from django.db.models import (
    BooleanField,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Left, NullIf

from pkportal.changes.models import OPEN, Action, Change, ChangeSet
from pkportal.content.models import Part, Publishable, Record
from pkportal.content.pages import HasPage
from pkportal.content.permanent_references import read_reference
from pkportal.content.queries import union_all
from pkportal.content.registry import models_with
from pkportal.content.search_index import beginnings_query, words_of
from pkportal.content.unaccent import unaccent
from pkportal.content.written_forms import words_meant
from pkportal.website.search.asked_dates import with_plain_dates

from .app_order import place_of

SHOWN_OF_A_KIND = 10  # of each kind
MAX_SEARCHED = 200  # characters that are searched for
EXCERPT = 100  # characters
COLUMNS = [f"found_{name}" for name in ["kind", "pk", "title", "detail", "status", "draft", "total", "is_exact"]]
TO_ADD = "to add"  # in the place of a kind: a record that a draft adds


class FoundRow(NamedTuple):
    """What is found: its kind, its title and what tells it from others, its status, and the draft that it is in."""

    kind: str
    pk: int
    title: str
    detail: str
    status: str
    draft: int | None
    total: int
    is_exact: bool  # it was asked for by its whole reference, code or title


def search_all(words: str, models: list[Any]) -> list[FoundRow]:
    """Return what is found among some models, at most ``SHOWN_OF_A_KIND`` of each kind, in one query."""
    words = with_plain_dates(words.replace("\x00", "").strip()[:MAX_SEARCHED])
    if not re.search(r"\w", words):
        return []
    records = sorted(models_with(Record), key=lambda model: place_of(model._meta.app_label))
    queries = [found_records(model, words) for model in records if model in models]
    if ChangeSet in models:
        queries += [found_change_sets(words), found_additions(words, models)]
    if User in models:
        queries.append(found_accounts(words))
    return [FoundRow(*row) for row in union_all(queries)] if queries else []


def found_records(model: Any, words: str) -> QuerySet:
    """Return the query of the records of one model that are found."""
    code = code_field(model)
    condition = title_condition(model, words)
    reference = read_reference(words, model.reference_prefix, model.reference_digits)
    if reference and reference == words.upper():
        condition = Q(reference=reference)
    else:
        condition |= Q(reference=reference) if reference else Q()
        condition |= Q(**{f"{code}__istartswith": words}) if code else Q()
    names = ["reference", *filter(None, [code, title_lookup(model)])]
    is_exact = Q(*((f"{name}__iexact", reference or words) for name in names), _connector=Q.OR)
    lookups = [lookup for lookup in model.key_lookups() if lookup != title_lookup(model)]
    key = [NullIf(Cast(F(lookup), CharField()), Value("")) for lookup in lookups]
    joined_key = Func(Value(" · "), *key, function="concat_ws", output_field=TextField())
    draft = Change.objects.filter(reference=OuterRef("reference"), change_set__state__in=OPEN).order_by()
    columns = {
        "title": Cast(F(title_lookup(model)), TextField()) if title_lookup(model) else joined_key,
        "detail": joined_key if title_lookup(model) else excerpt(model),
        "status": status_of(model),
        "draft": Subquery(draft.values("change_set")[:1]),
    }
    return found(model._base_manager.filter(condition), model._meta.label_lower, columns, is_exact)


def found_change_sets(words: str) -> QuerySet:
    """Return the query of the change sets that are found: by number, by reference, or by the words of the title."""
    number = re.fullmatch(r"CS-0*([1-9][0-9]{0,17})", words.upper())
    is_named = Q(pk=number[1]) if number else Q(root_reference=words.upper())
    condition = is_named if number else is_named | contains_all(["title"], words)
    columns = {"title": F("title"), "detail": F("root_reference"), "status": F("state"), "draft": F("pk")}
    return found(ChangeSet.objects.filter(condition), ChangeSet._meta.label_lower, columns, is_named)


def found_additions(words: str, models: list[Any]) -> QuerySet:
    """Return the query of the records that open drafts are to add."""
    kinds = [model._meta.label_lower for model in models]
    condition = Q(reference=words.upper()) | contains_all(["title"], words)
    rows = Change.objects.filter(condition, change_set__state__in=OPEN, action=Action.ADD, kind__in=kinds)
    columns = {"title": F("title"), "detail": F("reference"), "status": F("kind"), "draft": F("change_set_id")}
    return found(rows, TO_ADD, columns, Q(reference=words.upper()))


def found_accounts(words: str) -> QuerySet:
    """Return the query of the accounts that are found by the words of their names."""
    names = ["username", "first_name", "last_name"]
    columns = {"title": F("username"), "detail": F("email"), "status": Value(""), "draft": Value(None, IntegerField())}
    rows = User.objects.filter(contains_all(names, words))
    return found(rows, User._meta.label_lower, columns, Q(username__iexact=words))


def found(rows: QuerySet, kind: str, columns: dict[str, Any], is_exact: Q) -> QuerySet:
    """Return the first rows with the columns of ``FoundRow``."""
    annotated = rows.annotate(
        found_kind=Value(kind),
        found_pk=F("pk"),
        **{f"found_{name}": value for name, value in columns.items()},
        found_total=Window(Count("*")),
        found_is_exact=ExpressionWrapper(is_exact, BooleanField()),
    )
    return annotated.order_by("-found_is_exact", "found_title", "pk").values_list(*COLUMNS)[:SHOWN_OF_A_KIND]


def title_condition(model: Any, words: str) -> Q:
    """Return the condition that a title has each word from its beginning; where there is none, any text of a record."""
    words = words_meant(words)
    if not (indexed := words_of(model)):
        return contains_all(text_fields(model), words)
    weight = "A" if isinstance(indexed, F) else ""
    return Q(SearchVectorExact(indexed, beginnings_query(words, weight))) | also_called(model, words)


def also_called(model: Any, words: str) -> Q:
    """Return the condition that another name of a record has each word; an empty one if records have no other names."""
    source = getattr(model, "names_in", None)
    if not source:
        return Q()
    names = model._meta.get_field(source.relation).related_model
    called = names._base_manager.exclude(kind__in=source.without)
    called = called.filter(SearchVectorExact(words_of(names), beginnings_query(words)))
    return Q(pk__in=called.order_by().values(source.owner(model)))


def contains_all(fields: list[str], words: str) -> Q:
    """Return the condition that each word is in one of some columns, whatever their accents."""
    condition = Q() if fields else Q(pk__in=[])
    for word in words.split():
        condition &= Q(*((f"{name}__unaccented__icontains", unaccent(word)) for name in fields), _connector=Q.OR)
    return condition


def text_fields(model: Any) -> list[str]:
    """Return the columns in which people write words."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if type(field) is CharField and not field.choices or isinstance(field, TextField)
    ]


def title_lookup(model: Any) -> str:
    """Return the lookup of the title of a record that a reader can be sent to; others have none."""
    return model.result_fields.title if issubclass(model, HasPage) else ""


def excerpt(model: Any) -> Any:
    """Return the beginning of what is written in a record without a title."""
    fields = [name for name in text_fields(model) if name not in model.key_fields]
    texts = Func(Value(" "), *map(F, fields), function="concat_ws", output_field=TextField())
    return Left(texts, EXCERPT) if fields else Value("", TextField())


def code_field(model: Any) -> str:
    """Return the column of the code by which addresses and files name a record, if it has one."""
    return model.key_fields[0] if len(model.key_fields) == 1 else ""


def status_of(model: Any) -> Any:
    """Return the status of a record, or of the record that it is part of."""
    if issubclass(model, Publishable):
        return F("status")
    return Coalesce(F(f"{model.part_of}__status"), Value("")) if issubclass(model, Part) else Value("")
