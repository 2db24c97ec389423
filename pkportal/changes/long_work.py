"""Long work in a process of its own, with its own connection, limits of memory and of time.

Each piece of work is a row of a model. An advisory lock of the row tells whether its process is alive. How far it has
come is kept in the row, by a second connection, because the first may be in a transaction. Killed at any moment it
leaves nothing half done: its transaction ends with it.
"""

import logging
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any, NamedTuple

from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled

from pkportal.content.timeouts import wait_for_locks
from pkportal.exchange.progress import Progress, Report

from .work_rows import WorkRow

COMMAND = "do_long_work"  # of manage.py
MOST_MEMORY = 2 * 1024**3  # bytes of address space
LONGEST_WORK = 3600  # seconds
REPORT_SECONDS = 0.5
STEP = 0.05  # a share of the work that is written down at once
STARTING = timedelta(seconds=30)  # that a new process may need before it has its lock
WORKERS_ENDING = 5_000  # milliseconds to wait for a process that is told to end
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
REPORT = """
UPDATE {} SET phase = %s, rows_done = coalesce(%s, rows_done), thousandths_done = %s, reported_at = now()
WHERE id = %s
"""
_log = logging.getLogger("pkportal.changes")


class LongWork(NamedTuple):
    """A kind of long work: each row of its model in one of some states is a piece that a process does, or should.

    ``do`` does it and writes down how it ended; ``break_off`` writes down in words why it ended before it was done.
    """

    model: type[WorkRow]
    locks: int  # class of the advisory locks, one for each row
    working: list[Any]
    do: Callable[[Any, Report], None]
    break_off: Callable[[Any, str], None]

    @property
    def name(self) -> str:
        """Return the name by which the command knows it."""
        return self.model._meta.label_lower

    def rows(self) -> models.QuerySet[Any]:
        """Return the pieces of work that a process does, or should."""
        return self.model._base_manager.filter(state__in=self.working)


class TookTooLong(Exception):
    """The work took longer than it may."""


def start_process(work: LongWork, pk: int) -> None:
    """Start the process that does a piece of work; it goes on whatever becomes of this one."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), COMMAND, work.name, str(pk)]
    nothing: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True, **nothing)  # noqa: S603 - our own


def work_in_this_process(work: LongWork, pk: int) -> None:
    """Do a piece of work until it is done, refused or stopped, within limits of memory and time."""
    limit_process()
    with held(work, pk) as is_held:
        row = work.rows().filter(pk=pk).first()
        if not is_held or row is None:
            return
        try:
            with ShownProgress(row) as report:
                work.do(row, report)
        except TookTooLong:
            reason = _("It took longer than an hour.")
        except MemoryError:
            reason = _("It needed more memory than it may.")
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected | LockNotAvailable | QueryCanceled):
                raise
            _log.warning("long work held up", {"work": work.name, "row": pk, "error": error})
            reason = _("Other work on the same records held it up for too long.")
        else:
            return
        work.break_off(work.model._base_manager.get(pk=pk), reason)


def limit_process() -> None:
    """Limit the memory and the time of this process, not how long it waits for others, and let the pages come first."""
    os.nice(5)
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    wait_for_locks()
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST_WORK)


def too_long(number: int, frame: FrameType | None) -> None:
    """End the work: its time is over."""
    raise TookTooLong


@contextmanager
def held(work: LongWork, pk: int) -> Iterator[bool]:
    """Have the lock of a row for a while, if no other process has it; the database notices if this process is killed.

    Otherwise it would first end a statement of several minutes, and nobody could resume the work until then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '2s'")
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [work.locks, pk])
        (is_held,) = cursor.fetchone()
    try:
        yield is_held
    finally:
        if is_held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [work.locks, pk])


class ShownProgress:
    """How far the work has come, written every half second by a connection of its own."""

    def __init__(self, row: WorkRow):
        self.row, self.connection = row, connection.copy()
        self.connection.inc_thread_sharing()  # another thread reports while this one waits for a statement
        self.next, self.phase, self.share = 0.0, "", 0.0

    def __enter__(self):
        return self

    def __exit__(self, *error: object):
        self.connection.close()

    def __call__(self, progress: Progress) -> None:
        """Write down the phase, the rows and the share, unless almost the same was written a moment ago."""
        now = time.monotonic()
        is_step = progress.phase != self.phase or progress.share >= self.share + STEP
        if now < self.next and not is_step:
            return
        self.next, self.phase, self.share = now + REPORT_SECONDS, progress.phase, progress.share
        values = [progress.phase, progress.rows, round(1000 * progress.share), self.row.pk]
        with self.connection.cursor() as cursor:
            cursor.execute(REPORT.format(connection.ops.quote_name(self.row._meta.db_table)), values)


def rows_at_work(work: LongWork) -> set[int]:
    """Return the primary keys of the rows that a process works on now, on any machine."""
    with connection.cursor() as cursor:
        cursor.execute(ALIVE, [work.locks])
        return {pk for (pk,) in cursor.fetchall()}


def notice_broken(work: LongWork) -> None:
    """Count work as broken off that nobody does any more; a process that was started just now needs a moment.

    One that has said in which phase it is had begun.
    """
    if not work.rows().exists():
        return
    alive = rows_at_work(work)
    with transaction.atomic():
        silent = work.rows().exclude(pk__in=alive).exclude(phase="", changed_at__gt=Now() - STARTING)
        for row in silent.select_for_update(skip_locked=True, of=["self"]):
            work.break_off(row, _("The process that worked on it has ended."))


def end_process(work: LongWork, pk: int) -> None:
    """End the process that does a piece of work, if there is one; the database takes back what it did."""
    with connection.cursor() as cursor:
        cursor.execute(END, [WORKERS_ENDING, work.locks, pk])
