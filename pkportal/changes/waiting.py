"""Records that wait: an open change set is to add them, and others may name them before they are on record.

A change names a record by its code, so a draft may name one that another draft adds. Until that one is published it
is a reason why the first cannot be.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from pkportal.exchange.widgets import split_values
from pkportal.sources.citations import cited_codes
from pkportal.sources.fields import MarkdownField
from pkportal.sources.models import Source

from .cells import draft_columns
from .models import OPEN, Action, Change, ChangeSet, ReviewState

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
            return _("“%(record)s” is not on record: %(number)s, which was to add it, was discarded.") % words
        return _("“%(record)s” waits in %(number)s: publish that first.") % words


def code_of(addition: Change) -> str:
    """Return the code that a record is to have, blank if none has been entered yet."""
    model: Any = addition.model
    return addition.cells.get(model.key_fields[0], ["", ""])[1]


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
    return {(change.model, code_of(change)): change for change in in_order}


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
    added = {(change.model, code_of(change)) for change in changes if change.action == Action.ADD and change.model}
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
