"""Full-text search: the generated tsvector column of a model, or an index alone, and the queries against them."""

import re
from collections.abc import Sequence

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func

from .words import search_words
from .written_forms import words_meant

WORD_OR_PHRASE = re.compile(r'-?"[^"]*"?|\S+')


class OnceParsed(SearchQuery):
    """A full-text query that the database parses once a statement, and not again for each row."""

    def as_sql(self, compiler, connection, function=None, template=None):
        """Return a subquery."""
        sql, parameters = super().as_sql(compiler, connection, function, template)
        return f"(SELECT {sql})", parameters


def search_field(title: str | list[str], *texts: str, words: Sequence[str] = ()) -> models.GeneratedField:
    """Return the generated column, with the title weighted above the texts; give it a GIN index and defer it in lists.

    Several columns may be the title: ``search_field(["name", "acronym"], "summary")``. ``words`` are columns by which a
    record is found and which no result shows: codes, dates, choices.
    """
    vector = _vector([title] if isinstance(title, str) else title, "A")
    for names, weight in [(texts, "B"), (words, "C")]:
        if names:
            vector = vector + _vector(names, weight)
    return models.GeneratedField(expression=vector, output_field=SearchVectorField(), db_persist=True)


def words_index(*texts: str, name: str) -> GinIndex:
    """Return an index of the words of some columns, for a model of many short texts: it needs no column."""
    return GinIndex(_vector(texts), name=name)


def words_of(model: type[models.Model]) -> F | SearchVector | None:
    """Return the expression by which the words of a model are found: its column, or else its ``words_index``."""
    if any(field.name == "search" for field in model._meta.fields):
        return F("search")
    expressions = [expression for index in model._meta.indexes for expression in index.expressions]
    return next((vector for vector in expressions if isinstance(vector, SearchVector)), None)


def _vector(names, weight=None):
    # plain functions of the database: a migration must import nothing of ours but field classes
    found = (Func(F(name), function="pk_words", output_field=models.TextField()) for name in names)
    return SearchVector(*found, weight=weight, config="english")


def search_query(words: str) -> SearchQuery:
    """Return the query for words as search engines take them: ``troops -air "rules of engagement"``."""
    return SearchQuery(query_text(words), search_type="raw", config="english")


def query_text(words: str) -> str:
    """Return words as PostgreSQL writes a query: all must be there, “or” stands between two that may be there."""
    alternatives: list[list[str]] = [[]]
    for token in WORD_OR_PHRASE.findall(words_meant(words)):
        term = query_term(token)
        if token.lower() == "or":
            alternatives.append([])
        elif term:
            alternatives[-1].append(term)
    return " | ".join(" & ".join(terms) for terms in alternatives if terms)


def query_term(token: str) -> str:
    """Return a word or a phrase in quotation marks as PostgreSQL writes it; after a minus sign it must be absent."""
    words = _quoted_words(token.lstrip("-"))
    joined = (" <-> " if '"' in token else " & ").join(words)
    return f"!({joined})" if words and token.startswith("-") else joined


def prefix_query(text: str) -> SearchQuery:
    """Return the query for words of which the last may be unfinished; several must follow each other."""
    words = _quoted_words(text)
    return SearchQuery(" <-> ".join(words) + (":*" if words else ""), search_type="raw", config="english")


def beginnings_query(text: str, weight: str = "") -> SearchQuery:
    """Return the query for texts that have each of these words, or one that begins with it; of one weight only."""
    terms = [f"{word}:*{weight}" for word in _quoted_words(text)]
    return SearchQuery(" & ".join(terms), search_type="raw", config="english")


def _quoted_words(text):
    return [f"'{word}'" for word in re.split(r"\W+", search_words(text)) if word]


def title_columns(model: type[models.Model]) -> list[str]:
    """Return the names of the title columns of a model's search column."""
    titles, *_texts = _weighted_vectors(model)
    return _columns(titles)


def text_columns(model: type[models.Model]) -> list[str]:
    """Return the names of the columns of a model's search column that are texts to be read."""
    return [name for vector in _weighted_vectors(model)[1:] if _weight(vector) == "B" for name in _columns(vector)]


def indexed_columns(model: type[models.Model]) -> list[str]:
    """Return the names of all columns of a model's search column, or of its ``words_index``."""
    return [name for vector in _weighted_vectors(model) for name in _columns(vector)]


def _weighted_vectors(model):
    words = words_of(model)
    return [*_vectors_in(model._meta.get_field("search").expression if isinstance(words, F) else words)]


def _vectors_in(vector):
    if not isinstance(vector, CombinedSearchVector):
        yield vector
        return
    for part in vector.get_source_expressions()[:2]:
        yield from _vectors_in(part)


def _weight(vector):
    return vector.weight.value if vector.weight is not None else None


def _columns(vector):
    return [leaf.name for leaf in vector.flatten() if isinstance(leaf, F)]
