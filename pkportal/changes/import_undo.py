"""Undo of an import: exactly what it stored is taken back, and records that changed since are named and stay."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pkportal.content.history import event_model, own_context
from pkportal.content.timeouts import long_statements
from pkportal.exchange.staging.undoing import Undone, undo_import

from .import_steps import come_to
from .imported_files import ImportedFile, ImportState
from .imports import are_public, record_import
from .models import ChangeSet, Origin
from .restoring import reversed_edit
from .staged_sets import in_words_kept


def may_undo_import(imported: ImportedFile) -> bool:
    """True if a file was stored at once, so that what it did can be taken back at once."""
    return imported.state == ImportState.APPLIED and imported.context_id is not None


def undo_stored(imported: ImportedFile, user: User) -> Undone:
    """Take back what a file stored. Raises ``ValidationError`` if readers see any of its records now."""
    with transaction.atomic(), long_statements():
        locked = ImportedFile.objects.select_for_update().get(pk=imported.pk)
        if not may_undo_import(locked):
            raise ValidationError(_("It is undone already."))
        if are_public(locked.model, Q(pk__in=records_of(locked))):
            raise ValidationError(_("Readers see some of these records now: undo it on the page of its change set."))
        change_set = ChangeSet.objects.create(
            title=locked.name, origin=Origin.UNDO, opened_by=user, undoes=locked.change_set
        )
        with own_context(act="undo", file=locked.name, change_set=change_set.number, user=user.pk):
            undone = undo_import(locked.context_id, [locked.model])
        kept = {record.reference for record in undone.kept}
        changes = [change for change in locked.change_set.changes.all() if change.reference not in kept]
        record_import(change_set, [reversed_edit(change, "") for change in changes], user)
        come_to(locked, ImportState.UNDONE, in_words_kept(undone))
    return undone


def records_of(imported: ImportedFile) -> Any:
    """Return the primary keys of the records that a file stored."""
    events = event_model(imported.model)._base_manager.filter(pgh_context_id=imported.context_id)
    return events.order_by().values("pgh_obj_id")
