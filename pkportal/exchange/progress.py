"""Progress of an import: which phase it is in, how many rows were read, and which share of the work is done."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from .reading import TableRow

READING_SHARE = 0.6  # the share of staging that reading a file is; the rest is comparing it with the record
ROWS_A_REPORT = 2_000


class Progress(NamedTuple):
    """How far a piece of work has come; rows are None where a phase does not go row by row."""

    phase: str
    rows: int | None
    share: float


Report = Callable[[Progress], None]
ShareReport = Callable[..., None]  # of a share of the work, and of the rows that are done if that is known


def no_report(progress: Progress) -> None:
    """Report nothing: nobody can see it before the work is done."""


def report_nothing(share: float, rows: int | None = None) -> None:
    """Report no share of the work: nobody waits for it."""


def reported_rows(rows: Iterable[TableRow], file: IO[bytes], size: int, report: Report) -> Iterator[TableRow]:
    """Yield the rows of a table, and report every so many how many they are, and how much of the file is read."""
    number = 0
    for number, row in enumerate(rows, 1):
        if not number % ROWS_A_REPORT:
            report(Progress(_("reading"), number, READING_SHARE * min(file.tell() / size, 1)))
        yield row
    report(Progress(_("comparing with the record"), number, READING_SHARE))


def report_compared(report: Report, share: float) -> None:
    """Report which share of comparing a file with the record is done."""
    report(Progress(_("comparing with the record"), None, READING_SHARE + (1 - READING_SHARE) * share))


def report_stored(report: Report, share: float, rows: int | None = None) -> None:
    """Report which share of storing a file is done, and how many rows are stored where that is known."""
    report(Progress(_("storing"), rows, share))


def report_undone(report: Report, share: float) -> None:
    """Report which share of undoing a file is done."""
    report(Progress(_("taking back what it stored"), None, share))
