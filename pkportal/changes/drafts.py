"""Drafts: the open change set of a root record, which each save in a form makes or extends."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from pkportal.content.models import Publishable, Record, Status
from pkportal.content.roots import root_of

from .cells import cells_of
from .models import OPEN, Act, Action, Change, ChangeSet, Origin, ReviewState
from .publishing_runs import working_run

ADD_CHANGES = """
INSERT INTO changes_change (change_set_id, kind, reference, action, title, cells, author_id, saved_at)
SELECT change_set_id, kind, reference, action, title, cells, author_id, saved_at FROM jsonb_to_recordset(%s) AS c (
    change_set_id bigint, kind text, reference text, action text, title text, cells jsonb, author_id integer,
    saved_at timestamptz
)
"""
EDIT_OTHERS = "changes.edit_others"
CODE_CHANGE = " → "  # between the code that a record was to have, and the one that it is to have instead


class Edit(NamedTuple):
    """What one save does to one record: its cells as ``{"summary": ("is on record", "is to be")}``.

    A cell that is to be what it was on record again is no change any more.
    """

    model: type[Record]
    reference: str
    action: Any
    title: str
    cells: Mapping[str, tuple[str, str]]


def removal(record: Any) -> Edit:
    """Return the edit that removes a record, with all of its cells, so that it can be undone."""
    cells = {name: (cell, "") for name, cell in cells_of(record).items()}
    return Edit(type(record), record.reference, Action.REMOVE, str(record), cells)


def open_draft(record: Record) -> ChangeSet | None:
    """Return the open change set of the root of a record, if there is one."""
    root = root_of(record)
    return ChangeSet.objects.open().of_root(root).select_related("opened_by").first() if root.pk else None


def is_protected(record: Record) -> bool:
    """True if a change to a record must wait: the public sees its root, or will, or somebody reviews it."""
    root = root_of(record)
    if isinstance(root, Publishable) and root.status != Status.PUBLISHED:
        return open_draft(root) is not None
    return True


def may_edit(user: User, change_set: ChangeSet | None) -> bool:
    """True if an account may change an open set: its own, or any with the permission to edit those of others."""
    if change_set is None:
        return True
    return change_set.opened_by_id == user.pk or user.has_perm(EDIT_OTHERS)


def may_write(user: User, record: Record) -> bool:
    """True if an account may edit a record that no draft protects: one that it began, or with the permission any."""
    return user.has_perm(EDIT_OTHERS) or was_begun_by(user, root_of(record))


def was_begun_by(user: User, root: Record) -> bool:
    """True if an account added a record, as its history says."""
    if root.pk is None:
        return True
    return root.history.filter(pgh_label="insert", pgh_context__metadata__user=user.pk).exists()


def save_draft(
    root: Record, edits: Iterable[Edit], author: User, origin: Any = Origin.FORM, *, is_first: bool = False
) -> ChangeSet | None:
    """Lay what an author edited over the open draft of a root record, or begin one; None if nothing is left of it.

    Whatever was approved must be approved again. With ``is_first`` there was no draft a moment ago, and none is looked
    for unless there is one now. Raises ``PermissionDenied`` for the draft of somebody else.
    """
    edits = [*edits]
    try:
        return (begin_draft if is_first else lay_over_draft)(root, edits, author, origin)
    except IntegrityError:  # somebody has begun a draft at the same moment
        return lay_over_draft(root, edits, author, origin)


def lay_over_draft(root: Record, edits: list[Edit], author: User, origin: Any) -> ChangeSet | None:
    """Lay edits over the draft there is, or over a new one, which another at the same moment makes impossible."""
    with transaction.atomic():
        refuse_edits_during_run(ChangeSet.objects.open().of_root(root))
        change_set = ChangeSet.objects.select_for_update().open().of_root(root).first()
        if not may_edit(author, change_set):
            words = {"who": change_set.opened_by, "number": change_set.number}
            raise PermissionDenied(_("%(who)s has begun a draft of this record: %(number)s.") % words)
        if change_set is None:
            return begin_draft(root, edits, author, origin)
        if extend(change_set, edits, author) and not change_set.changes.exists():
            give_up(change_set, author, _("Nothing was left to change."))
            return None
        return change_set


def refuse_edits_during_run(change_sets: models.QuerySet[ChangeSet]) -> None:
    """Raise ``PermissionDenied`` if a process publishes any of some change sets now."""
    if run := working_run(change_sets):
        raise PermissionDenied(run.message)


def extend_draft(change_set: ChangeSet, edits: Iterable[Edit], author: User) -> ChangeSet:
    """Add edits to a set that has no root record yet: of a file, or of a record that is new itself.

    Raises ``PermissionDenied`` if it is closed meanwhile, or somebody else's.
    """
    with transaction.atomic():
        refuse_edits_during_run(ChangeSet.objects.filter(pk=change_set.pk))
        locked = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
        if not locked.is_open or not may_edit(author, locked):
            raise PermissionDenied
        extend(locked, edits, author)
        return locked


@transaction.atomic
def begin_draft(root: Record, edits: list[Edit], author: User, origin: Any) -> ChangeSet | None:
    """Make a draft of a root record from what an author edited; None if that is nothing."""
    if not any(edit.cells for edit in edits):
        return None
    change_set = ChangeSet.objects.create(
        root_kind=root._meta.label_lower,
        root_reference=root.reference,
        title=str(root)[:300],
        origin=origin,
        opened_by=author,
        writers=[author.pk],
    )
    lay_all(change_set, {}, edits, author)
    note_act(change_set, Act.SAVED, author)
    return change_set


def extend(change_set: ChangeSet, edits: Iterable[Edit], author: User) -> bool:
    """Add edits to an open change set. True if any of them changed it."""
    changes = {change.reference: change for change in change_set.changes.all()}
    is_changed = lay_all(change_set, changes, edits, author)
    if is_changed:
        note_saved(change_set, author)
    return is_changed


def lay_all(change_set: ChangeSet, changes: Mapping[str, Change], edits: Iterable[Edit], author: User) -> bool:
    """Lay edits over the changes of a set, given by reference, and store what became of them. True if anything did."""
    added: list[Change] = []
    changed: list[Change] = []
    emptied: list[Change] = []
    for edit in edits:
        known = changes.get(edit.reference)
        change = known or Change(
            change_set=change_set, kind=edit.model._meta.label_lower, reference=edit.reference, action=edit.action
        )
        before = (change.action, dict(change.cells))
        lay(change, edit)
        if known and (change.action, change.cells) == before:
            continue
        if known and change.action == Action.ADD:
            note_code_change(change, before[1], author)
        if not change.cells and change.action == Action.CHANGE:
            emptied += [change] if known else []
            continue
        change.title, change.author, change.saved_at = edit.title[:300], author, timezone.now()
        (changed if known else added).append(change)
    if emptied:
        Change.objects.filter(pk__in=[change.pk for change in emptied]).delete()
    add_changes(added)
    Change.objects.bulk_update(changed, ["action", "title", "cells", "author", "saved_at"])
    return bool(added or changed or emptied)


def add_changes(added: Iterable[Change]) -> None:
    """Store new changes in one statement with one parameter: in arrays of texts, each quotation mark takes time."""
    names = ["change_set_id", "kind", "reference", "action", "title", "cells", "author_id", "saved_at"]
    rows = [{name: getattr(change, name) for name in names} for change in added]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(ADD_CHANGES, [json.dumps(rows, cls=DjangoJSONEncoder)])


def lay(change: Change, edit: Edit) -> None:
    """Lay one edit over a change: what was on record first stays the old cell."""
    if edit.action == Action.REMOVE:
        change.cells = {name: [was, ""] for name, (was, _new) in edit.cells.items()}
        change.action = Action.REMOVE
        return
    if change.action == Action.REMOVE:  # it is kept after all
        change.action, change.cells = edit.action, {}
    for name, (live, new) in edit.cells.items():
        was = change.cells.get(name, [live])[0]
        if new == was and change.action == Action.CHANGE:
            change.cells.pop(name, None)
        else:
            change.cells[name] = [was, new]


def drop(change_set: ChangeSet, references: Iterable[str], author: User) -> None:
    """Leave records out of an open change set: a row that was to be added, or one that is kept as it is."""
    dropped = change_set.changes.filter(reference__in=[*references])
    for change in dropped.filter(action=Action.ADD):
        if change.code:
            note_act(change_set, Act.LEFT_OUT, author, change.code, change.reference, change.code_column)
    if dropped.delete()[0]:
        note_saved(change_set, author)


def note_code_change(change: Change, before: Mapping[str, Any], author: User) -> None:
    """Write down which code a record was to have before, as other drafts may name it by that."""
    column = change.code_column
    was, now = before.get(column, ["", ""])[1], change.code
    if was and was != now:
        note_act(change.change_set, Act.RECODED, author, f"{was}{CODE_CHANGE}{now}", change.reference, column)


def note_saved(change_set: ChangeSet, author: User) -> None:
    """Count an author among the writers; whatever was approved must be approved again."""
    if author.pk not in change_set.writers:
        change_set.writers = [*change_set.writers, author.pk]
    if change_set.state != ReviewState.DRAFT:
        note_act(change_set, Act.REOPENED, author, _("It was changed, so it is to be reviewed again."))
    change_set.state, change_set.saved_at = ReviewState.DRAFT, timezone.now()
    change_set.approved_by = change_set.publish_at = None
    change_set.save()
    last = change_set.log.last()
    if last is None or last.act != Act.SAVED or last.by_id != author.pk:
        note_act(change_set, Act.SAVED, author)
    else:
        change_set.log.filter(pk=last.pk).update(at=Now())


def give_up(change_set: ChangeSet, user: User, reason: str) -> None:
    """Give up an open change set; it stays on record."""
    if change_set.state not in OPEN:
        return
    change_set.state = ReviewState.DISCARDED
    change_set.save(update_fields=["state"])
    note_act(change_set, Act.DISCARDED, user, reason)


def note_act(
    change_set: ChangeSet, act: Any, user: User | None, text: str = "", reference: str = "", column: str = ""
) -> None:
    """Write down what an account did with a change set; None is the portal itself."""
    name = user.get_username() if user else ""
    change_set.log.create(act=act, by=user, by_name=name, text=text, reference=reference, column=column)


def next_reference(model: type[models.Model]) -> str:
    """Take the next permanent reference of a kind, for a record that is still to be added."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pk_next_reference(%s, %s)", [model.reference_prefix, model.reference_digits])
        return cursor.fetchone()[0]
