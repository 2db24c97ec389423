"""The steps of an import: a file is kept, read, shown, and stored or proposed; each step leaves it in one state."""

import hashlib
import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

import pghistory
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.content.history import own_context
from pkportal.content.timeouts import long_statements
from pkportal.exchange.progress import Progress, Report, report_stored
from pkportal.exchange.staging.importing_in_sets import apply_stage
from pkportal.exchange.staging.kept_stages import drop_stage
from pkportal.exchange.staging.stage import Stage

from .drafts import Edit
from .import_reading import reading_question
from .import_removals import removal_edits, removal_waits
from .import_stages import (
    changing_rows,
    count_rows,
    edits_of,
    is_whole,
    make_stage,
    may_be_copied,
    stage_of,
    touches_public,
    will_touch_public,
)
from .imported_files import FINISHED, FileChunk, ImportedFile, ImportState
from .imports import propose_import, record_import
from .models import Action, ChangeSet, Origin

KEPT_UNCONFIRMED = timedelta(days=7)  # a file that nobody confirms
RECORD_CHANGED = gettext_lazy("The record has changed since the preview, so nothing was stored.")
READ_AGAIN = gettext_lazy("The file was read again, as its preview was not kept. Look at it, and confirm it again.")
_log = logging.getLogger("pkportal.changes")


def throw_away_forgotten() -> None:
    """Throw away the files that nobody has confirmed for a week."""
    unconfirmed = ImportedFile.objects.exclude(state__in=[*FINISHED, ImportState.UNDOING])
    for old in unconfirmed.filter(changed_at__lt=Now() - KEPT_UNCONFIRMED):
        throw_away(old, _("Nobody confirmed it for a week."))


def keep_file(model: Any, name: str, chunks: Iterable[bytes], user: User) -> ImportedFile:
    """Keep a file that somebody sent; throw away those that were forgotten."""
    throw_away_forgotten()
    digest, size = hashlib.sha256(), 0
    with transaction.atomic():
        imported = ImportedFile.objects.create(kind=model._meta.label_lower, account=user, name=name[:300], size=0)
        for number, data in enumerate(chunks):
            digest.update(data)
            size += len(data)
            FileChunk.objects.create(imported_file=imported, number=number, data=data)
        imported.size, imported.sha256 = size, digest.hexdigest()
        imported.save(update_fields=["size", "sha256"])
    return imported


def stage(imported: ImportedFile, report: Report) -> None:
    """Read a file and keep what it would do, row by row; nothing of the record changes."""
    report(Progress(_("reading"), 0, 0))
    imported.question = reading_question(imported)
    if imported.question:
        come_to(imported, ImportState.ASKING)
        return
    with transaction.atomic(), long_statements():
        make_stage(imported, report)
        come_to(imported, ImportState.REFUSED if imported.faults else ImportState.STAGED)


def store(imported: ImportedFile, report: Report) -> None:
    """Store what was shown, or propose it if readers would see it at once; rows that changed since are named."""
    report_stored(report, 0)
    staged = stage_of(imported)
    if staged is None or not is_whole(imported, staged):
        stage(imported, report)
        imported.message = READ_AGAIN
        imported.save(update_fields=["message"])
        return
    if change_set := propose_as_stage(imported, staged) or store_or_propose(imported, staged, report):
        _log.info("import", {"file": imported.name, "change_set": change_set.number, **words_of_counts(imported)})


def propose_as_stage(imported: ImportedFile, staged: Stage) -> ChangeSet | None:
    """Propose a large file that readers would see: to publish it stores its rows, and checks them again, only then."""
    with transaction.atomic(), long_statements():
        if may_be_copied(staged) or not (removal_waits(staged, imported.account) or will_touch_public(staged)):
            return None
        return propose_file(imported, [])


