"""One way in for files of every kind: which it is is found in its first bytes, never by its name."""

from collections.abc import Collection
from typing import IO

from django.utils.translation import gettext as _

from .headers import KnownNames
from .signatures import ARCHIVE, OLD_WORKBOOK, kind_of_file
from .tables import WITHOUT_ANSWERS, ReadingOptions, Table, UnreadableFile
from .text_file import read_text_file
from .workbook import read_archive


def read_table(file: IO[bytes], name: str, known: Collection[str], options: ReadingOptions = WITHOUT_ANSWERS) -> Table:
    """Return the table in a file; its rows are read when they are asked for, once.

    ``known`` are names of columns and their labels, by which the header is recognised. Raises ``UnreadableFile``, or
    ``Undecided`` where a person must choose.
    """
    names = KnownNames(known)
    kind = kind_of_file(file, name)
    if kind == ARCHIVE:
        return read_archive(file, names, options)
    if kind == OLD_WORKBOOK:
        raise UnreadableFile(_("This is an old Excel workbook, or one with a password: save it as .xlsx or as CSV."))
    return read_text_file(file, names, options)
