"""Publication and withdrawal of a record as change sets, so that both are reviewed like any other change."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pkportal.content.locks import begin_writing
from pkportal.content.models import Publishable, Status

from .applying_model import NO_REASON
from .cells import MOVED_TO, PUBLISHED_AT, STATUS, WITHDRAWAL_REASON, cells_of, draft_columns
from .drafts import EDIT_OTHERS, note_act, refuse_edits_during_run
from .models import Act, Action, Change, ChangeSet, ReviewState
from .review import carry_out, may_publish, needs_second_reader
from .writers import writers_of

Cells = dict[str, tuple[str, Any]]


def propose_publication(record: Publishable, user: User) -> ChangeSet:
    """Return the open change set that publishes a record, begun if there is none.

    Its writers are those who wrote the record; who only proposes to publish it is not one of them.
    """
    with transaction.atomic():
        record = lock_record(record)
        return propose(record, user, publication_cells(record), writers_of(record))


def propose_withdrawal(record: Publishable, user: User, reason: str, moved_to: str = "") -> ChangeSet:
    """Return the open change set that withdraws a record. Raises ``ValidationError`` without a reason."""
    return propose(record, user, withdrawal_cells(record, reason, moved_to), [user.pk])


def withdraw_at_once(record: Publishable, user: User, reason: str, moved_to: str = "") -> ChangeSet:
    """Withdraw a record now, by somebody who may publish; a draft of it that is open stays.

    Where ``REVIEW`` asks for a second reader, ``PermissionDenied`` is raised.
    """
    cells = withdrawal_cells(record, reason, moved_to)
    with transaction.atomic():
        change_set = begin(lock_record(record), user, ReviewState.PUBLISHED, [user.pk])
        if needs_second_reader() or not may_publish(user, change_set):
            raise PermissionDenied(_("Somebody else must approve this."))
        lay_cells(change_set, record, user, cells)
        carry_out(change_set, user, reason)
    return change_set


def publication_cells(record: Publishable) -> Cells:
    """Return the cells that make a record public: of one dated to come, the date is what keeps it hidden."""
    if record.status == Status.PUBLISHED:
        model: Any = type(record)
        column = draft_columns(model)[PUBLISHED_AT]
        return {PUBLISHED_AT: (cells_of(record, [PUBLISHED_AT])[PUBLISHED_AT], column.widget.render(timezone.now()))}
    told = cells_of(record, [WITHDRAWAL_REASON, MOVED_TO])
    cleared = {name: (was, "") for name, was in told.items() if was}
    return {STATUS: (record.status, Status.PUBLISHED), **cleared}


def withdrawal_cells(record: Publishable, reason: str, moved_to: str) -> Cells:
    """Return the cells that withdraw a record, or that give another reason. Raises ``ValidationError`` without one."""
    if not reason.strip():
        raise ValidationError(NO_REASON)
    was = cells_of(record, [STATUS, WITHDRAWAL_REASON, MOVED_TO])
    new = {STATUS: Status.WITHDRAWN, WITHDRAWAL_REASON: reason.strip(), MOVED_TO: moved_to.strip()}
    cells = {name: (was[name], cell) for name, cell in new.items() if was[name] != cell}
    if not cells:
        raise ValidationError(_("Nothing was changed."))
    return cells


def propose(record: Publishable, user: User, cells: Cells, writers: list[int]) -> ChangeSet:
    """Lay cells over the open draft of a record, or begin one. Raises ``PermissionDenied`` for that of others."""
    with transaction.atomic():
        lock_record(record)
        refuse_edits_during_run(ChangeSet.objects.open().of_root(record))
        change_set = ChangeSet.objects.select_for_update().open().of_root(record).first()
        if change_set is None:
            change_set = begin(record, user, ReviewState.DRAFT, writers)
            note_act(change_set, Act.SAVED, user)
            lay_cells(change_set, record, user, cells)
            return change_set
        known = change_set.changes.filter(reference=record.reference).first()
        if known and all(known.cells.get(name, ("", ""))[1] == new for name, (_was, new) in cells.items()):
            return change_set
        if change_set.opened_by_id != user.pk and not user.has_perm(EDIT_OTHERS):
            words = {"who": change_set.opened_by, "number": change_set.number}
            raise PermissionDenied(_("%(who)s has begun a draft of this record: %(number)s.") % words)
        lay_cells(change_set, record, user, cells)
        change_set.writers = [*dict.fromkeys([*change_set.writers, *writers])]
        if change_set.state != ReviewState.DRAFT:
            note_act(change_set, Act.REOPENED, user)
        change_set.state, change_set.approved_by, change_set.publish_at = ReviewState.DRAFT, None, None
        change_set.save()
        note_act(change_set, Act.SAVED, user)
        return change_set


def begin(record: Publishable, user: User, state: Any, writers: list[int]) -> ChangeSet:
    """Begin a change set of a record."""
    label, reference = record._meta.label_lower, record.reference
    return ChangeSet.objects.create(
        root_kind=label, root_reference=reference, title=str(record)[:300], state=state, opened_by=user, writers=writers
    )


def lay_cells(change_set: ChangeSet, record: Publishable, user: User, cells: Cells) -> None:
    """Write the cells into the change of the record. Raises ``ValidationError`` if it is to be removed."""
    label, reference = record._meta.label_lower, record.reference
    known = change_set.changes.filter(reference=reference).first()
    change = known or Change(change_set=change_set, kind=label, reference=reference, action=Action.CHANGE)
    if change.action == Action.REMOVE:
        raise ValidationError(_("The draft %(number)s is to remove it.") % {"number": change_set.number})
    for name, (was, new) in cells.items():
        first, _last = change.cells.get(name, (was, ""))
        change.cells[name] = [first, new]
    change.title, change.author, change.saved_at = str(record)[:300], user, timezone.now()
    change.save()


def lock_record(record: Publishable) -> Publishable:
    """Lock the row of a record, so that nobody else begins a change set of it meanwhile."""
    begin_writing(type(record))
    return type(record)._base_manager.select_for_update().get(pk=record.pk)
