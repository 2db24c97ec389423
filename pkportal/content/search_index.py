"""Full-text search: the generated tsvector column of a model, or an index alone, and the queries against them."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func

from .unaccent import unaccent


def search_field(title: str | list[str], *texts: str) -> models.GeneratedField:
    """Return the generated column, with the title weighted above the texts; give it a GIN index and defer it in lists.

    Several columns may be the title: ``search_field(["name", "acronym"], "summary")``.
    """
    vector = _vector([title] if isinstance(title, str) else title, "A")
    if texts:
        vector = vector + _vector(texts, "B")
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
    # a plain Func, not our Transform: a migration must import nothing of ours but field classes
    bare = (Func(F(name), function="pk_unaccent", output_field=models.TextField()) for name in names)
    return SearchVector(*bare, weight=weight, config="english")


def search_query(words: str) -> SearchQuery:
    """Return the query for words as search engines take them: ``troops -air "rules of engagement"``."""
    return SearchQuery(unaccent(words), search_type="websearch", config="english")


def prefix_query(text: str) -> SearchQuery:
    """Return the query for words of which the last may be unfinished; several must follow each other."""
    quoted = unaccent(text).replace("\\", "\\\\").replace("'", "''")
    return SearchQuery(f"'{quoted}':*", search_type="raw", config="english")


def title_columns(model: type[models.Model]) -> list[str]:
    """Return the names of the title columns of a model's search column."""
    titles, *_texts = _weighted_vectors(model)
    return _columns(titles)


def indexed_columns(model: type[models.Model]) -> list[str]:
    """Return the names of all columns of a model's search column, or of its ``words_index``."""
    return [name for vector in _weighted_vectors(model) for name in _columns(vector)]


def _weighted_vectors(model):
    words = words_of(model)
    vector = model._meta.get_field("search").expression if isinstance(words, F) else words
    return vector.get_source_expressions()[:2] if isinstance(vector, CombinedSearchVector) else [vector]


def _columns(vector):
    return [leaf.name for leaf in vector.flatten() if isinstance(leaf, F)]
