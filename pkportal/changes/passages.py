"""What became of a record, its links and its parts between two points in the past, read from the event tables."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import RowNumber

from pkportal.content.models import Record
from pkportal.content.queries import union_all
from pkportal.content.registry import models_with
from pkportal.content.roots import root_path

from .comparing import RecordCells
from .models import Action
from .past import (
    DELETED,
    INSERTED,
    LinkedRecords,
    checked_cells,
    event_model,
    last_events,
    link_columns,
    link_event_models,
    reference_column,
)


class EventTable(NamedTuple):
    """The events of one kind, or of one of its links, that belong to the history of a record."""

    model: Any
    link: str  # the name of the many-to-many field, or nothing
    rows: QuerySet


class Passage:
    """One record between two points: the state before, the state after, and the links that went and came."""

    def __init__(self, model: Any, pk: int):
        self.model, self.pk = model, pk
        self.before: Any = None
        self.after: Any = None
        self.has_states = False
        self.removed: dict[str, set[int]] = defaultdict(set)
        self.added: dict[str, set[int]] = defaultdict(set)

    def see(self, event: Any, before: Any) -> None:
        """Take one event of the record itself, in their order."""
        if not self.has_states:
            self.before = before
        self.after = None if event.pgh_label == DELETED else event
        self.has_states = True

    def see_link(self, name: str, event: Any) -> None:
        """Take one event of a link, in their order; a link that goes and comes back is none."""
        pk = getattr(event, link_columns(self.model, name)[1])
        gone, come = self.removed[name], self.added[name]
        to, back = (come, gone) if event.pgh_label == INSERTED else (gone, come)
        if pk in back:
            back.discard(pk)
        else:
            to.add(pk)

    @property
    def action(self) -> Any:
        """Return what happened to the record."""
        if self.before is None:
            return Action.ADD
        return Action.REMOVE if self.after is None else Action.CHANGE

    @property
    def state(self) -> Any:
        """Return the state that names the record."""
        return self.after or self.before

    @property
    def reference(self) -> str:
        """Return the permanent reference of the record."""
        return getattr(self.state, reference_column(self.model)) or ""

    def cells(self, known: LinkedRecords) -> RecordCells:
        """Return the cells that differ; of links those that went and came."""
        was, new = (self.state_cells(known, state) for state in (self.before, self.after))
        cells = {name: (was.get(name, ""), new.get(name, "")) for name in {**was, **new}}
        for name in {**self.removed, **self.added}:
            gone, come = (known.link_cells(self.model, {name: links[name]}) for links in (self.removed, self.added))
            cells[name] = (gone[name], come[name])
        differing = {name: [was, new] for name, (was, new) in cells.items() if was != new}
        return RecordCells(self.model, self.reference, self.action, known.title(self.model, self.state), differing)

    def state_cells(self, known: LinkedRecords, state: Any) -> dict[str, str]:
        """Return the cells of a state, and whether it was marked as checked."""
        return known.cells(self.model, state) | checked_cells(state) if state else {}


@cache
def models_below(model: Any) -> list[tuple[Any, tuple[str, ...]]]:
    """Return the kinds whose records belong to one of this kind, each with the foreign keys that lead to it."""
    found: list[tuple[Any, tuple[str, ...]]] = [(model, ())]
    other: Any
    for other in models_with(Record):
        related = other
        path = root_path(other)
        for number, name in enumerate(path, 1):
            related = related._meta.get_field(name).related_model
            if related is model:
                found.append((other, path[:number]))
                break
    return found


def event_tables(model: Any, pk: int) -> list[EventTable]:
    """Return the tables with the history of a record: its own, those of its parts, and of the links of each."""
    tables = []
    for other, path in models_below(model):
        keys = keys_below(other, path, pk) if path else [pk]
        tables.append(EventTable(other, "", event_model(other).objects.filter(pgh_obj_id__in=keys)))
        for name, events in link_event_models(other).items():
            own, _related = link_columns(other, name)
            tables.append(EventTable(other, name, events.objects.filter(**{f"{own}__in": keys})))
    return tables


def keys_below(model: Any, path: tuple[str, ...], pk: int) -> QuerySet:
    """Return the keys of the records of a kind that ever belonged to a record."""
    name, *others = path
    related = model._meta.get_field(name).related_model
    above = keys_below(related, tuple(others), pk) if others else [pk]
    return event_model(model).objects.filter(**{f"{name}_id__in": above}).order_by().values("pgh_obj_id")


def in_range(events: QuerySet, after: Any, until: Any, is_inside: bool) -> QuerySet:
    """Keep the events between two times; ``is_inside`` counts the first of them in."""
    if after is not None:
        events = events.filter(**{"pgh_created_at__gte" if is_inside else "pgh_created_at__gt": after})
    return events if until is None else events.filter(pgh_created_at__lte=until)


class Passages:
    """The passages of a record and its parts between two times, by transaction or as a whole.

    Of each table and transaction at most ``limit`` events are read; ``left_out`` counts the others by transaction.
    """

    def __init__(self, tables: Iterable[EventTable], by_transaction: bool, limit: int):
        self.tables, self.by_transaction, self.limit = [*tables], by_transaction, limit
        self.found: dict[Any, Passage] = {}
        self.left_out: dict[Any, dict[Any, int]] = defaultdict(dict)

    def read(self, after: Any, until: Any, is_inside: bool = False) -> "Passages":
        """Read the events between two times."""
        narrowed = [table._replace(rows=in_range(table.rows, after, until, is_inside)) for table in self.tables]
        for table in self.tables_with_events(narrowed):
            events = [*self.first_events(table)]
            before = self.events_before(table, events) if not table.link else {}
            for event in events:
                self.take(table, event, before)
        self.name_linked()
        return self

    def tables_with_events(self, tables: list[EventTable]) -> list[EventTable]:
        """Keep the tables that have any event, by one query."""
        numbers = union_all(
            table.rows.order_by().annotate(table_number=Value(number)).values_list("table_number").distinct()
            for number, table in enumerate(tables)
        )
        present = {number for (number,) in numbers}
        return [table for number, table in enumerate(tables) if number in present]

    def first_events(self, table: EventTable) -> QuerySet:
        """Return the first events of each transaction, each with the number of all of them."""
        together = [F("pgh_created_at"), F("pgh_context_id")] if self.by_transaction else None
        counted = table.rows.annotate(
            event_place=Window(RowNumber(), partition_by=together, order_by="pgh_id"),
            event_number=Window(Count("pgh_id"), partition_by=together),
        )
        return counted.filter(event_place__lte=self.limit).order_by("pgh_id")

    def events_before(self, table: EventTable, events: list[Any]) -> dict[int, list[Any]]:
        """Return the events just before those which changed a record, by its key."""
        changed = [event.pgh_id for event in events if event.pgh_label not in (INSERTED, DELETED)]
        if not changed:
            return {}
        model = event_model(table.model)
        earlier = model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        last = earlier.order_by("-pgh_id").values("pgh_id")[:1]
        wanted = model.objects.filter(pgh_id__in=changed).annotate(event_before=Subquery(last)).values("event_before")
        before = defaultdict(list)
        for event in model.objects.filter(pgh_id__in=wanted).order_by("pgh_id"):
            before[event.pgh_obj_id].append(event)
        return before

    def take(self, table: EventTable, event: Any, before: dict[int, list[Any]]) -> None:
        """Add one event to the passage of its record."""
        group = self.group_of(event)
        pk = getattr(event, link_columns(table.model, table.link)[0]) if table.link else event.pgh_obj_id
        passage = self.found.setdefault((group, table.model, pk), Passage(table.model, pk))
        if event.event_number > self.limit and not table.link:
            self.left_out[group][table.model] = event.event_number - self.limit
        if table.link:
            passage.see_link(table.link, event)
        elif event.pgh_label in (INSERTED, DELETED):  # a deletion has the state that was deleted
            passage.see(event, None if event.pgh_label == INSERTED else event)
        else:
            earlier = [it for it in before.get(pk, ()) if it.pgh_id < event.pgh_id]
            passage.see(event, earlier[-1] if earlier else event)

    def group_of(self, event: Any) -> Any:
        """Return the transaction of an event, or nothing for the passages as a whole."""
        return (event.pgh_created_at, event.pgh_context_id) if self.by_transaction else None

    def name_linked(self) -> None:
        """Give the passages of which only links changed the last state of their record."""
        unnamed = defaultdict(list)
        for passage in self.found.values():
            if not passage.has_states:
                unnamed[passage.model].append(passage)
        for model, passages in unnamed.items():
            states = last_events(model, {passage.pk for passage in passages})
            for passage in passages:
                passage.before = passage.after = states.get(passage.pk)

    def known(self) -> LinkedRecords:
        """Load what the states and the links name."""
        known = LinkedRecords()
        for passage in self.found.values():
            known.want(passage.model, filter(None, (passage.before, passage.after)))
            known.want_links(passage.model, passage.removed)
            known.want_links(passage.model, passage.added)
        known.load()
        return known

    def by_group(self) -> Iterator[tuple[Any, Passage]]:
        """Yield each passage with its transaction, but for records that came and went: the record itself first."""
        for (group, _model, _pk), passage in self.found.items():
            if passage.state is not None:
                yield group, passage


def passages_between(
    model: Any, pk: int, after: datetime.datetime | None, until: datetime.datetime | None, limit: int
) -> Passages:
    """Read what became of a record and its parts between two points, as a whole."""
    return Passages(event_tables(model, pk), by_transaction=False, limit=limit).read(after, until)
