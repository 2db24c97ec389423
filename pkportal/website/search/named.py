"""Look-up of the names of records and of terms that words of a question may be, in one compiled statement."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorExact
from django.db.models import CharField, Func, Q, TextField, Value
from django.db.models.functions import Cast, Concat, Lower, Replace

from pkportal.content.names import fold_name
from pkportal.content.pages import Searchable
from pkportal.content.queries import IsAmong, union_all
from pkportal.content.registry import models_with
from pkportal.content.search_index import OnceParsed, title_columns, words_of
from pkportal.content.statements import Parameter, Placeholder, Statement, compile_statement
from pkportal.content.words import search_words
from pkportal.website.models import Synonym

from .spellings import singular

SEMICOLON = Value(";")
BETWEEN_TERMS = "\n"  # in no words of a question


class Asked(Parameter):
    """A form of the words that may be names."""

    TERMS = "all words that follow each other, in small letters"
    TITLE_WORDS = "any of the words, in a title or a code"
    WORDS = "any of the words"


class Found(NamedTuple):
    """A name or a term that was looked up: of a record, or of no model, with the words that it means."""

    model: type[Searchable] | None
    code: str
    title: str
    name: str
    is_own: bool


def look_up(tokens: Iterable[str], grams: Iterable[str]) -> dict[str, list[Found]]:
    """Return what has a name or is a term, by the name as it is compared."""
    words = [f"'{word}'" for token in tokens for word in re.split(r"\W+", search_words(token)) if word]
    asked = {
        Asked.TERMS: BETWEEN_TERMS.join(dict.fromkeys(form for gram in grams for form in _forms(gram))),
        Asked.TITLE_WORDS: " | ".join(f"{word}:AC" for word in words),
        Asked.WORDS: " | ".join(words),
    }
    found: dict[str, list[Found]] = {}
    for label, code, title, names, is_own in _statement().run(asked):
        model = named_models().get(label)
        for name in filter(None, map(str.strip, names.split(";"))):
            found.setdefault(fold_name(name), []).append(Found(model, code, title, name, is_own))
            if in_one_word(name) != name:  # no text has it so: it is none of its own names
                found.setdefault(fold_name(in_one_word(name)), []).append(Found(model, code, title, name, False))
    return found


def _forms(gram: str) -> tuple[str, str]:
    """Return words as terms are compared, and their singular."""
    term = re.sub("[-/]", " ", gram.lower()).replace(".", "")
    return term, singular(term)


def in_one_word(name: str) -> str:
    """Return a name without its hyphens, if it is one word with them: A-B as AB."""
    return name if " " in name else name.replace("-", "")


@cache
def named_models() -> dict[str, type[Searchable]]:
    """Return the models whose records have other names, by label."""
    return {model._meta.label: model for model in models_with(Searchable) if model.names_in}


@cache
def _statement() -> Statement:
    """Return the statement of all terms and names that may be meant."""
    terms = Synonym.objects.filter(IsAmong(_term_as_asked(), _asked_terms())).order_by()
    rows = [terms.values_list(Value(""), "means", Value(""), "term", Value(False))]
    for model in named_models().values():
        rows += _names(model)
    return compile_statement(union_all(rows), name="names_asked")


def _term_as_asked() -> Replace:
    term = Replace(Lower("term"), Value("."), Value(""))
    return Replace(Replace(term, Value("-"), Value(" ")), Value("/"), Value(" "))


def _asked_terms() -> Cast:
    """Return the words that may be a term as an SQL array, made once a statement."""
    split = "(SELECT string_to_array(%(expressions)s))"
    terms = Func(_placeholder(Asked.TERMS), Value(BETWEEN_TERMS), template=split, output_field=ArrayField(TextField()))
    return Cast(terms, terms.output_field)  # without a cast, ANY would take a subquery for rows


def _names(model):
    """Yield the query sets of the names of records, their own and others, that have one of the words."""
    label, (code,), title = Value(model._meta.label), model.key_fields, model.result_fields.title
    columns = dict.fromkeys([*title_columns(model), code, *model.names_in.codes])
    names = Concat(*(part for name in columns for part in (name, SEMICOLON)), output_field=CharField())
    is_code = (Q(IsAmong(Replace(Lower(name), Value("-"), Value("")), _asked_terms())) for name in columns)
    has_words = Q(Q(search=_query(Asked.TITLE_WORDS)), *is_code, _connector=Q.OR)
    own = model._default_manager.published().filter(has_words).order_by()
    yield own.values_list(label, code, title, names, Value(True))
    others, owner = model.names_in.rows(model).order_by(), model.names_in.owner(model)
    others = others.filter(SearchVectorExact(words_of(others.model), _query(Asked.WORDS)))
    yield others.values_list(label, f"{owner}__{code}", f"{owner}__{title}", "name", Value(False))


def _query(words: Asked) -> OnceParsed:
    return OnceParsed(_placeholder(words), search_type="raw", config="english")


def _placeholder(words: Asked) -> Placeholder:
    return Placeholder(words, TextField())
