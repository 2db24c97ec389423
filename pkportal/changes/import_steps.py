"""The steps of an import: a file is kept, read, shown, and stored or proposed; each step leaves it in one state."""

import hashlib
import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from pkportal.content.history import own_context
from pkportal.content.timeouts import long_statements
from pkportal.exchange.importing import ImportResult, import_counts, run_import
from pkportal.exchange.registry import resources_by_model

from .import_reading import read_rows, reading_question
from .import_rows import keep_rows
from .imported_files import FINISHED, FileChunk, ImportedFile, ImportState
from .imports import edits_of, propose_import, record_import, touches_public
from .models import ChangeSet, Origin

KEPT_UNCONFIRMED = timedelta(days=7)  # a file that nobody confirms
RECORD_CHANGED = _("The record has changed since the preview, so nothing was stored. This is how it is now.")
Report = Callable[[str, int, int], None]
_log = logging.getLogger("pkportal.changes")


def keep_file(model: Any, name: str, chunks: Iterable[bytes], user: User) -> ImportedFile:
    """Keep a file that somebody sent; throw away those that nobody has confirmed for a week."""
    for old in ImportedFile.objects.exclude(state__in=FINISHED).filter(changed_at__lt=Now() - KEPT_UNCONFIRMED):
        throw_away(old, _("Nobody confirmed it for a week."))
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
    report(_("reading"), 0, 0)
    imported.question = reading_question(imported)
    if imported.question:
        come_to(imported, ImportState.ASKING)
        return
    result = run(imported, dry_run=True)
    with transaction.atomic():
        keep_rows(imported, result)
        come_to(imported, ImportState.REFUSED if result.refusals else ImportState.STAGED)


def store(imported: ImportedFile, report: Report) -> None:
    """Store a file if it still does exactly what was shown, or propose it if readers would see it at once."""
    report(_("storing"), 0, 0)
    with transaction.atomic():
        result, change_set = try_to_store(imported)
        is_as_shown = not result.refusals and result.fingerprint == imported.fingerprint
        must_wait = is_as_shown and touches_public(imported.model, result)
        if is_as_shown and not must_wait:
            record_import(change_set, edits_of(imported.model, result), imported.account)
            log_records(imported, result)
            finish(imported, ImportState.APPLIED, change_set)
        else:
            transaction.set_rollback(True)
    if must_wait:
        with transaction.atomic():
            change_set = propose_import(imported.model, result, imported.account)
            finish(imported, ImportState.PROPOSED, change_set)
    if not is_as_shown:
        stage(imported, report)
        ImportedFile.objects.filter(pk=imported.pk).update(message=RECORD_CHANGED)
        imported.message = RECORD_CHANGED
        return
    _log.info("import", {"file": imported.name, "change_set": change_set.number, **import_counts(result)})


def try_to_store(imported: ImportedFile) -> tuple[ImportResult, ChangeSet]:
    """Store the rows of a file inside a transaction, with a change set that the history names."""
    user = imported.account
    change_set = ChangeSet.objects.create(title=imported.name, origin=Origin.IMPORT, opened_by=user)
    said = {"act": "import", "file": imported.name, "change_set": change_set.number, "user": user.pk}
    with own_context(**said):
        return run(imported, dry_run=False), change_set


def run(imported: ImportedFile, dry_run: bool) -> ImportResult:
    """Import a file as its account; its rows keep their records, for the log."""
    resource_class = resources_by_model()[imported.model]
    with long_statements():
        return run_import(resource_class, imported.name, partial(read_rows, imported), imported.account, dry_run)


def log_records(imported: ImportedFile, result: ImportResult) -> None:
    """Write into the admin log of each record which file created or changed it."""
    message = _("Imported from %(file)s.") % {"file": imported.name}
    for rows, action in [(result.new, ADDITION), (result.changed, CHANGE)]:
        LogEntry.objects.log_actions(imported.account.pk, [row.instance for row in rows], action, message)


def come_to(imported: ImportedFile, state: Any, message: str = "") -> None:
    """Save an imported file in its next state."""
    imported.state, imported.message, imported.changed_at, imported.phase = state, message, Now(), ""
    imported.save()


def break_off(imported: ImportedFile, message: str) -> None:
    """Say why the work on a file ended before it was done; it may be resumed in the state in which it ended."""
    state = imported.state
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
    imported.rows.all().delete()
