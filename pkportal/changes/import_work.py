"""The work of an import: small files at once, in the request; large ones in a process of their own.

The process has its own connection, limits of memory and of time, and an advisory lock that tells whether it is alive.
How far it has come is kept in the row of the file, by a second connection, because the first may be in a transaction.
Killed at any moment it leaves nothing half stored: its transaction ends with it.
"""

import logging
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from pkportal.exchange.progress import Progress, no_report
from pkportal.exchange.reading import UnreadableFile

from .import_steps import break_off, come_to, refuse_whole, stage, store, throw_away
from .imported_files import WORKING, ImportedFile, ImportState

LARGEST_AT_ONCE = 400_000  # bytes of a file that is read in the request
LOCKS = 1107  # class of the advisory locks, one for each file
MOST_MEMORY = 2 * 1024**3  # bytes of address space
LONGEST_WORK = 3600  # seconds
REPORT_SECONDS = 0.5
STARTING = timedelta(seconds=30)  # that a new process may need before it has its lock
WORKERS_ENDING = 5_000  # milliseconds to wait for a process that is told to end
STEPS = {ImportState.STAGING: stage, ImportState.APPLYING: store}
ALIVE = """
SELECT objid FROM pg_locks
WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
END = """
SELECT pg_terminate_backend(pid, %s) FROM pg_locks
WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 2 AND granted AND pid <> pg_backend_pid()
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_log = logging.getLogger("pkportal.changes")


class TookTooLong(Exception):
    """The work took longer than it may."""


def work_on(imported: ImportedFile, state: Any) -> None:
    """Bring a file into a state by the work that leads there: at once if it is small, else in a process of its own."""
    if imported.size <= LARGEST_AT_ONCE:
        with transaction.atomic():
            imported.state = state
            take_step(imported, no_report)
        return
    imported.rows_done = imported.thousandths_done = 0
    come_to(imported, state)
    transaction.on_commit(lambda: start_process(imported))


def take_step(imported: ImportedFile, report: Any) -> None:
    """Do the work of the state of a file; a file that cannot be read is refused."""
    try:
        STEPS[ImportState(imported.state)](imported, report)
    except UnreadableFile as error:
        refuse_whole(imported, str(error))


def start_process(imported: ImportedFile) -> None:
    """Start the process that works on a file; it goes on whatever becomes of this one."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_on_import", str(imported.pk)]
    nothing: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True, **nothing)  # noqa: S603 - our own


def work_in_this_process(pk: int) -> None:
    """Work on a file until it is done, refused or cancelled, within limits of memory and time."""
    limit_process()
    with held(pk) as is_held:
        imported = ImportedFile.objects.filter(pk=pk, state__in=WORKING).first()
        if not is_held or imported is None:
            return
        try:
            with ShownProgress(imported) as report:
                take_step(imported, report)
        except TookTooLong:
            end_work(pk, _("It took longer than an hour. Split the file, or load it with the command load."))
        except MemoryError:
            end_work(pk, _("It needed more memory than a file may. Split it, or load it with the command load."))


def limit_process() -> None:
    """Limit the memory and the time of this process, and let the pages come first."""
    os.nice(5)
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST_WORK)


def too_long(number: int, frame: FrameType | None) -> None:
    """End the work: its time is over."""
    raise TookTooLong


@contextmanager
def held(pk: int) -> Iterator[bool]:
    """Have the lock of a file for a while, if no other process has it; the database notices if this process is killed.

    Otherwise it would first end a statement of several minutes, and nobody could resume the file until then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '2s'")
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, pk])
        (is_held,) = cursor.fetchone()
    try:
        yield is_held
    finally:
        if is_held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, pk])


def end_work(pk: int, message: str) -> None:
    """Break off the work on a file by what it has come to."""
    break_off(ImportedFile.objects.get(pk=pk), message)


class ShownProgress:
    """How far the work has come, written every half second by a connection of its own."""

    def __init__(self, imported: ImportedFile):
        self.pk, self.connection, self.next, self.phase = imported.pk, connection.copy(), 0.0, ""

    def __enter__(self):
        return self

    def __exit__(self, *error: object):
        self.connection.close()

    def __call__(self, progress: Progress) -> None:
        """Write down the phase, the rows and the share, unless the same phase was written a moment ago."""
        now = time.monotonic()
        if now < self.next and progress.phase == self.phase:
            return
        self.next, self.phase = now + REPORT_SECONDS, progress.phase
        with self.connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE changes_importedfile
                SET phase = %s, rows_done = coalesce(%s, rows_done), thousandths_done = %s WHERE id = %s
                """,
                [progress.phase, progress.rows, round(1000 * progress.share), self.pk],
            )


def files_at_work() -> set[int]:
    """Return the primary keys of the files that a process works on now, on any machine."""
    with connection.cursor() as cursor:
        cursor.execute(ALIVE, [LOCKS])
        return {pk for (pk,) in cursor.fetchall()}


def notice_broken(imported: ImportedFile) -> None:
    """Count a file as broken off if nobody works on it any more; a process that was started just now needs a moment."""
    if imported.state not in WORKING or imported.pk in files_at_work():
        return
    with transaction.atomic():
        silent = ImportedFile.objects.filter(state__in=WORKING, changed_at__lt=Now() - STARTING)
        locked = silent.select_for_update(skip_locked=True).filter(pk=imported.pk).first()
        if locked:
            break_off(locked, _("The process that worked on it has ended."))
    imported.refresh_from_db()


def cancel(imported: ImportedFile) -> bool:
    """End the work on a file and throw it away. False if it is stored meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(END, [WORKERS_ENDING, LOCKS, imported.pk])
    with transaction.atomic():
        locked = ImportedFile.objects.select_for_update().get(pk=imported.pk)
        if locked.is_finished:
            return False
        throw_away(locked)
    return True
