"""Which sources a record's own sentences name, kept by the database after any save, import or SQL statement."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat


def cited_field(*fields):
    """Make the column that lists the codes cited in these Markdown columns; give it a GIN index."""
    texts = [part for field in fields for part in (F(field), Value("\n"))]
    return models.GeneratedField(
        expression=Func(
            Concat(*texts, output_field=models.TextField()),
            function="pk_cited",
            output_field=ArrayField(models.TextField()),
        ),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )
