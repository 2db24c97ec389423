"""Records that wait: an open change set is to add them, and others may name them before they are on record.

A change names a record by its code, so a draft may name one that another draft adds. Until that one is published it
is a reason why the first cannot be.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from pkportal.exchange.widgets import split_values
from pkportal.sources.citations import cited_codes
from pkportal.sources.fields import MarkdownField
from pkportal.sources.models import Source

from .cells import draft_columns
from .models import OPEN, Act, Action, Change, ChangeSet, ReviewState
from .problems import Problem

Codes = Mapping[Any, Iterable[str]]  # of records, by their model


class Missing(NamedTuple):
    """A record that a cell names and that is not on record: it waits in an open change set, or was discarded."""

    reference: str  # of the record that names it
    column: str
    addition: Change

    @property
    def change_set(self) -> ChangeSet:
        """Return the change set that adds it, or was to."""
        return self.addition.change_set

    @property
    def message(self) -> str:
        """Return what must be done first."""
        words = {"record": self.addition.title, "number": self.change_set.number}
        if self.change_set.state == ReviewState.DISCARDED:
            words["how"] = how_discarded(self.change_set)
            return _("“%(record)s” is not on record: %(number)s, which was to add it, was discarded%(how)s.") % words
        return _("“%(record)s” waits in %(number)s: publish that first.") % words


def how_discarded(change_set: ChangeSet) -> str:
    """Return who discarded a change set, when and why, as the end of a sentence."""
    item = change_set.log.filter(act=Act.DISCARDED).last()
    if item is None:
        return ""
    return by_and_when(item.by_name, item.at) + (f" (“{item.text}”)" if item.text else "")


def by_and_when(name: str, at: datetime.datetime) -> str:
    """Return who did something, and on which day, as the end of a sentence."""
    words = {"who": name, "day": format_date(timezone.localtime(at), "j F Y")}
    return (_(" by %(who)s on %(day)s") if name else _(" on %(day)s")) % words


def additions(codes: Codes, states: Iterable[Any] = OPEN) -> dict[tuple[Any, str], Change]:
    """Return the changes that are to add the records of these codes, by model and code, in one query."""
    asked = Q()
    for model, wanted in codes.items():
        (key,) = model.key_fields
        asked |= Q(kind=model._meta.label_lower, **{f"cells__{key}__1__in": [*wanted]})
    if not asked:
        return {}
    found = Change.objects.filter(asked, action=Action.ADD, change_set__state__in=[*states]).select_related(
        "change_set"
    )
    in_order = sorted(found, key=lambda change: (change.change_set.is_open, change.pk))  # what still waits wins
    return {(change.model, change.code): change for change in in_order}


def addition_with_key(model: Any, key: Mapping[str, str], reference: str) -> Change | None:
    """Return the change of an open set that is to add a record with a key, other than the one with a reference."""
    if not any(key.values()):
        return None
    same = {f"cells__{name}__1": cell for name, cell in key.items()}
    found = Change.objects.filter(kind=model._meta.label_lower, action=Action.ADD, change_set__state__in=OPEN, **same)
    return found.exclude(reference=reference).select_related("change_set").first()


def stand_in(addition: Change) -> Any:
    """Return a record that is not stored, with the values of the change that is to add it, its ``addition``."""
    model: Any = addition.model
    record = model()
    for name, column in draft_columns(model).items():
        if name in addition.cells and not column.is_foreign_key and not column.is_many_to_many:
            try:
                column.set_value(record, column.widget.clean(addition.cells[name][1]))
            except ValueError:  # it is shown on the page of its draft
                continue
    record.addition = addition
    return record


def named_codes(change: Change) -> Iterator[tuple[str, Any, list[str]]]:
    """Yield the columns of a change that are to name records, with the model of these and their codes."""
    columns = draft_columns(change.model) if change.model and change.action != Action.REMOVE else {}
    for name, (_was, new) in change.cells.items():
        column = columns.get(name)
        if column and (column.is_foreign_key or column.is_many_to_many):
            yield name, column.widget.model, split_values(new)
        elif column and new and isinstance(change.model._meta.get_field(name), MarkdownField):
            yield name, Source, cited_codes(new)


def missing_records(changes: Iterable[Change]) -> list[Missing]:
    """Return which records some changes name that are neither on record nor added by one of them."""
    changes = [*changes]
    codes: dict[Any, set[str]] = defaultdict(set)
    for change in changes:
        for _name, model, wanted in named_codes(change):
            codes[model].update(wanted)
    added = {(change.model, change.code) for change in changes if change.action == Action.ADD and change.model}
    named = {model: it - {code for kind, code in added if kind is model} for model, it in codes.items()}
    found = additions({model: it for model, it in named.items() if it}, [*OPEN, ReviewState.DISCARDED])
    if not found:
        return []
    stored = {(model, code) for model in {model for model, _code in found} for code in stored_codes(model, named)}
    return [
        Missing(change.reference, name, found[model, code])
        for change in changes
        for name, model, wanted in named_codes(change)
        for code in wanted
        if (model, code) in found and (model, code) not in stored
    ]


def stored_codes(model: Any, codes: Mapping[Any, set[str]]) -> Iterable[str]:
    """Return which of the codes of a model are on record."""
    (key,) = model.key_fields
    return model._base_manager.filter(**{f"{key}__in": codes[model]}).values_list(key, flat=True)


def sets_waited_for(change_set: ChangeSet) -> list[ChangeSet]:
    """Return the open change sets that must be published before one can be, in the order in which they can be."""
    ordered: dict[int, ChangeSet] = {}
    seen = {change_set.pk}

    def visit(changes: Iterable[Change]) -> None:
        for missing in missing_records(changes):
            needed = missing.change_set
            if needed.is_open and needed.pk not in seen:
                seen.add(needed.pk)
                visit(needed.changes.all())
                ordered[needed.pk] = needed

    visit(change_set.changes.all())
    return [*ordered.values()]


def waits_for(change_set: ChangeSet, other: ChangeSet) -> bool:
    """True if a change set cannot be published before another one."""
    return change_set.pk != other.pk and other in sets_waited_for(change_set)


def problems_of_missing(change_set: ChangeSet) -> list[Problem]:
    """Return a problem for each record that a set names and that waits in another, or no longer does."""
    missing = missing_records(change_set.changes.all())
    in_circle = {it.change_set for it in missing if waits_for(it.change_set, change_set)}
    return [
        Problem(
            it.reference,
            it.column,
            circle_message(it) if it.change_set in in_circle else it.message,
            needs=it.change_set,
        )
        for it in missing
    ]


def circle_message(missing: Missing) -> str:
    """Say how two sets come to be published that wait for each other."""
    words = {"record": missing.addition.title, "number": missing.change_set.number}
    return (
        _(
            "“%(record)s” waits in %(number)s, and that waits for this set too. Take one of the two links out, "
            "publish that set first, and put the link in again."
        )
        % words
    )
