"""History of every record, kept by database triggers whoever changes it: admin, import or typed SQL."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pghistory
import pghistory.models
from django.apps import apps
from pghistory import runtime


@contextmanager
def own_context(**metadata: Any) -> Iterator[None]:
    """Give what is changed inside a context of its own: pghistory has one for all that a request does."""
    with pghistory.context() as outer:
        runtime._tracker.value = runtime.Context(id=uuid.uuid4(), metadata={**outer.metadata, **metadata})
        try:
            yield
        finally:
            runtime._tracker.value = outer


@cache
def event_model(model: Any) -> Any:
    """Return the model of the event table of a kind."""
    return model._meta.get_field("history").related_model


@cache
def link_event_models(model: Any) -> dict[str, Any]:
    """Return the models of the event tables of the links of a kind, by the names of its many-to-many fields."""
    tracked = {
        events.pgh_tracked_model._meta.concrete_model: events
        for events in apps.get_models()
        if issubclass(events, pghistory.models.Event) and events.pgh_tracked_model
    }
    throughs = {field.name: field.remote_field.through for field in model._meta.many_to_many}
    return {name: tracked[through] for name, through in throughs.items() if through in tracked}


def link_columns(model: Any, name: str) -> tuple[str, str]:
    """Return the columns of a link: the key of the record, and that of the record it links to."""
    field = model._meta.get_field(name)
    return f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"


def track_history(*links):
    """Return a class decorator that keeps each state of a model's rows, and of the named many-to-many links.

    The triggers see whole statements, so an update of a thousand rows costs one more insert and not a thousand.
    """

    def decorate(model):
        computed = [field.name for field in model._meta.fields if field.generated]
        to_record = pghistory.ObjForeignKey(related_name="history")
        _track_model(model, pghistory.UpdateEvent(), exclude=computed, obj_field=to_record)
        for link in links:
            through = getattr(model, link).through
            # an automatic table cannot carry triggers through migrations; a proxy of it can
            meta = type("Meta", (), {"proxy": True, "app_label": model._meta.app_label})
            name = model.__name__ + link.title().replace("_", "")
            _track_model(type(name, (through,), {"__module__": model.__module__, "Meta": meta}), obj_field=None)
        return model

    return decorate


def _track_model(model, *update_trackers, **options):
    trackers = [pghistory.InsertEvent(), *update_trackers, pghistory.DeleteEvent()]
    pghistory.track(*trackers, level=pghistory.Statement, model_name=f"{model.__name__}History", **options)(model)
