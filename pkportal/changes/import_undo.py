"""Undo of an import: exactly what it stored is taken back, and records that changed since are named and stay."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pkportal.content.history import event_model, own_context
from pkportal.content.timeouts import long_statements
from pkportal.exchange.progress import Report, report_undone
from pkportal.exchange.staging.undoing import undo_import

from .import_steps import come_to
from .imported_files import ImportedFile, ImportState
from .imports import are_public, record_import
from .models import ChangeSet, Origin
from .restoring import reversed_edit
from .staged_sets import in_words_kept


def may_undo_import(imported: ImportedFile) -> bool:
    """True if a file was stored at once, so that what it did can be taken back at once."""
    return imported.state == ImportState.APPLIED and imported.context_id is not None


def check_undo(imported: ImportedFile) -> None:
    """Raise ``ValidationError`` if what a file did cannot be taken back at once: readers see some of it, say."""
    if not may_undo_import(imported):
        raise ValidationError(_("It is undone already."))
    refuse_public(imported)


def refuse_public(imported: ImportedFile) -> None:
    """Raise ``ValidationError`` if readers see any record of a file now."""
    if are_public(imported.model, Q(pk__in=records_of(imported))):
        raise ValidationError(_("Readers see some of these records now: undo it on the page of its change set."))


def undo_stored(imported: ImportedFile, report: Report) -> None:
    """Take back what a file stored, and count how many records are as they were before."""
    with transaction.atomic(), long_statements():
        refuse_public(imported)
        user = imported.undone_by
        change_set = ChangeSet.objects.create(
            title=imported.name, origin=Origin.UNDO, opened_by=user, undoes=imported.change_set
        )
        with own_context(act="undo", file=imported.name, change_set=change_set.number, user=imported.undone_by_id):
            undone = undo_import(imported.context_id, [imported.model], partial(report_undone, report))
        kept = {record.reference for record in undone.kept}
        changes = [change for change in imported.change_set.changes.all() if change.reference not in kept]
        record_import(change_set, [reversed_edit(change, "") for change in changes], user)
        imported.rows_done = undone.deleted + undone.restored + undone.added
        come_to(imported, ImportState.UNDONE, in_words_kept(undone))


def records_of(imported: ImportedFile) -> Any:
    """Return the primary keys of the records that a file stored."""
    events = event_model(imported.model)._base_manager.filter(pgh_context_id=imported.context_id)
    return events.order_by().values("pgh_obj_id")
