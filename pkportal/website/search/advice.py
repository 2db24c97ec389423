"""Advice for a query without results: a corrected spelling, unknown words, and the query without one of its parts."""

from typing import NamedTuple

from django.db.models import QuerySet

from pkportal.content.queries import count_each

from .query import ParsedQuery, QueryPart
from .question import plain_question
from .results import SearchResults
from .searchable import KIND_FIELD
from .spelling import count_each_word, known_words, nearest_word, strip_punctuation

MAX_PARTS = 6  # only the first parts of a longer query are tried


class AlternativeQuery(NamedTuple):
    """Another query that has results: the part that it leaves out, or None, its text, and the number of results."""

    part: QueryPart | None
    text: str
    number: int


class SearchAdvice(NamedTuple):
    """What to do about a query without results."""

    nearest: AlternativeQuery | None
    unknown_words: list[str]
    without: list[AlternativeQuery]


def advise(query: ParsedQuery, results: SearchResults) -> SearchAdvice:
    """Look for other queries that have results, in at most three database queries."""
    words = {part: strip_punctuation(part.text) for part in query.parts if part.is_word}
    words = dict([(part, word) for part, word in words.items() if word][:MAX_PARTS])
    word_counts = count_each_word([*words.values()])
    unknown = {part: word for (part, word), count in zip(words.items(), word_counts, strict=True) if not count}
    known = known_words() if unknown else {}
    corrections = {part: nearest_word(word, known) for part, word in unknown.items()}
    corrections = {
        part: nearest for part, nearest in corrections.items() if nearest.casefold() not in {"", words[part].casefold()}
    }
    # beside a word that no record has, leaving out another part cannot help
    removable = query.parts[:MAX_PARTS] if not unknown else [*unknown] if len(unknown) == 1 else []
    others: dict[QueryPart | None, ParsedQuery] = {
        part: query.without(part) for part in removable if len(query.parts) > 1
    }
    if corrections:
        others[None] = query.with_replaced(corrections)
    numbers = _count_results(others, results)
    found = [AlternativeQuery(part, other.text, numbers[part]) for part, other in others.items() if numbers[part]]
    return SearchAdvice(
        nearest=next((alternative for alternative in found if alternative.part is None), None),
        unknown_words=[word for word in unknown.values() if word.casefold() not in known],
        without=[alternative for alternative in found if alternative.part],
    )


def _count_results(queries: dict[QueryPart | None, ParsedQuery], results: SearchResults) -> dict[QueryPart | None, int]:
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
