"""Search of the lists of the admin: every word, from its beginning, in the record or in what it is linked to."""

import re
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchVectorExact
from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import Exact

from pkportal.content.dates import PartialDateField
from pkportal.content.queries import any_of
from pkportal.content.search_index import indexed_columns, prefix_query, words_of
from pkportal.content.unaccent import unaccent
from pkportal.website.search.spellings import other_spelling
from pkportal.website.synonyms import meanings_of

_date = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")
MAX_KEYS = 1_000  # of related records that have a word; beyond, the database does not see how rare a word is


def search_condition(model: type[models.Model], fields: list[str], words: list[str]) -> Q:
    """Return the condition that each word, or phrase in the order of its words, is in one of the search fields.

    Where the model has an index of words, the columns in it are searched as one text. A code is found from its
    beginning. Records that foreign keys lead to are looked up first, so that the database knows how many rows it will
    find: a word may be rare or common. A record that has other names is found by the words of each, and by its whole
    code in another list.
    """
    indexed_words = words_of(model)
    indexed = {*indexed_columns(model)} if indexed_words else set()
    has_indexed = bool(indexed.intersection(fields))
    others = [name for name in fields if name not in indexed]
    condition, only_indexed = Q(), []
    for word in words:
        elsewhere = _found_in(model, others, word) | _also_called(model, word)
        if not has_indexed:
            condition &= elsewhere or Q(pk__in=[])
        elif elsewhere:
            condition &= elsewhere | _has_words(indexed_words, prefix_query(word))
        else:
            only_indexed.append(prefix_query(word))
    return condition & _has_words(indexed_words, reduce(and_, only_indexed)) if only_indexed else condition


def search_with_synonyms(model: type[models.Model], fields: list[str], words: list[str]) -> Q:
    """Return the condition that each word is in one of the search fields, or what it means or is written otherwise."""
    meanings = meanings_of(words)
    plain, condition = [], Q()
    while words:
        spelling = other_spelling(tuple(words), 0)
        typed, words = words[: spelling.size if spelling else 1], words[spelling.size if spelling else 1 :]
        others = [
            *(means for word in typed for means in meanings.get(word, ())),
            *([spelling.other] if spelling else ()),
        ]
        if others:
            condition &= any_of(
                search_condition(model, fields, ways) for ways in (typed, *([other] for other in others))
            )
        else:
            plain += typed
    return search_condition(model, fields, plain) & condition


def _found_in(model, fields, word):
    """Return the condition that a word is in one of the fields that are not indexed; an empty one if it is in none."""
    related: dict[str, list[str]] = {}
    found = Q()
    for name in fields:
        first, _separator, rest = name.partition("__")
        if rest and model._meta.get_field(first).many_to_one:
            related.setdefault(first, []).append(rest)
        else:
            found |= _contains(model, name, word)
    for name, names in related.items():
        found |= _linked_to(name, model._meta.get_field(name).related_model, names, word)
    return found


def _also_called(model, word):
    """Return the condition that another name of a record has a word; an empty one if records have no other names."""
    source = getattr(model, "names_in", None)
    if not source:
        return Q()
    names = model._meta.get_field(source.relation).related_model
    is_code = Q(kind__in=source.without)
    called = names._base_manager.filter(
        (_has_words(words_of(names), prefix_query(word)) & ~is_code) | (is_code & Q(name=word))
    )
    return Q(pk__in=called.order_by().values(source.owner(model)))


def _linked_to(name, model, fields, word):
    """Return the condition that a foreign key leads to a record that has a word; an empty one if no record has it."""
    records = model._base_manager.filter(search_condition(model, fields, [word])).order_by().values("pk")
    keys = [*records.values_list("pk", flat=True)[: MAX_KEYS + 1]]
    return Q(**{f"{name}__in": records if len(keys) > MAX_KEYS else keys}) if keys else Q()


def _has_words(indexed, query):
    """Return the condition that the indexed words begin as typed; words too common to be indexed are no condition."""
    number = Func(query, function="numnode", output_field=models.IntegerField())
    return Q(SearchVectorExact(indexed, query)) | Q(Exact(number, 0))


def _contains(model, name, word):
    """Return the condition that a column contains a word; a code, which may be long to look for, begins with it.

    A date begins with it too: 1999, 1999-06.
    """
    if isinstance(model._meta.get_field(name.partition("__")[0]), PartialDateField):
        return Q(**{f"{name}__startswith": word}) if _date.fullmatch(word) else Q()
    if "__" not in name and model._meta.get_field(name).unique:
        return Q(*((f"{name}__startswith", case) for case in {word, word.lower(), word.upper()}), _connector=Q.OR)
    return Q(**{f"{name}__unaccented__icontains": unaccent(word)})
