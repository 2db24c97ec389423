"""Advice for a query without results: a corrected spelling, unknown words, and the query without one of its parts."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.html import escape

from pkportal.content.queries import count_each
from pkportal.content.unaccent import unaccent

from .answers import answers_to
from .named import named_models
from .query import ParsedQuery, QueryPart
from .question import Question, plain_question, read_question
from .results import SearchResult, SearchResults
from .searchable import KIND_FIELD
from .spelling import KnownWord, count_each_word, is_surely_near, known_words, nearest_word, strip_punctuation

MAX_PARTS = 6  # only the first parts of a longer query are tried
MAX_RARE = 5  # records that have a word which may still be misspelt


class AlternativeQuery(NamedTuple):
    """Another query that has results: the part that it leaves out, its text, and the number of results."""

    part: QueryPart
    text: str
    number: int


class NearestQuery(NamedTuple):
    """The query in a corrected spelling: its text, the number of its results, and the best of them."""

    text: str
    number: int
    results: list[SearchResult]


class SearchAdvice(NamedTuple):
    """What to do about a query without results."""

    nearest: NearestQuery | None
    unknown_words: list[str]
    without: list[AlternativeQuery]


def advise(query: ParsedQuery, results: SearchResults) -> SearchAdvice:
    """Look for other queries that have results, in at most six database queries."""
    words = {part: strip_punctuation(part.text) for part in query.parts if part.is_word and ":" not in part.text}
    words = dict([(part, word) for part, word in words.items() if word][:MAX_PARTS])
    word_counts = count_each_word([*words.values()])
    named = _words_of_records(results.question)
    unknown = {
        part: word
        for (part, word), count in zip(words.items(), word_counts, strict=True)
        if not count and word not in named
    }
    rare = {part: word for (part, word), count in zip(words.items(), word_counts, strict=True) if count <= MAX_RARE}
    known = known_words() if rare else {}
    misspelt = unknown or {part: word for part, word in rare.items() if unaccent(word).casefold() not in known}
    corrections = {part: nearest_word(word, known) for part, word in misspelt.items()}
    corrections = {
        part: nearest for part, nearest in corrections.items() if nearest.casefold() not in {"", words[part].casefold()}
    }
    nearest = _nearest(query.with_replaced(corrections), results) if corrections else None
    nearest = nearest or (nearest_name(query, results, known) if known else None)
    # beside a word that no record has, leaving out another part cannot help; nor need it where the word is misspelt
    removable = query.parts[:MAX_PARTS] if not unknown else [*unknown] if len(unknown) == 1 else []
    removable = [] if nearest else removable
    others = {part: query.without(part) for part in removable if len(query.parts) > 1}
    numbers = _count_results(others, results) if others else {}
    return SearchAdvice(
        nearest=nearest,
        unknown_words=[word for word in unknown.values() if word.casefold() not in known],
        without=[AlternativeQuery(part, other.text, numbers[part]) for part, other in others.items() if numbers[part]],
    )


def nearest_name(query: ParsedQuery, results: SearchResults, known: Mapping[str, KnownWord]) -> NearestQuery | None:
    """Return the query with its words as records are called, where only sources have them as they were written.

    None if no name is near, or such a query finds no more.
    """
    called = {key: word for key, word in known.items() if word.is_of_record}
    words = {part: strip_punctuation(part.text) for part in query.parts if part.is_word and ":" not in part.text}
    near = {part: nearest_word(word, called) for part, word in words.items() if unaccent(word).casefold() not in called}
    corrections = {part: name for part, name in near.items() if name and is_surely_near(words[part], name)}
    found = _nearest(query.with_replaced(corrections), results) if corrections else None
    is_named = found and found.results and found.results[0].kind in _kinds_with_names()
    return found if found and is_named and found.number > results.total else None


def _kinds_with_names() -> set[str]:
    """Return what records are called of which the record keeps the names, and an answer, which is of no kind."""
    return {"", *(str(model._meta.verbose_name) for model in named_models().values())}


def _words_of_records(question: Question) -> set[str]:
    """Return the words that name records, by names or codes that need not be in any text."""
    named = (meaning for meaning in question.meanings if meaning.records)
    return {token for meaning in named for token in question.tokens[meaning.start : meaning.stop]}


def _nearest(query: ParsedQuery, results: SearchResults) -> NearestQuery | None:
    """Return a corrected query with its answers or else its best results, if it has any."""
    question = read_question(query.words)
    corrected = SearchResults(question, "", results.fields)
    if answers := answers_to(question):
        shown = [SearchResult("", it.address, escape(it.text), it.source, escape("")) for it in answers]
        return NearestQuery(query.text, max(corrected.total, len(answers)), shown)
    group = next(iter(corrected.groups), None)
    return NearestQuery(query.text, corrected.total, group.results) if group else None


def _count_results(queries: dict[QueryPart, ParsedQuery], results: SearchResults) -> dict[QueryPart, int]:
    """Return the number of results of each of several queries, all counted in one query."""
    numbers = dict.fromkeys(queries, 0)
    matches: dict[str, QuerySet] = {}
    for index, (part, query) in enumerate(queries.items()):
        fields = [field for field in results.fields if field.part in query.parts]
        # without the part that named the model, results of any model count
        model_name = "" if part and part.name == KIND_FIELD else results.model_name
        if query.words or fields:
            by_model = SearchResults(plain_question(query.words), model_name, fields).matches_by_model()
            matches |= {f"{index} {name}": rows for name, rows in by_model.items() if model_name in {"", name}}
    parts = [*queries]
    for name, count in (count_each(matches) if matches else {}).items():
        prefix, _space, _model = name.partition(" ")
        numbers[parts[int(prefix)]] += count
    return numbers
