"""What is said of an imported file: why rows are refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .row_names import row_in_words
from .staging.stage import Stage
from .staging.staged_file import faults_of

MAX_REFUSALS = 1_000  # of a file, that are listed


@dataclass(frozen=True)
class Refusal:
    """One error in a file: the row as a spreadsheet counts, the column, the value, the reason."""

    file: str
    reason: str
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self):
        parts, value = [self.file], shorten(self.value, 300)
        if self.row:
            parts.append(row_in_words(self.row))
        if self.column:
            parts.append(_("column %(column)s, “%(value)s”") % {"column": self.column, "value": value})
        return f"{', '.join(parts)}: {shorten(self.reason.replace(self.value, value), 900)}"


def refusals_of(file: str, stage: Stage) -> list[Refusal]:
    """Return the first faults of a staged file as refusals, in the order of the rows; those of the file come first."""
    faults = faults_of(stage, limit=MAX_REFUSALS)
    return [Refusal(file, fault.reason, fault.row, fault.column, fault.text) for fault in faults]


def shorten(text: str, max_length: int) -> str:
    """Return the beginning of a text: one cell may hold a book."""
    return text if len(text) <= max_length else f"{text[:max_length]}…"
