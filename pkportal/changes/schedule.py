"""Scheduled publication: what is approved for a time is published then, or is a draft again if it no longer applies."""

import logging
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from .long_work import notice_broken
from .models import ChangeSet, ReviewState
from .problems import NotApplicable
from .publishing_work import PUBLISHING_WORK, Publishing, give_back, is_large, start_run, words_for_log
from .review import publish
from .waiting import sets_waited_for

_log = logging.getLogger("pkportal.changes")


class DueResult(NamedTuple):
    """What became of a change set that was due; ``reasons`` say why it was not published."""

    change_set: ChangeSet
    reasons: list[str]
    is_started: bool = False  # whether a process of its own publishes it now


def publish_due() -> list[DueResult]:
    """Publish each change set that is approved and due; run twice at once, each set is taken by one of the two."""
    notice_broken(PUBLISHING_WORK)
    results: list[DueResult] = []
    while result := publish_next():
        results.append(result)
        if not result.reasons and not result.is_started:
            _log.info("published when due", words_for_log(result.change_set))
    return results


def publish_next() -> DueResult | None:
    """Publish the set that has been due for longest, or return it to its writers; None if none is due.

    For a large one a process is started.
    """
    with transaction.atomic():
        due = due_sets()
        change_set = due.select_for_update(skip_locked=True, no_key=True).order_by("publish_at", "pk").first()
        if change_set is None:
            return None
        change_set = first_needed(change_set, due)
        if is_large(change_set):
            start_run(change_set, None, Publishing())
            return DueResult(change_set, [], is_started=True)
        try:
            publish(change_set, None)
        except (NotApplicable, ValidationError) as error:
            reasons = [str(reason) for reason in getattr(error, "messages", error.args)]
            give_back(change_set, reasons)
            return DueResult(change_set, reasons)
    return DueResult(change_set, [])


def due_sets() -> QuerySet[ChangeSet]:
    """Return what is approved and due, but for what processes publish now and for what waits for that."""
    at_work = {*PUBLISHING_WORK.rows().values_list("change_set", flat=True)}
    due = ChangeSet.objects.filter(state=ReviewState.APPROVED, publish_at__lte=Now()).exclude(pk__in=at_work)
    waiting = [it.pk for it in due if at_work & {needed.pk for needed in sets_waited_for(it)}] if at_work else []
    return due.exclude(pk__in=waiting)


def first_needed(change_set: ChangeSet, due: QuerySet[ChangeSet]) -> ChangeSet:
    """Return, locked, the first of the sets that a set waits for and that are due too, or the set itself."""
    needed = [it.pk for it in sets_waited_for(change_set)]
    are_due = {*due.filter(pk__in=needed).values_list("pk", flat=True)}
    first = next((pk for pk in needed if pk in are_due), change_set.pk)
    return ChangeSet.objects.select_for_update(no_key=True).get(pk=first)
