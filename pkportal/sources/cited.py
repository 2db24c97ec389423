"""Generated column of the sources that a record's texts cite; the database computes it after any save or SQL."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core import checks
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat

from pkportal.content.contracts import check_generated_column
from pkportal.content.models import Record
from pkportal.content.queries import any_of

from .citations import LACKS_PLACE
from .fields import MarkdownField
from .models import Source


def cited_field(*fields: str) -> models.GeneratedField:
    """Return the generated column that lists the codes cited in these Markdown columns; give it a GIN index."""
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


def cites_unknown_source() -> Q:
    """Return the condition that a record cites a code that no source has."""
    codes = ArraySubquery(Source.objects.order_by().values("code"))  # made once a statement
    return ~Q(cited__contained_by=codes)


def lacks_place(model: type[models.Model]) -> Q:
    """Return the condition that a text of a record has a citation whose page or passage was left blank."""
    texts = [field.name for field in model._meta.fields if isinstance(field, MarkdownField)]
    return any_of([Q(**{f"{name}__iregex": LACKS_PLACE}) for name in texts])


class Cites(Record):
    """A record whose Markdown cites sources; it declares ``cited = cited_field(…)`` over its Markdown columns."""

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs):
        """Check that the column of cited codes is there and reads every Markdown column."""
        return [*super().check(**kwargs), *cls._check_cited()]

    @classmethod
    def _check_cited(cls):
        errors = [*check_generated_column(cls, "cited", "cited_field", "sources.E001")]
        yield from errors
        if errors:
            return
        columns_read = {it.name for it in cls._meta.get_field("cited").expression.flatten() if isinstance(it, F)}
        for field in cls._meta.fields:
            if isinstance(field, MarkdownField) and field.name not in columns_read:
                yield checks.Error(
                    f"{cls._meta.label}.{field.name} is Markdown, but {cls._meta.label}.cited does not read it.",
                    hint=f'Add "{field.name}" to cited_field(…).',
                    obj=cls,
                    id="sources.E002",
                )
