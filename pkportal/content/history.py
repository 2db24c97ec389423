"""History of every record, kept by database triggers whoever changes it: admin, import or typed SQL."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
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
