"""Checks by people: each in one order: may I, is it still what I saw, what stands in its way, mark it, write it down.

A record is checked as it is on record, or as an open change set makes it: what was found right there is marked when it
is published.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pkportal.content.absent_records import what_became_of
from pkportal.content.checking import Checkable, digest_of
from pkportal.content.locks import begin_writing
from pkportal.exchange.record_widgets import unknown_record_message
from pkportal.sources.models import Grade, Source
from pkportal.sources.unverified import NOT_ENOUGH, rests_on_unverified

from .applying import applied_for_now
from .models import ChangeSet
from .past import event_model, reference_column
from .review import comment
from .verdicts import Check, Verdict

CHECK = "changes.check_records"


class Finding(NamedTuple):
    """What somebody found: the digest of what they saw, the verdict, where they read it, and why it is wrong.

    ``after`` is the number of the last check that they saw.
    """

    digest: str
    verdict: Any  # a Verdict
    source_code: str = ""
    place: str = ""
    note: str = ""
    after: int = 0


class SaidAlready(ValidationError):
    """Raised when an account has said the same of the same words, in another window or by a second click."""


def digest_now(record: Checkable) -> str:
    """Return the digest of what is to be compared, as it is in the database."""
    records = type(record)._base_manager.filter(pk=record.pk)
    return records.values_list(digest_of(*record.checked_fields), flat=True).get()


def writers_of_values(record: Checkable) -> set[int]:
    """Return the accounts that ever entered a value which a checked column has now, from the history."""
    (now,) = type(record)._base_manager.filter(pk=record.pk).values(*record.checked_fields)
    context = "pgh_context__metadata"
    model: Any = type(record)
    past = event_model(model).objects.filter(**{reference_column(model): record.reference})  # a restored one's too
    states = past.order_by("pgh_id").values(*record.checked_fields, context)
    writers: set[int] = set()
    before: dict[str, object] = {}
    for state in states:
        if any(before.get(name, ...) != state[name] == now[name] for name in record.checked_fields):
            entered_by = state[context] or {}
            writers |= {*(entered_by["writers"] if "writers" in entered_by else [entered_by.get("user")])}
        before = state
    return writers - {None}


@contextmanager
def seen_in(change_set: ChangeSet | None, model: type[Checkable], reference: str) -> Iterator[Checkable | None]:
    """Yield a record as it is, or as an open change set makes it, which is taken back at the end."""
    records = model._base_manager.filter(reference=reference)
    if change_set is None:
        yield records.first()
        return
    with applied_for_now(change_set):
        yield records.first()


def refusal(user: User, record: Checkable, writers: Iterable[int]) -> str:
    """Return why an account cannot check a record, whatever it finds, or an empty text."""
    if user.pk in writers:
        return _("You wrote some of this, so somebody else must check it.")
    if type(record)._base_manager.filter(rests_on_unverified(type(record)), pk=record.pk).exists():
        return str(NOT_ENOUGH)
    return ""


def all_writers(record: Checkable | None, change_set: ChangeSet | None) -> set[int]:
    """Return who wrote what is on record, and who wrote the change set over it."""
    return (writers_of_values(record) if record else set()) | {*(change_set.writers if change_set else ())}


def check(
    user: User, model: type[Checkable], reference: str, finding: Finding, change_set: ChangeSet | None = None
) -> Check:
    """Write down what an account found, and mark the record; a verdict on a change set waits until it is published.

    Raises ``PermissionDenied`` or ``ValidationError``; nothing is stored then.
    """
    if not user.has_perm(CHECK):
        raise PermissionDenied
    with transaction.atomic(), pghistory.context(act="check", verdict=finding.verdict):
        begin_writing(model)
        live = model._base_manager.select_for_update(of=["self"]).filter(reference=reference).first()
        writers = all_writers(live, change_set)
        with seen_in(change_set, model, reference) as record:
            if record is None or digest_now(record) != finding.digest:
                raise ValidationError(_("It has changed since you opened it, so nothing was marked: read it again."))
            if reason := refusal(user, record, writers):
                raise PermissionDenied(reason)
            title = str(record)[:300]
        refuse_unseen(user, reference, finding)
        refuse_source(finding)
        found = {name: value for name, value in finding._asdict().items() if name != "after"}
        done = Check(kind=model._meta.label_lower, reference=reference, title=title, **found)
        done.by, done.by_name = user, user.get_username()
        done.full_clean()
        done.save()
        if change_set:
            words = {"verdict": done.get_verdict_display(), "why": finding.note or finding.place}
            comment(change_set, user, _("Compared with its source: %(verdict)s. %(why)s") % words, reference)
        else:
            is_right = finding.verdict == Verdict.RIGHT
            model._base_manager.filter(pk=live.pk).update(checked_digest=finding.digest if is_right else "")
    return done


def refuse_unseen(user: User, reference: str, finding: Finding) -> None:
    """Refuse a verdict, once, on words that were checked meanwhile. Raises ``SaidAlready`` for the same verdict."""
    last = Check.objects.filter(reference=reference, digest=finding.digest, pk__gt=finding.after).first()
    if last is None:
        return
    words = {"who": last.by_name, "verdict": last.get_verdict_display()}
    same = [(it.verdict, it.source_code, it.place, it.note) for it in (last, finding)]
    if last.by_id == user.pk and same[0] == same[1]:
        raise SaidAlready(_("You have said so already."))
    text = _("It was checked while you had it open (%(who)s: %(verdict)s). Send yours again if it is to count.")
    raise ValidationError(text % words)


def refuse_source(finding: Finding) -> None:
    """Refuse a source that is not on record, and one that is unverified itself."""
    if not finding.source_code:
        return
    source = Source.objects.filter(code=finding.source_code).first()
    if source is None:
        code = finding.source_code
        raise ValidationError(unknown_record_message(Source, [code], what_became_of(Source, [code]).values()))
    if source.grade == Grade.X and finding.verdict == Verdict.RIGHT:
        raise ValidationError(NOT_ENOUGH)


def locked_checked(records: list[Checkable]) -> list[Checkable]:
    """Return those of the records that are checked now, locked."""
    keys: set[tuple[type, int]] = set()
    for model in {type(record) for record in records}:
        rows = model._base_manager.filter(pk__in=[it.pk for it in records if type(it) is model], is_checked=True)
        locked = rows.order_by("pk").select_for_update(of=["self"]).values_list("pk", flat=True)
        keys |= {(model, pk) for pk in locked}
    return [record for record in records if (type(record), record.pk) in keys]


def remove_marks(user: User, records: Iterable[Checkable]) -> list[Checkable]:
    """Remove the marks of checked records, and write it down for each. Return those that had one."""
    if not user.has_perm(CHECK):
        raise PermissionDenied
    with transaction.atomic(), pghistory.context(act="check", verdict=Verdict.UNMARKED):
        checked = locked_checked([*records])
        Check.objects.bulk_create(
            Check(
                kind=record._meta.label_lower,
                reference=record.reference,
                title=str(record)[:300],
                digest=record.checked_digest,
                verdict=Verdict.UNMARKED,
                by=user,
                by_name=user.get_username(),
            )
            for record in checked
        )
        for model in {type(record) for record in checked}:
            pks = [record.pk for record in checked if type(record) is model]
            model._base_manager.filter(pk__in=pks).update(checked_digest="")
    return checked