def store_or_propose(imported: ImportedFile, staged: Stage, report: Report) -> ChangeSet | None:
    """Store the rows of a file; if readers would see a small one at once, take that back and propose it."""
    with transaction.atomic(), long_statements():
        is_small = may_be_copied(staged)
        rows = changing_rows(staged) if is_small else []
        removals = removal_edits(staged) if is_small else []
        must_wait = removal_waits(staged, imported.account)
        change_set = ChangeSet.objects.create(title=imported.name, origin=Origin.IMPORT, opened_by=imported.account)
        said = {"act": "import", "file": imported.name, "change_set": change_set.number, "user": imported.account_id}
        with own_context(**said), pghistory.context() as context:
            imported.context_id = context.id
            is_stored = apply_stage(staged, imported.only_good, report=partial(report_stored, report))
        if not is_stored:
            change_set.delete()
            count_rows(imported, staged)
            come_to(imported, ImportState.REFUSED, RECORD_CHANGED)
            return None
        edits = [*edits_of(staged, rows), *removals]
        must_wait = must_wait or touches_public(staged)
        if must_wait:
            transaction.set_rollback(True)
        else:
            record_import(change_set, edits, imported.account)
            log_records(imported, edits)
            finish(imported, ImportState.APPLIED, change_set)
    return propose_file(imported, edits) if must_wait else change_set


def propose_file(imported: ImportedFile, edits: Iterable[Edit]) -> ChangeSet:
    """Make a change set of a file, which readers see nothing of until it is published."""
    with transaction.atomic():
        change_set = ChangeSet.objects.create(title=imported.name, origin=Origin.IMPORT, opened_by=imported.account)
        edits = [*edits]
        propose_import(change_set, edits, imported.account)
        imported.change_set = change_set
        if edits:
            finish(imported, ImportState.PROPOSED, change_set)
        else:  # its stage is published one day
            come_to(imported, ImportState.PROPOSED)
            imported.chunks.all().delete()
    return change_set


def words_of_counts(imported: ImportedFile) -> dict[str, int]:
    """Return the numbers of rows that were stored, as the log names them."""
    return {"new": imported.rows_new, "changed": imported.rows_changed, "unchanged": imported.rows_unchanged}


def log_records(imported: ImportedFile, edits: Iterable[Edit]) -> None:
    """Write into the admin log of each record which file created or changed it."""
    message = _("Imported from %(file)s.") % {"file": imported.name}
    actions = {edit.reference: ADDITION if edit.action == Action.ADD else CHANGE for edit in edits}
    records = [*imported.model._base_manager.filter(reference__in=[*actions])]
    for action in [ADDITION, CHANGE]:
        of_action = [record for record in records if actions[record.reference] == action]
        LogEntry.objects.log_actions(imported.account_id, of_action, action, message)


def come_to(imported: ImportedFile, state: Any, message: Any = "") -> None:
    """Save an imported file in its next state."""
    imported.state, imported.message, imported.changed_at, imported.phase = state, str(message), Now(), ""
    imported.save()


def refuse_whole(imported: ImportedFile, reason: str) -> None:
    """Refuse a file that cannot be read."""
    drop_stage(imported.stage_name)
    imported.stage_name, imported.changing, imported.notes = "", [], []
    imported.rows_new = imported.rows_changed = imported.rows_unchanged = imported.rows_refused = 0
    imported.rows_asked, imported.faults = 0, 1
    come_to(imported, ImportState.REFUSED, reason)


def break_off(imported: ImportedFile, message: str) -> None:
    """Say why the work on a file ended before it was done; it may be resumed in the state in which it ended."""
    state = imported.state
    if state == ImportState.UNDOING:
        come_to(imported, ImportState.APPLIED, _("%(why)s Nothing was undone.") % {"why": message})
        return
    come_to(imported, ImportState.BROKEN_OFF, message)
    ImportedFile.objects.filter(pk=imported.pk).update(phase=state)
    imported.phase = state


def finish(imported: ImportedFile, state: Any, change_set: ChangeSet) -> None:
    """Keep a file with its change set; its bytes and its rows are needed no more."""
    imported.change_set = change_set
    come_to(imported, state)
    drop_content(imported)


def throw_away(imported: ImportedFile, message: str = "") -> None:
    """Give up a file that is not stored; that somebody sent it stays on record."""
    with transaction.atomic():
        come_to(imported, ImportState.CANCELLED, message)
        drop_content(imported)


def drop_content(imported: ImportedFile) -> None:
    """Delete the bytes and the rows of a file."""
    imported.chunks.all().delete()
    drop_stage(imported.stage_name)
    ImportedFile.objects.filter(pk=imported.pk).update(stage_name="")
