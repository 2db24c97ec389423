"""Text files: encoding, line ends and delimiter are found, and the rows read one by one."""

from typing import IO

from django.utils.translation import gettext as _

from .below_header import below_header
from .delimited import DelimitedRows, find_dialect, has_separator_line, sample_of
from .encodings import find_encoding
from .headers import KnownNames
from .line_source import LineSource, text_blocks
from .tables import Notes, ReadingOptions, Table
from .wrapped_lines import find_wrapping, refuse_blanks_between, unwrapped

SAMPLE_SIZE = 65_536  # characters by which the delimiter is found


def read_text_file(file: IO[bytes], known: KnownNames, options: ReadingOptions) -> Table:
    """Return the table in a text file."""
    encoding = find_encoding(file, options.encoding)
    lines = LineSource(text_blocks(file, encoding.codec, encoding.start))
    notes = Notes()
    sample = sample_of(lines, SAMPLE_SIZE)
    if has_separator_line(sample):
        next(lines)
    elif wrapping := find_wrapping(sample[: 2 * SAMPLE_SIZE], known):
        lines = LineSource(unwrapped(lines, wrapping))
        sample = sample_of(lines, SAMPLE_SIZE)
        notes.add(None, wrapping.note)
    dialect = find_dialect(sample[: 2 * SAMPLE_SIZE], known)
    if dialect.width == 1:
        refuse_blanks_between(sample, known)
    if dialect.skips_blanks:
        notes.add(None, _("Blanks between a delimiter and a quote were left out."))
    if dialect.has_backslashes:
        notes.add(None, _("Backslashes before quotes were read as parts of the quotes."))
    rows = iter(DelimitedRows(lines, dialect, encoding.is_twice, notes))
    return below_header(rows, known, notes, is_padded=False, options=options)


def decode_text(file: IO[bytes], answer: str = "") -> str:
    """Return a text, such as an article beside a table, in its encoding and with line feeds as line ends."""
    encoding = find_encoding(file, answer)
    text = "".join(text_blocks(file, encoding.codec, encoding.start))
    return text.replace("\r\n", "\n").replace("\r", "\n")
