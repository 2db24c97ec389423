"""Past states of records: what the event tables of pghistory have of a record and of its links."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from pkportal.content.history import event_model, link_columns, link_event_models
from pkportal.content.queries import unlisted_columns
from pkportal.exchange.columns import FileColumn
from pkportal.exchange.widgets import SEPARATOR

from .cells import draft_columns
from .comparing import CHECKED

INSERTED, DELETED = "insert", "delete"  # pghistory's labels; the third is update


def reference_column(model: Any) -> str:
    """Return the column with the permanent reference; a key that is the reference has it under its own name."""
    field = model._meta.get_field("reference")
    return model.key_fields[0] if field.generated else field.name


def last_event(model: Any, reference: str) -> Any:
    """Return the last event of a record, by its reference, or None."""
    found = event_model(model).objects.filter(**{reference_column(model): reference})
    return found.order_by("pgh_id").last()


def last_deletion(model: Any, reference: str) -> Any:
    """Return the event that deleted a record which is gone, by its reference, or None."""
    event = last_event(model, reference)
    return event if event is not None and event.pgh_label == DELETED else None


def last_cells(model: Any, reference: str) -> dict[str, str]:
    """Return the cells that a record has, or had when it was deleted."""
    event = last_event(model, reference)
    if event is None:
        return {}
    links = links_when_deleted(model, event) if event.pgh_label == DELETED else links_at(model, event.pgh_obj_id)
    known = LinkedRecords(model, [event], links)
    return known.cells(model, event) | known.link_cells(model, links)


def links_at(model: Any, pk: int) -> dict[str, set[int]]:
    """Return the keys of the records that a record links to now, by field."""
    links = {}
    for name in link_event_models(model):
        own, other = link_columns(model, name)
        through = model._meta.get_field(name).remote_field.through
        links[name] = {*through._base_manager.filter(**{own: pk}).values_list(other, flat=True)}
    return links


def links_when_deleted(model: Any, event: Any) -> dict[str, set[int]]:
    """Return the keys of the records that a record linked to when the transaction began that deleted it."""
    links = {}
    for name, events in link_event_models(model).items():
        own, other = link_columns(model, name)
        gone = events.objects.filter(**{own: event.pgh_obj_id}, pgh_label=DELETED, pgh_created_at=event.pgh_created_at)
        links[name] = {*gone.values_list(other, flat=True)}
    return links


class LinkedRecords:
    """The records that some past states link to, loaded with one query a kind; deleted ones as they were last."""

    def __init__(self, model: Any = None, events: Iterable[Any] = (), links: Any = None):
        self.wanted: dict[Any, set[int]] = defaultdict(set)
        self.records: dict[Any, dict[int, models.Model]] = {}
        if model:
            self.want(model, events)
            self.want_links(model, links or {})
            self.load()

    def want(self, model: Any, events: Iterable[Any]) -> None:
        """Note what the states of a kind link to."""
        keys = [field for field in model._meta.concrete_fields if field.many_to_one and not field.generated]
        for event in events:
            for field in keys:
                if pk := getattr(event, field.attname):
                    self.wanted[field.related_model].add(pk)

    def want_links(self, model: Any, links: Any) -> None:
        """Note what records link to by many-to-many fields."""
        for name, pks in links.items():
            self.wanted[model._meta.get_field(name).related_model].update(pks)

    def load(self) -> None:
        """Load what was noted."""
        for model, pks in self.wanted.items():
            live = model._base_manager.defer(*unlisted_columns(model)).in_bulk(pks)
            gone = pks - {*live}
            self.records[model] = live | self.deleted(model, gone)

    def deleted(self, model: Any, pks: Iterable[int]) -> dict[int, Any]:
        """Return records that were deleted, as they were last."""
        events = last_events(model, pks) if pks else {}
        return {pk: record_of_event(model, event) for pk, event in events.items()}

    def code(self, model: Any, pk: int | None) -> str:
        """Return the code of a record, which nobody knows any more if it was deleted before there was a history."""
        record = self.records.get(model, {}).get(pk) if pk else None
        return getattr(record, model.key_fields[0]) if record else ""

    def cells(self, model: Any, event: Any) -> dict[str, str]:
        """Return the cells of a past state, but for its links."""
        return {
            name: self.cell(column, model._meta.get_field(name), event)
            for name, column in draft_columns(model).items()
            if not column.is_many_to_many and hasattr(event, name_of_value(model, name))
        }

    def cell(self, column: FileColumn, field: Any, event: Any) -> str:
        """Return one cell of a past state."""
        value = getattr(event, field.attname)
        return self.code(field.related_model, value) if column.is_foreign_key else column.widget.render(value)

    def link_cells(self, model: Any, links: Any) -> dict[str, str]:
        """Return the cells of links: the codes of the records."""
        cells = {}
        for name, pks in links.items():
            related = model._meta.get_field(name).related_model
            cells[name] = SEPARATOR.join(sorted(filter(None, (self.code(related, pk) for pk in pks))))
        return cells

    def record(self, model: Any, event: Any) -> Any:
        """Return a past state as a record, with the records it links to."""
        record = record_of_event(model, event)
        for field in model._meta.concrete_fields:
            if field.many_to_one and (pk := getattr(record, field.attname)):
                field.set_cached_value(record, self.records.get(field.related_model, {}).get(pk))
        return record

    def title(self, model: Any, event: Any) -> str:
        """Return a past state in words."""
        try:
            return str(self.record(model, event))
        except models.ObjectDoesNotExist:  # what it was linked to is gone, and was before there was a history
            return str(model._meta.verbose_name)


def name_of_value(model: Any, name: str) -> str:
    """Return the name of the column of a field."""
    return model._meta.get_field(name).attname


def checked_cells(event: Any) -> dict[str, str]:
    """Return whether a state was marked as checked, as a cell; nothing for a kind that is not checked."""
    digest = getattr(event, "checked_digest", None)
    return {} if digest is None else {CHECKED: "yes" if digest else "no"}


def last_events(model: Any, pks: Iterable[int]) -> dict[int, Any]:
    """Return the last event of each record, by primary key."""
    events = event_model(model).objects.filter(pgh_obj_id__in=pks).order_by("pgh_obj_id", "-pgh_id")
    return {event.pgh_obj_id: event for event in events.distinct("pgh_obj_id")}


def record_of_event(model: Any, event: Any) -> Any:
    """Return a past state as a record that is not saved."""
    names = [field.attname for field in model._meta.concrete_fields if not field.generated]
    record = model(**{name: getattr(event, name) for name in names if hasattr(event, name)})
    record.reference = getattr(event, reference_column(model))
    return record
