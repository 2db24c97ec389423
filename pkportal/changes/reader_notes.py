"""Notes for readers: the sentence that a major change carries, under “Changes” on a page and in the feeds."""

from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject

from pkportal.content.queries import compiled

from .models import ChangeSet


def with_reader_notes(records: QuerySet) -> QuerySet:
    """Annotate ``reader_notes`` to root records: the day and the sentence of each major change, the latest first."""
    return records.annotate(reader_notes=_notes_of(records.model))


@cache
def _notes_of(model: Any) -> Any:
    """Return the expression, compiled once."""
    noted = ChangeSet.objects.noted().filter(root_kind=model._meta.label_lower, root_reference=OuterRef("reference"))
    rows = noted.order_by("-published_at").values(
        row=JSONObject(day=Cast("published_at", DateField()), note="public_note")
    )
    return compiled(model, ArraySubquery(rows))
