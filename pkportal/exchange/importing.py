"""What is said of an imported file: why rows are refused, and what was read in cells."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .cell_reading import conversion_in_words
from .staging.copy_texts import ReadConversion
from .staging.stage import Stage
from .staging.staged_file import faults_of


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
            parts.append(_("row %(row)d") % {"row": self.row})
        if self.column:
            parts.append(_("column %(column)s, “%(value)s”") % {"column": self.column, "value": value})
        return f"{', '.join(parts)}: {shorten(self.reason.replace(self.value, value), 900)}"


def conversions_of(stage: Stage) -> list[ReadConversion]:
    """Return what was read in texts that are not written as a dump writes them; names of rows of the file too."""
    names = [
        ReadConversion(column.name, name, conversion_in_words(name, code))
        for column in stage.columns
        if column.is_self_link
        for name, code in column.column.widget.names_read.items()
    ]
    return [*stage.conversions, *names]


def refusals_of(file: str, stage: Stage) -> list[Refusal]:
    """Return every fault of a staged file as a refusal, in the order of the rows."""
    return [Refusal(file, fault.reason, fault.row, fault.column, fault.text) for fault in faults_of(stage)]


def shorten(text: str, max_length: int) -> str:
    """Return the beginning of a text: one cell may hold a book."""
    return text if len(text) <= max_length else f"{text[:max_length]}…"
