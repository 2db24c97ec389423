"""Review of change sets: each act in one order: may I, what stands in its way, do it, write it down."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pkportal.content.history import own_context
from pkportal.content.models import Publishable, Status
from pkportal.content.registry import models_with_label
from pkportal.exchange.progress import Report, no_report

from .applying import apply
from .drafts import give_up, may_edit, note_act
from .imported_files import ImportedFile
from .models import OPEN, Act, ChangeSet, ReviewState
from .publishing_runs import refuse_during_run
from .staged_sets import (
    apply_staged,
    discard_staged,
    note_undone,
    published_as_stage,
    staged_import,
    undo_staged,
)
from .waiting import sets_waited_for
from .writers import writers_of

PUBLISH = "changes.publish_changeset"


def may_publish(user: User, change_set: ChangeSet) -> bool:
    """True if an account has the right to publish all records of a set, whoever wrote it."""
    kinds = {change_set.root_kind} if change_set.root_kind else {*change_set.changes.values_list("kind", flat=True)}
    kinds |= {
        *ImportedFile.objects.filter(change_set__in=[change_set.pk, change_set.undoes_id]).values_list(
            "kind", flat=True
        )
    }
    models = [models_with_label()[kind] for kind in kinds if kind in models_with_label()]
    return user.has_perm(PUBLISH) and all(
        user.has_perm(f"{model._meta.app_label}.{get_permission_codename('publish', model._meta)}")
        for model in models
        if issubclass(model, Publishable)
    )


def may_approve(user: User, change_set: ChangeSet) -> bool:
    """True if an account may publish the set and wrote nothing of it."""
    return user.pk not in change_set.writers and may_publish(user, change_set)


def needs_second_reader() -> bool:
    """True if nobody may publish their own work, whatever the reason."""
    return settings.REVIEW == "required"


def may_publish_alone(user: User, change_set: ChangeSet) -> bool:
    """True if an account may publish a set now, of its own work with a reason."""
    return may_publish(user, change_set) and not (is_own_work(user, change_set) and needs_second_reader())


def is_own_work(user: User, change_set: ChangeSet) -> bool:
    """True if an account wrote any of a set that nobody else has approved."""
    return user.pk in change_set.writers and change_set.approved_by_id is None


def submit(
    change_set: ChangeSet, user: User, note: str, assigned_to: User | None = None, due: datetime.date | None = None
) -> None:
    """Send a draft to review, with a note to the reviewer. Raises ``ValidationError`` for what is no draft."""
    with transaction.atomic():
        locked = lock(change_set, ReviewState.DRAFT)
        if not may_edit(user, locked):
            raise PermissionDenied
        if assigned_to and not may_approve(assigned_to, locked):
            raise ValidationError(_("%(who)s cannot approve this: choose somebody else.") % {"who": assigned_to})
        locked.state, locked.submitted_at = ReviewState.IN_REVIEW, timezone.now()
        locked.assigned_to, locked.due = assigned_to, due
        locked.save()
        note_act(locked, Act.SUBMITTED, user, note)


def assign(change_set: ChangeSet, user: User, assigned_to: User | None, due: datetime.date | None) -> None:
    """Say who is to read what is in review, and until when."""
    with transaction.atomic():
        locked = lock(change_set, ReviewState.IN_REVIEW)
        if not may_edit(user, locked) and not may_publish(user, locked):
            raise PermissionDenied
        if assigned_to and not may_approve(assigned_to, locked):
            raise ValidationError(_("%(who)s cannot approve this: choose somebody else.") % {"who": assigned_to})
        locked.assigned_to, locked.due = assigned_to, due
        locked.save(update_fields=["assigned_to", "due"])
        note_act(locked, Act.ASSIGNED, user, assigned_to.get_username() if assigned_to else "")


def schedule(change_set: ChangeSet, user: User, publish_at: datetime.datetime | None) -> None:
    """Say when what is approved is published by itself; without a time, somebody publishes it."""
    with transaction.atomic():
        locked = lock(change_set, ReviewState.APPROVED)
        if not may_publish(user, locked):
            raise PermissionDenied
        locked.publish_at = publish_at
        locked.save(update_fields=["publish_at"])
        note_act(locked, Act.SCHEDULED, user, f"{publish_at:%Y-%m-%d %H:%M} UTC" if publish_at else "")


def ask_for_changes(change_set: ChangeSet, user: User, reason: str) -> None:
    """Return a set to its writers with a reason. Raises ``ValidationError`` without one."""
    if not reason.strip():
        raise ValidationError(_("Say what must be changed."))
    with transaction.atomic():
        locked = lock(change_set, ReviewState.IN_REVIEW, ReviewState.APPROVED)
        if not may_publish(user, locked):
            raise PermissionDenied
        locked.state, locked.approved_by, locked.publish_at = ReviewState.DRAFT, None, None
        locked.save()
        note_act(locked, Act.RETURNED, user, reason)


def approve(change_set: ChangeSet, user: User, note: str = "", publish_at: datetime.datetime | None = None) -> None:
    """Approve what is in review, by somebody who wrote nothing of it; at ``publish_at`` it is published by itself."""
    refuse_during_run(change_set)
    approve_in_run(change_set, user, note, publish_at)


def approve_in_run(change_set: ChangeSet, user: User, note: str, publish_at: datetime.datetime | None = None) -> None:
    """Do as ``approve`` in the process that publishes a set, too."""
    with transaction.atomic():
        locked = lock_during_run(change_set, ReviewState.IN_REVIEW)
        check_approver(locked, user)
        locked.state, locked.approved_by, locked.publish_at = ReviewState.APPROVED, user, publish_at
        locked.save()
        note_act(locked, Act.APPROVED, user, note)
        if publish_at:
            note_act(locked, Act.SCHEDULED, user, f"{publish_at:%Y-%m-%d %H:%M} UTC")


def check_approver(locked: ChangeSet, user: User) -> None:
    """Refuse to approve a set by an account that may not, once all its writers are known."""
    count_writers(locked)
    if not may_approve(user, locked):
        raise PermissionDenied(_("Nobody approves what they wrote."))


def note_for_readers(change_set: ChangeSet, user: User, is_major: bool, public_note: str) -> None:
    """Say to readers what changes. Raises ``ValidationError`` for a major change without a sentence.

    What was approved with a set is not for its writers to change: readers see it without a second reader otherwise.
    """
    if is_major and not public_note.strip():
        raise ValidationError(_("A major change says in a sentence what changed."))
    with transaction.atomic():
        locked = lock(change_set, *OPEN)
        if not may_edit(user, locked) and not may_publish(user, locked):
            raise PermissionDenied
        told = is_major, public_note.strip()
        is_changed = told != (locked.is_major, locked.public_note)
        if is_changed and locked.state == ReviewState.APPROVED and user.pk in locked.writers:
            raise ValidationError(_("What readers are told was approved too: to change it, make it a draft again."))
        locked.is_major, locked.public_note = told
        locked.save(update_fields=["is_major", "public_note"])


def publish(change_set: ChangeSet, user: User | None, reason: str = "", only_rest: bool = False) -> None:
    """Apply a change set to the record, so that the public sees it.

    Of the undo of a large file, ``only_rest`` leaves records as they are that changed since.
    Without an account the portal itself publishes what is approved and due. Raises ``PermissionDenied``,
    ``ValidationError`` or, with all reasons, ``NotApplicable``.
    """
    refuse_during_run(change_set)
    publish_in_run(change_set, user, reason, only_rest, no_report)


def publish_in_run(change_set: ChangeSet, user: User | None, reason: str, only_rest: bool, report: Report) -> None:
    """Do as ``publish`` in the process that publishes a set, and report how far it has come."""
    with transaction.atomic():
        locked = lock_during_run(change_set, *OPEN)
        check_publisher(locked, user, reason)
        carry_out(locked, user, reason, only_rest, report)
    change_set.refresh_from_db()


def publish_needed(change_set: ChangeSet, user: User | None, reason: str = "") -> None:
    """Publish what a set waits for, in order, as ``publish`` does, inside the transaction that publishes it."""
    for needed in sets_waited_for(change_set):
        publish(needed, user, reason)


def check_publisher(locked: ChangeSet, user: User | None, reason: str) -> None:
    """Refuse to publish a set by an account that may not, once all its writers are known."""
    count_writers(locked)
    check_second_reader(locked, user, reason)


def count_writers(locked: ChangeSet) -> None:
    """Count among the writers of a set that publishes a record whoever wrote the record before, to the last moment."""
    root = locked.root
    if isinstance(root, Publishable) and root.status != Status.PUBLISHED:
        locked.writers = [*dict.fromkeys([*locked.writers, *writers_of(root)])]


def carry_out(
    locked: ChangeSet, user: User | None, reason: str, only_rest: bool = False, report: Report = no_report
) -> None:
    """Apply a change set whose publication is allowed, and write down who published it."""
    publisher = user or locked.approved_by
    with own_context(
        act="publish",
        change_set=locked.number,
        publisher=publisher.pk if publisher else None,
        writers=locked.writers,
        reason=reason or locked.public_note,
    ):
        if staged := staged_import(locked):
            apply_staged(staged, report)
        elif taken_back := published_as_stage(locked.undoes):
            undo_staged(taken_back, only_rest, report)
        else:
            apply(locked, report)
            note_undone(locked.undoes)
    locked.state, locked.published_at, locked.published_by = ReviewState.PUBLISHED, timezone.now(), publisher
    if publisher and is_own_work(publisher, locked):
        locked.own_work_reason = reason.strip()
    locked.validate_constraints()
    locked.save()
    note_act(locked, Act.PUBLISHED, user, reason)


def check_second_reader(change_set: ChangeSet, user: User | None, reason: str) -> None:
    """Refuse to publish what nobody but its writers has read, unless ``REVIEW`` and a reason allow it."""
    if user is None:
        if change_set.state != ReviewState.APPROVED:
            raise ValidationError(_("Only what is approved is published by itself."))
        return
    if not may_publish(user, change_set):
        raise PermissionDenied
    if is_own_work(user, change_set):
        if needs_second_reader():
            raise PermissionDenied(_("You wrote some of this, so somebody else must approve it."))
        if not reason.strip():
            raise ValidationError(_("Say why you publish your own work without a second reader."))


def mark_read(change_set: ChangeSet, user: User, note: str = "") -> None:
    """Say that a second person has read what its writer published alone."""
    with transaction.atomic():
        locked = lock(change_set, ReviewState.PUBLISHED)
        if not may_approve(user, locked):
            raise PermissionDenied(_("The second reader is somebody else than the writer."))
        locked.read_by = user
        locked.save(update_fields=["read_by"])
        note_act(locked, Act.READ, user, note)


def discard(change_set: ChangeSet, user: User, reason: str = "") -> None:
    """Give up an open change set."""
    with transaction.atomic():
        locked = lock(change_set, *OPEN)
        if not may_edit(user, locked) and not may_publish(user, locked):
            raise PermissionDenied
        give_up(locked, user, reason)
        discard_staged(locked)


def comment(change_set: ChangeSet, user: User, text: str, reference: str = "", column: str = "") -> None:
    """Say something about a set, or about one cell of it. Raises ``ValidationError`` for an empty comment."""
    if not text.strip():
        raise ValidationError(_("Write what you want to say."))
    note_act(change_set, Act.COMMENTED, user, text, reference, column)


def lock(change_set: ChangeSet, *states: Any) -> ChangeSet:
    """Return the change set as it is now, locked.

    Raises ``ValidationError`` if it is in none of the states, or a process publishes it just now.
    """
    refuse_during_run(change_set)
    return lock_during_run(change_set, *states)


def lock_during_run(change_set: ChangeSet, *states: Any) -> ChangeSet:
    """Lock a change set whatever a process does with it; comments are taken meanwhile."""
    locked = ChangeSet.objects.select_for_update(no_key=True).get(pk=change_set.pk)
    if locked.state not in states:
        words = {"number": locked.number, "state": locked.get_state_display()}
        raise ValidationError(_("%(number)s is %(state)s meanwhile.") % words)
    return locked
