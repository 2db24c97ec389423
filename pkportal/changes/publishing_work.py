"""The work of publishing: small change sets at once; large ones, undoing ones too, in a process of their own."""

import logging
from functools import partial
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from pkportal.content.timeouts import long_statements
from pkportal.exchange.progress import Report, no_report

from .drafts import note_act
from .long_work import LongWork, end_process, start_process
from .models import OPEN, Act, ChangeSet, ReviewState
from .problems import NotApplicable
from .publishing_runs import PublishingRun, RunState, refuse_during_run
from .review import (
    approve_in_run,
    check_approver,
    check_publisher,
    lock,
    may_publish,
    publish_in_run,
    publish_needed,
    schedule,
)
from .staged_sets import number_of_rows
from .waiting import sets_waited_for

MOST_ROWS_AT_ONCE = 5_000  # of a file, which are published as a set
MOST_CHANGES_AT_ONCE = 300  # which are published one by one
MOST_ATTEMPTS = 3  # to publish what is due
_log = logging.getLogger("pkportal.changes")


class Publishing(NamedTuple):
    """How a set is published: a reason for own work, with what it waits for, of the undo of a file only the rest.

    One that ``is_approved_too`` is approved by the same account before, or nothing is done; the reason is its note.
    """

    reason: str = ""
    is_approved_too: bool = False
    with_needed: bool = False
    only_rest: bool = False


def is_large(change_set: ChangeSet) -> bool:
    """True if it takes longer to publish a set than a page may."""
    if rows := number_of_rows(change_set):
        return rows > MOST_ROWS_AT_ONCE
    return change_set.changes.count() > MOST_CHANGES_AT_ONCE


def publish_or_start(change_set: ChangeSet, user: User, how: Publishing) -> bool:
    """Publish a set as ``review.publish`` does; of a large one start the process that does. True if it is published.

    Inside a transaction, after which the process starts.
    """
    needed = sets_waited_for(change_set) if how.with_needed else []
    if any(map(is_large, [change_set, *needed])):
        start_run(change_set, user, how)
        return False
    refuse_during_run(change_set)
    publish_in_order(change_set, user, how, no_report)
    return True


def publish_in_order(change_set: ChangeSet, user: User | None, how: Publishing, report: Report) -> None:
    """Approve a set if that is asked, publish what it waits for if that is asked, and publish it."""
    if how.is_approved_too and user:
        approve_in_run(change_set, user, how.reason)
    if how.with_needed:
        publish_needed(change_set, user, how.reason)
    publish_in_run(change_set, user, "" if how.is_approved_too else how.reason, how.only_rest, report)


def start_run(change_set: ChangeSet, user: User | None, how: Publishing) -> None:
    """Check what needs no look at the record, and start the process that publishes a set after the transaction."""
    locked = lock(change_set, *([ReviewState.IN_REVIEW] if how.is_approved_too else OPEN))
    refuse_during_run(locked)  # somebody started it a moment ago
    if how.is_approved_too and user:
        check_approver(locked, user)
    check_publisher(locked, user, how.reason)
    before = PublishingRun.objects.filter(change_set=locked).first()
    is_again = before and before.state == RunState.BROKEN_OFF
    run = PublishingRun(
        pk=before and before.pk,
        change_set=locked,
        account=user,
        attempts=before.attempts + 1 if is_again else 1,
        changed_at=Now(),
        **how._asdict(),
    )
    run.save()
    transaction.on_commit(partial(start_process, PUBLISHING_WORK, run.pk))


def publish_run(run: PublishingRun, report: Report) -> None:
    """Publish the set of a run, all of it or nothing; write down why it was refused."""
    try:
        with transaction.atomic(), long_statements():
            how = Publishing(*(getattr(run, name) for name in Publishing._fields))
            publish_in_order(run.change_set, run.account, how, report)
            run.come_to(RunState.PUBLISHED)
    except (NotApplicable, PermissionDenied, ValidationError) as error:
        refuse_run(run, reasons_of(error))
    else:
        if run.account is None:
            _log.info("published when due", words_for_log(run.change_set))


def refuse_run(run: PublishingRun, reasons: list[str]) -> None:
    """Write down why a set was not published; what was due is a draft again."""
    with transaction.atomic():
        run.come_to(RunState.REFUSED, reasons)
        if run.account is None:
            give_back(run.change_set, reasons)


def break_off_run(run: PublishingRun, reason: str) -> None:
    """Write down why the process that published a set ended; what was due is tried again, but not for ever."""
    if run.account is None and run.attempts >= MOST_ATTEMPTS:
        refuse_run(run, [reason])
    else:
        run.come_to(RunState.BROKEN_OFF, [reason])


def stop_run(change_set: ChangeSet, user: User) -> bool:
    """End the process that publishes a set; what was due waits for somebody then. False if it is done meanwhile.

    Raises ``PermissionDenied``.
    """
    if not may_publish(user, change_set):
        raise PermissionDenied
    run = PublishingRun.objects.filter(change_set=change_set).first()
    if run is None:
        return False
    end_process(PUBLISHING_WORK, run.pk)
    with transaction.atomic():
        locked = PublishingRun.objects.select_for_update().get(pk=run.pk)
        if not locked.is_working:
            return False
        locked.come_to(RunState.BROKEN_OFF, [_("%(who)s stopped it.") % {"who": user}])
        if locked.account is None:
            schedule(change_set, user, None)
    return True


def give_back(change_set: ChangeSet, reasons: list[str]) -> None:
    """Make a set a draft again, with the reasons why it could not be published when it was due."""
    change_set.state, change_set.approved_by, change_set.publish_at = ReviewState.DRAFT, None, None
    change_set.save()
    note_act(change_set, Act.FAILED, None, "\n".join(reasons))
    _log.warning("not published", {**words_for_log(change_set), "reasons": " ".join(reasons)})


def words_for_log(change_set: ChangeSet) -> dict[str, Any]:
    """Return the fields by which the log names a change set."""
    return {"number": change_set.number, "title": change_set.title}


def reasons_of(error: Exception) -> list[str]:
    """Return the reasons that an error gives, each with the record that it is about."""
    if isinstance(error, NotApplicable):
        return [problem.line for problem in error.problems]
    if isinstance(error, ValidationError):
        return error.messages
    return [str(error) or _("The account may not publish it.")]


PUBLISHING_WORK = LongWork(PublishingRun, 1108, [RunState.WORKING], publish_run, break_off_run)
