"""Restore what was: an earlier state of a record, what a change set changed, or a record that was deleted."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.content.models import Publishable, Record, Status
from pkportal.content.registry import models_with_label
from pkportal.content.roots import root_of
from pkportal.exchange.resource import PUBLICATION_COLUMNS

from .applying_model import NO_REASON
from .cells import MOVED_TO, PUBLISHED_AT, STATUS, WITHDRAWAL_REASON
from .comparing import RecordDifference, in_words
from .drafts import Edit, extend, note_saved, save_draft
from .effects import PUBLISHES
from .models import Action, Change, ChangeSet, Origin, ReviewState
from .passages import Passage, Passages, passages_between
from .past import LinkedRecords, last_event, links_at, record_of_event
from .review import may_publish
from .staged_sets import published_as_stage

NOTHING_TO_UNDO = gettext_lazy("It changed nothing but what is public: publish or withdraw the record instead.")
SHOWN = 500  # changes of one kind that a page shows
MOST_RESTORED = 20_000  # changes of one kind that are taken back at once


def differences_between(passages: Passages) -> list[RecordDifference]:
    """Return what differs between two points in words."""
    known = passages.known()
    records = [passage.cells(known) for _group, passage in passages.by_group()]
    return in_words(record for record in records if record.cells or record.action != Action.CHANGE)


def restore(
    record: Record, then: datetime.datetime, references: Collection[str] | None, user: User
) -> ChangeSet | None:
    """Draft an earlier state of a record: of its parts and links those that are named, or all. None if nothing differs.

    Raises ``PermissionDenied`` for the draft of somebody else, ``ValidationError`` where too much changed since.
    """
    passages = passages_between(type(record), record.pk, then, None, MOST_RESTORED)
    if any(passages.left_out.values()):
        text = _("More than %d records changed since: restore a later state, or undo the change sets one by one.")
        raise ValidationError(text % MOST_RESTORED)
    found = [passage for _group, passage in passages.by_group()]
    chosen = [passage for passage in found if references is None or passage.reference in references]
    edits = [*edits_back(chosen, passages.known())]
    return save_draft(root_of(record), edits, user, Origin.RESTORE) if edits else None


def edits_back(passages: Iterable[Passage], known: LinkedRecords) -> Iterator[Edit]:
    """Yield the edits that lead from the state after to the state before."""
    for passage in passages:
        now, then = now_and_then(passage, known)
        names = [name for name in {**now, **then} if is_content(passage.model, name)]
        cells = {name: (now.get(name, ""), then.get(name, "")) for name in names}
        if passage.action == Action.CHANGE:
            cells = {name: (now, then) for name, (now, then) in cells.items() if now != then}
        action = {Action.ADD: Action.REMOVE, Action.REMOVE: Action.ADD}.get(passage.action, Action.CHANGE)
        if cells:
            title = known.title(passage.model, passage.state)
            yield Edit(passage.model, passage.reference, action, title, cells)


def is_content(model: Any, name: str) -> bool:
    """True for a column of a record, False for one that says whether it is public: that is not restored."""
    return name not in PUBLICATION_COLUMNS or not issubclass(model, Publishable)


def now_and_then(passage: Passage, known: LinkedRecords) -> tuple[dict[str, str], dict[str, str]]:
    """Return the cells after and before, with all links of those fields that differ."""
    model = passage.model
    now, then = (known.cells(model, state) if state else {} for state in (passage.after, passage.before))
    differing = {*passage.removed, *passage.added}
    if not differing:
        return now, then
    links = {name: pks for name, pks in links_at(model, passage.pk).items() if name in differing}
    links_then = {name: pks - passage.added[name] | passage.removed[name] for name, pks in links.items()}
    linked = LinkedRecords(model, [], {name: links[name] | links_then[name] for name in links})
    return now | linked.link_cells(model, links), then | linked.link_cells(model, links_then)


def may_undo(user: User, change_set: ChangeSet) -> bool:
    """True if an account may draft changes of the root record; of a file, if it may publish all of its kinds."""
    model = models_with_label().get(change_set.root_kind)
    if model is None:
        return may_publish(user, change_set)
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}")


def undo(change_set: ChangeSet, user: User, reason: str = "") -> ChangeSet:
    """Draft the reverse of a published change set. What others changed since shows as clashes.

    What it published is withdrawn, for a reason that readers see; what it withdrew is published again. Raises
    ``PermissionDenied`` for the draft of somebody else, ``ValidationError`` without a reason and for what was not
    published.
    """
    if not may_undo(user, change_set):
        raise PermissionDenied
    if change_set.state != ReviewState.PUBLISHED:
        raise ValidationError(_("Only what was published can be undone."))
    if change_set.changes.filter(PUBLISHES).exists() and not reason.strip():
        raise ValidationError(NO_REASON)
    edits = [reversed_edit(change, reason.strip()) for change in change_set.changes.all() if change.model]
    with transaction.atomic():
        draft = undo_draft(change_set, edits, user)
        if draft is None:
            raise ValidationError(NOTHING_TO_UNDO)
        return draft


def undo_draft(change_set: ChangeSet, edits: list[Edit], user: User) -> ChangeSet | None:
    """Save the reverse edits: in the draft of the root record, or of what had none in a set of its own.

    Such a set is begun once: who undoes the same meanwhile is led to it.
    """
    if change_set.root_reference:
        return save_draft(root_to_undo(change_set), edits, user, Origin.UNDO)
    ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if begun := ChangeSet.objects.open().filter(undoes=change_set).first():
        return begun
    draft = ChangeSet.objects.create(title=change_set.title, origin=Origin.UNDO, opened_by=user, undoes=change_set)
    if not edits and published_as_stage(change_set):  # the history of the records says what it did
        note_saved(draft, user)
    elif not extend(draft, edits, user):
        raise ValidationError(NOTHING_TO_UNDO)
    return draft


def root_to_undo(change_set: ChangeSet) -> Any:
    """Return the root record, or as it was last if the change set removed it."""
    model = models_with_label()[change_set.root_kind]
    return change_set.root or record_of_event(model, last_event(model, change_set.root_reference))


def reversed_edit(change: Change, reason: str) -> Edit:
    """Return the edit that undoes one change."""
    action = {Action.ADD: Action.REMOVE, Action.REMOVE: Action.ADD}.get(change.action, change.action)
    kept = {name: cells for name, cells in change.cells.items() if is_content(change.model, name)}
    cells = {name: (new, was) for name, (was, new) in kept.items()}
    if action == Action.CHANGE and issubclass(change.model, Publishable):
        cells |= reversed_status(change.cells, reason)
    return Edit(change.model, change.reference, action, change.title, cells)


def reversed_status(cells: Mapping[str, Any], reason: str) -> dict[str, tuple[str, str]]:
    """Return the cells that withdraw what a change published, or publish what it withdrew."""
    was, now = cells.get(STATUS, ("", Status.PUBLISHED if PUBLISHED_AT in cells else ""))
    told = {name: (cells[name][1], cells[name][0]) for name in (WITHDRAWAL_REASON, MOVED_TO) if name in cells}
    if now == Status.PUBLISHED:
        return {**told, STATUS: (Status.PUBLISHED, Status.WITHDRAWN), WITHDRAWAL_REASON: ("", reason)}
    if (was, now) == (Status.PUBLISHED, Status.WITHDRAWN):
        return {**told, STATUS: (Status.WITHDRAWN, Status.PUBLISHED)}
    return {}
