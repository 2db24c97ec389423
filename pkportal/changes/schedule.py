"""Scheduled publication: what is approved for a time is published then, or is a draft again if it no longer applies."""

import logging
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from .applying import NotApplicable
from .drafts import note_act
from .models import Act, ChangeSet, ReviewState
from .review import publish
from .waiting import sets_waited_for

_log = logging.getLogger("pkportal.changes")


class DueResult(NamedTuple):
    """What became of a change set that was due; ``reasons`` say why it was not published."""

    change_set: ChangeSet
    reasons: list[str]


def publish_due() -> list[DueResult]:
    """Publish each change set that is approved and due; run twice at once, each set is taken by one of the two."""
    results = []
    while result := publish_next():
        results.append(result)
        fields = {"number": result.change_set.number, "title": result.change_set.title}
        if result.reasons:
            _log.warning("not published", {**fields, "reasons": " ".join(result.reasons)})
        else:
            _log.info("published when due", fields)
    return results


def publish_next() -> DueResult | None:
    """Publish the set that has been due for longest, or return it to its writers; None if none is due."""
    with transaction.atomic():
        due = ChangeSet.objects.filter(state=ReviewState.APPROVED, publish_at__lte=Now())
        change_set = due.select_for_update(skip_locked=True).order_by("publish_at", "pk").first()
        if change_set is None:
            return None
        change_set = first_needed(change_set, due)
        try:
            publish(change_set, None)
        except (NotApplicable, ValidationError) as error:
            reasons = [str(reason) for reason in getattr(error, "messages", error.args)]
            give_back(change_set, reasons)
            return DueResult(change_set, reasons)
    return DueResult(change_set, [])


def first_needed(change_set: ChangeSet, due: QuerySet[ChangeSet]) -> ChangeSet:
    """Return, locked, the first of the sets that a set waits for and that are due too, or the set itself."""
    needed = [it.pk for it in sets_waited_for(change_set)]
    are_due = {*due.filter(pk__in=needed).values_list("pk", flat=True)}
    first = next((pk for pk in needed if pk in are_due), change_set.pk)
    return ChangeSet.objects.select_for_update().get(pk=first)


def give_back(change_set: ChangeSet, reasons: list[str]) -> None:
    """Make a set a draft again, with the reasons why it could not be published when it was due."""
    change_set.state, change_set.approved_by, change_set.publish_at = ReviewState.DRAFT, None, None
    change_set.save()
    note_act(change_set, Act.FAILED, None, "\n".join(reasons))
