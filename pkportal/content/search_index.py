"""The column that full-text search reads, computed by the database, and the words that are looked for in it."""

from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func

from .unaccent import unaccent


def search_field(title, *texts):
    """Make the column of words, the title's before the texts'; give it a GIN index and defer it in lists.

    Several columns may name a record: ``search_field(["name", "acronym"], "summary")``.
    """
    vector = _vector([title] if isinstance(title, str) else title, "A")
    if texts:
        vector = vector + _vector(texts, "B")
    return models.GeneratedField(expression=vector, output_field=SearchVectorField(), db_persist=True)


def _vector(names, weight):
    # a plain Func, not our Transform: a migration must import nothing of ours but field classes
    bare = (Func(F(name), function="pk_unaccent", output_field=models.TextField()) for name in names)
    return SearchVector(*bare, weight=weight, config="english")


def search_query(words):
    """Ask for words as a search engine takes them, with accents or without: ``troops -air "rules of engagement"``."""
    return SearchQuery(unaccent(words), search_type="websearch", config="english")


def name_columns(model):
    """List the columns that name a record of a kind, as its column of words has them."""
    return _columns(_parts(model)[0])


def indexed_columns(model):
    """List all columns whose words are found."""
    return [name for part in _parts(model) for name in _columns(part)]


def _parts(model):
    vector = model._meta.get_field("search").expression
    return vector.get_source_expressions()[:2] if isinstance(vector, CombinedSearchVector) else [vector]


def _columns(vector):
    return [it.name for it in vector.flatten() if isinstance(it, F)]
