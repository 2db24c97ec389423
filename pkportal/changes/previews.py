"""Previews: a record and its parts as the public would see them, inside a transaction that is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce, Least, Now

from pkportal.content.models import Publishable, Record, Status, public
from pkportal.content.registry import models_with_label
from pkportal.content.roots import root_of

from .applying import apply_with_needed, taken_back
from .cells import STATUS
from .models import Action, ChangeSet
from .problems import Problem

MAX_SHOWN = 200  # records of one change set to choose from


class ShownRecord(NamedTuple):
    """A record that a preview can show, by its kind and permanent reference, and what it is called."""

    kind: str
    reference: str
    title: str


class Preview(NamedTuple):
    """What there is to show: the address of the public page, and what of the change set it does not show.

    Without an address there is nothing to show: the record is gone, or cannot be added.
    """

    address: str
    problems: list[Problem]


def shown_records(change_set: ChangeSet) -> list[ShownRecord]:
    """Return the records that a preview of a change set can show: its root, then what it adds and changes.

    Records of some kinds stand on no page.
    """
    root = ShownRecord(change_set.root_kind, change_set.root_reference, change_set.title)
    changes = change_set.changes.exclude(Q(action=Action.REMOVE) | Q(reference=root.reference))
    shown = [ShownRecord(change.kind, change.reference, change.title) for change in changes[:MAX_SHOWN]]
    return [record for record in [root, *shown] if has_public_page(record.kind)]


def has_public_page(kind: str) -> bool:
    """True if the records of a kind stand on a page, their own or another."""
    model: Any = models_with_label().get(kind)
    return bool(model and (getattr(model, "page", None) or model.shown_on))


@contextmanager
def shown_for_now(shown: ShownRecord, change_set: ChangeSet | None = None) -> Iterator[Preview]:
    """Apply a change set as far as it can be, let the record be public, yield the preview, and take all back."""
    with taken_back():
        problems = apply_with_needed(change_set) if change_set else []
        model = models_with_label().get(shown.kind)
        record: Any = model and model._base_manager.filter(reference=shown.reference).first()
        if record and not (change_set and withdraws(change_set, root_of(record))):
            publish_for_now(root_of(record))
        yield Preview(record.permanent_address().partition("#")[0] if record else "", problems)


def publish_for_now(root: Record) -> None:
    """Make a root record public in the eyes of the database, whatever its obstacles and the time of its publication."""
    if isinstance(root, Publishable):
        hidden = type(root)._base_manager.filter(pk=root.pk).exclude(public())
        hidden.update(status=Status.PUBLISHED, published_at=Least(Coalesce("published_at", Now()), Now()))


def withdraws(change_set: ChangeSet, root: Record) -> bool:
    """True if a change set withdraws a record: the public would see that it did."""
    changes = change_set.changes.filter(reference=root.reference)
    return any(change.cells.get(STATUS, ("", ""))[1] == Status.WITHDRAWN for change in changes)
