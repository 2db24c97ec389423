"""The column that full-text search reads, computed by the database."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models


def search_field(title, *texts):
    """Make the column of words, the title's before the texts'; give it a GIN index and defer it in lists."""
    vector = SearchVector(*([title] if isinstance(title, str) else title), weight="A", config="english")
    if texts:
        vector = vector + SearchVector(*texts, weight="B", config="english")
    return models.GeneratedField(expression=vector, output_field=SearchVectorField(), db_persist=True)
