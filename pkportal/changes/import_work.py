"""The work of an import: small files at once, in the request; large ones in a process of their own."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pkportal.exchange.progress import Report, no_report
from pkportal.exchange.reading import UnreadableFile

from .import_steps import break_off, come_to, refuse_whole, stage, store, throw_away
from .import_undo import undo_stored
from .imported_files import WORKING, ImportedFile, ImportState
from .long_work import LongWork, end_process, start_process

LARGEST_AT_ONCE = 400_000  # bytes of a file that is read in the request
STEPS = {ImportState.STAGING: stage, ImportState.APPLYING: store, ImportState.UNDOING: undo_stored}


def work_on(imported: ImportedFile, state: Any) -> None:
    """Bring a file into a state by the work that leads there: at once if it is small, else in a process of its own."""
    if imported.size <= LARGEST_AT_ONCE:
        with transaction.atomic():
            imported.state = state
            take_step(imported, no_report)
        return
    imported.rows_done = imported.thousandths_done = 0
    come_to(imported, state)
    transaction.on_commit(partial(start_process, IMPORT_WORK, imported.pk))


def take_step(imported: ImportedFile, report: Report) -> None:
    """Do the work of the state of a file; a file that cannot be read is refused."""
    try:
        STEPS[ImportState(imported.state)](imported, report)
    except UnreadableFile as error:
        refuse_whole(imported, str(error))


def cancel(imported: ImportedFile) -> bool:
    """End the work on a file, and throw it away unless it is stored. False if the work is done meanwhile."""
    end_process(IMPORT_WORK, imported.pk)
    with transaction.atomic():
        locked = ImportedFile.objects.select_for_update().get(pk=imported.pk)
        if locked.is_finished:
            return False
        if locked.state == ImportState.UNDOING:
            break_off(locked, _("It was stopped."))
        else:
            throw_away(locked)
    return True


IMPORT_WORK = LongWork(ImportedFile, 1107, WORKING, take_step, break_off)
