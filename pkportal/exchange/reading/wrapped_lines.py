"""Lines that were wrapped on their way: each in quotes as one cell, or behind the mark of a mail that was answered."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .delimited import find_dialect
from .headers import KnownNames, trim_names
from .tables import UnreadableFile

LINES_LOOKED_AT = 60
FEWEST_NAMES = 2  # known names in one line without delimiters: its columns are set apart by blanks
_quoted = re.compile(r'[ \t]*"((?:[^"]|"")*)"[ \t]*([\r\n]*)')
_answered = re.compile(r"(?:> ?)+")


class Wrapping(NamedTuple):
    """How a line is unwrapped, and what is said of it."""

    unwrap: Callable[[str], str]
    note: str


def find_wrapping(sample: str, known: KnownNames) -> Wrapping | None:
    """Return how all lines of a text are wrapped; None if they are not."""
    lines = [line for line in sample.splitlines()[:LINES_LOOKED_AT] if line.strip()]
    for unwrap, note in WRAPPINGS.items():
        if all(line != unwrap(line) for line in lines):
            unwrapped = "".join(f"{unwrap(line)}\n" for line in lines)
            if find_dialect(unwrapped, known).width > max(1, find_dialect(sample, known).width - 1):
                return Wrapping(unwrap, str(note))
    return None


def unwrap_quoted(line: str) -> str:
    """Return a line without the quotes around all of it."""
    match = _quoted.fullmatch(line)
    return match[1].replace('""', '"') + match[2] if match else line


def unwrap_answered(line: str) -> str:
    """Return a line without the marks of an answered mail."""
    return _answered.sub("", line, count=1) if line.startswith(">") else line


WRAPPINGS = {
    unwrap_quoted: gettext_lazy("Each line is in quotes as a whole; they were left out."),
    unwrap_answered: gettext_lazy("Each line begins with “>”, as in an answered mail; it was left out."),
}


def unwrapped(lines: Iterable[str], wrapping: Wrapping) -> Iterator[str]:
    """Yield lines as they were before."""
    return map(wrapping.unwrap, lines)


def refuse_blanks_between(sample: str, known: KnownNames) -> None:
    """Refuse a text whose columns are set apart by blanks alone."""
    for line in sample.splitlines()[:LINES_LOOKED_AT]:
        names = [name for name in trim_names(re.split(r"\s{2,}", line.strip())) if name]
        if len(known.find(names if len(names) > 1 else line.split())) >= FEWEST_NAMES:
            raise UnreadableFile(
                _(
                    "The columns of this text are set apart by blanks. Open it in a spreadsheet with “Text to "
                    "columns”, and save it as CSV or .xlsx."
                )
            )
