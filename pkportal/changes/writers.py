"""Writers of a record that is not public: the accounts that wrote it, its links or its parts, from the history."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from pghistory.models import Context

from pkportal.content.contracts import fields_along
from pkportal.content.models import Part, Publishable, Status
from pkportal.content.queries import union_all
from pkportal.content.registry import models_with


@cache
def history_models() -> dict[type[Any], type[Any]]:
    """Return the models of past states by the models whose states they keep, tables of links included."""
    kept = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return {model.pgh_tracked_model._meta.concrete_model: model for model in kept}


def writers_of(record: Publishable) -> list[int]:
    """Return the accounts that wrote a record since it was last public.

    What a published change set brought was reviewed then, and to check a record is not to write it.
    """
    states = history_models()[type(record)]._base_manager.filter(pgh_obj_id=record.pk, status=Status.PUBLISHED)
    last = states.order_by("-pgh_id").values_list("pgh_created_at", flat=True).first()
    written = [states.filter(pgh_created_at__gt=last) if last else states for states in states_of(record)]
    rows = [states.order_by().exclude(pgh_context=None).values_list("pgh_context_id", flat=True) for states in written]
    contexts = Context.objects.filter(pk__in={*union_all(rows)}).values_list("metadata", flat=True)
    users = {it.get("user") for it in contexts if not was_reviewed(it) and it.get("act") != "check"}
    return sorted(user for user in users if isinstance(user, int))


STORED_AT_ONCE = ["import", "undo"]  # acts that have a change set, which nobody reviewed


def was_reviewed(metadata: Mapping[str, Any]) -> bool:
    """True if a published change set brought a change: a file that was stored at once has one too, unreviewed."""
    return "change_set" in metadata and metadata.get("act") not in STORED_AT_ONCE


def states_of(record: Publishable) -> Iterator[models.QuerySet]:
    """Yield the past states of a record and of its parts, and those of the links of each."""
    for model, path in {type(record): "", **paths_to(type(record))}.items():
        if model in history_models():
            condition = {path or "pgh_obj_id": record.pk}
            yield history_models()[model]._base_manager.filter(**condition)
        for link in model._meta.many_to_many:
            if history := history_models().get(link.remote_field.through):
                owner = link.m2m_field_name()
                yield history._base_manager.filter(**{f"{owner}__{path}" if path else owner: record.pk})


def paths_to(root: type[Any]) -> dict[Any, str]:
    """Return the models whose records are part of a root, directly or not, with the path that leads to it."""
    parts: list[Any] = models_with(Part)
    return {part: part.part_of for part in parts if [*fields_along(part, part.part_of)][-1].related_model is root}
