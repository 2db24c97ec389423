"""Change sets of large files: their rows stay in the stage of the file, and are published as a set."""

from functools import partial

import pghistory
from django.utils.translation import gettext as _

from pkportal.content.timeouts import long_statements
from pkportal.exchange.progress import Report, no_report, report_stored, report_undone
from pkportal.exchange.row_names import row_in_words
from pkportal.exchange.staging.importing_in_sets import apply_stage
from pkportal.exchange.staging.kept_stages import drop_stage
from pkportal.exchange.staging.stage import Fault
from pkportal.exchange.staging.staged_file import faults_of
from pkportal.exchange.staging.undoing import Undone, undo_import

from .import_stages import is_whole, stage_of
from .import_steps import throw_away
from .imported_files import ImportedFile, ImportState
from .models import ChangeSet
from .problems import NotApplicable, Problem

MOST_FAULTS = 20  # that are named
MOST_KEPT = 50  # records that stay, which are named


def staged_import(change_set: ChangeSet) -> ImportedFile | None:
    """Return the file whose rows a change set has in a stage, if it has any."""
    return ImportedFile.objects.filter(change_set=change_set).exclude(stage_name="").first()


def apply_staged(imported: ImportedFile, report: Report = no_report) -> None:
    """Store the rows of a stage inside a transaction. Raises ``NotApplicable``."""
    report_stored(report, 0)
    stage = stage_of(imported)
    if stage is None or not is_whole(imported, stage):
        text = _("The rows of this file are not kept any more: discard the set, and send the file again.")
        raise NotApplicable([Problem("", "", text)])
    with long_statements(), pghistory.context() as context:
        is_stored = apply_stage(stage, imported.only_good, report=partial(report_stored, report))
    if not is_stored:
        raise NotApplicable([Problem("", fault.column, row_fault(fault)) for fault in faults_of(stage, 0, MOST_FAULTS)])
    drop_stage(stage.name)
    ImportedFile.objects.filter(pk=imported.pk).update(state=ImportState.APPLIED, stage_name="", context_id=context.id)


def published_as_stage(change_set: ChangeSet | None) -> ImportedFile | None:
    """Return the file that a change set published as a stage, if it did."""
    if change_set is None or change_set.changes.exists():
        return None
    files = ImportedFile.objects.filter(change_set=change_set, state=ImportState.APPLIED)
    return files.exclude(context_id=None).first()


def number_of_rows(change_set: ChangeSet) -> int:
    """Return how many rows of a file a change set stores as a set, or takes back as one; 0 if it is none of a file."""
    imported = staged_import(change_set) or published_as_stage(change_set.undoes)
    return imported.rows_new + imported.rows_changed + imported.rows_removed if imported else 0


def undo_staged(imported: ImportedFile, only_rest: bool, report: Report = no_report) -> None:
    """Take back what a stage published, inside a transaction. Raises ``NotApplicable`` if anything changed since.

    With ``only_rest`` what changed stays as it is, and is named on the page of the file.
    """
    with long_statements():
        undone = undo_import(imported.context_id, [imported.model], partial(report_undone, report))
    if undone.kept and not only_rest:
        raise NotApplicable([Problem(record.reference, "", record.reason) for record in undone.kept])
    words = in_words_kept(undone)
    ImportedFile.objects.filter(pk=imported.pk).update(state=ImportState.UNDONE, message=words)


def note_undone(change_set: ChangeSet | None) -> None:
    """Note of the file of a change set, if there is one, that what the set did was taken back."""
    if change_set:
        ImportedFile.objects.filter(change_set=change_set).update(state=ImportState.UNDONE)


def in_words_kept(undone: Undone) -> str:
    """Say which records stay as they are, and why."""
    if not undone.kept:
        return ""
    reasons = [f"{record.reference}: {record.reason}" for record in undone.kept[:MOST_KEPT]]
    more = len(undone.kept) - len(reasons)
    reasons += [_("and %(number)d more.") % {"number": more}] if more else []
    return _("These records stay as they are. %(reasons)s") % {"reasons": " ".join(reasons)}


def discard_staged(change_set: ChangeSet) -> None:
    """Drop the rows of a set that is given up."""
    if imported := staged_import(change_set):
        throw_away(imported)


def row_fault(fault: Fault) -> str:
    """Return why a row cannot be stored, with its number."""
    return f"{row_in_words(fault.row)}: {fault.reason}" if fault.row else fault.reason
