"""Deleted records: found in the event tables, and restored with their parts and their links."""

from collections.abc import Iterable, Iterator
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _

from pkportal.content.models import Publishable, Record, Status
from pkportal.content.registry import models_with
from pkportal.content.roots import root_of
from pkportal.exchange.widgets import SEPARATOR, split_values

from .applying import NotApplicable, apply_each
from .cells import cell_of, draft_columns
from .drafts import Edit, is_protected, save_draft
from .models import Action, Change, ChangeSet, Origin
from .passages import Passages, event_tables
from .past import DELETED, LinkedRecords, event_model, link_columns, link_event_models, reference_column
from .restoring import MOST_RESTORED, edits_back


def deletions(model: Any) -> QuerySet:
    """Return the events that deleted the records of a kind which are gone, the last of them first."""
    events, reference = event_model(model), reference_column(model)
    same = {reference: OuterRef(reference)}
    live = Exists(model._base_manager.filter(**same))
    later = Exists(events.objects.filter(**same, pgh_id__gt=OuterRef("pgh_id")))
    gone = events.objects.filter(pgh_label=DELETED).exclude(**{f"{reference}__isnull": True})
    return gone.filter(~live, ~later).order_by("-pgh_created_at", "-pgh_id")


def deleted_with(model: Any, event: Any, limit: int) -> Passages:
    """Read what one deletion took with it: the record, its parts and its links."""
    tables = event_tables(model, event.pgh_obj_id)
    at = event.pgh_created_at
    return Passages(tables, by_transaction=False, limit=limit).read(at, at, is_inside=True)


def edits_to_restore(model: Any, event: Any) -> list[Edit]:
    """Return the edits that add a deleted record again, with the parts that were deleted with it."""
    passages = deleted_with(model, event, MOST_RESTORED)
    if any(passages.left_out.values()):
        raise ValidationError(_("More than %d records were deleted with it: restore a backup.") % MOST_RESTORED)
    gone = [passage for _group, passage in passages.by_group() if passage.action == Action.REMOVE]
    return [*edits_back(gone, passages.known())]


def record_deleted(model: Any, event: Any) -> Any:
    """Return a deleted record as it was, but not public."""
    record = LinkedRecords(model, [event]).record(model, event)
    if isinstance(record, Publishable) and record.status == Status.PUBLISHED:
        record.status = Status.DRAFT
    return record


def restore_deleted(model: Any, event: Any, user: User) -> list[ChangeSet]:
    """Restore a deleted record: at once where the public sees nothing of it, else in a draft; return the drafts.

    Raises ``ValidationError`` where the record it is part of is deleted too, ``NotApplicable`` with the reasons,
    ``PermissionDenied`` for the draft of somebody else.
    """
    record = record_deleted(model, event)
    root = root_of(record)
    if root.reference != record.reference and not type(root)._base_manager.filter(pk=root.pk).exists():
        raise ValidationError(_("It was part of “%(root)s”, which was deleted: restore that first.") % {"root": root})
    edits = edits_to_restore(model, event)
    with transaction.atomic(), pghistory.context(act="restore"):
        if is_protected(record):
            draft = save_draft(root, edits, user, Origin.RESTORE)
            return [*([draft] if draft else ()), *link_again(model, event, record, user)]
        if problems := apply_each(map(change_of_edit, edits)):
            raise NotApplicable(problems)
        restored = model._base_manager.get(reference=record.reference)
        return [*link_again(model, event, restored, user)]


def change_of_edit(edit: Edit) -> Change:
    """Return an edit as a change that is not stored."""
    cells = {name: [*cells] for name, cells in edit.cells.items()}
    kind = edit.model._meta.label_lower
    return Change(kind=kind, reference=edit.reference, action=edit.action, title=edit.title, cells=cells)


def link_again(model: Any, event: Any, restored: Model, user: User) -> Iterator[ChangeSet]:
    """Link to a restored record what linked to it; yield the drafts of those records that are not edited directly.

    What links to a record that waits to be added again waits too.
    """
    waits = not model._base_manager.filter(pk=restored.pk).exists()
    for owner, name in linked_before(model, event):
        column = draft_columns(owner._meta.model)[name]
        if not (waits or is_protected(owner)):
            getattr(owner, name).add(restored)
            continue
        live = cell_of(owner, column)
        cells = {name: (live, SEPARATOR.join(sorted([*split_values(live), column.widget.render([restored])])))}
        edit = Edit(type(owner), owner.reference, Action.CHANGE, str(owner), cells)
        if draft := save_draft(root_of(owner), [edit], user, Origin.RESTORE):
            yield draft


def linked_before(model: Any, event: Any) -> Iterable[tuple[Any, str]]:
    """Yield the records that linked to a record when it was deleted, with the field."""
    owner_model: Any
    for owner_model in models_with(Record):
        for name, events in link_event_models(owner_model).items():
            if owner_model._meta.get_field(name).related_model is not model or name not in draft_columns(owner_model):
                continue
            own, other = link_columns(owner_model, name)
            links = events.objects.filter(
                **{other: event.pgh_obj_id}, pgh_label=DELETED, pgh_created_at=event.pgh_created_at
            )
            for owner in owner_model._base_manager.filter(pk__in=links.values(own)):
                yield owner, name
