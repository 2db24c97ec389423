"""One way in for files of every kind: which it is is found in its first bytes, never by its name."""

from collections.abc import Collection
from typing import IO

from .archives import open_archive
from .headers import KnownNames
from .signatures import ARCHIVE, OLD_WORKBOOK, kind_of_file
from .tables import WITHOUT_ANSWERS, ReadingOptions, Table
from .text_file import read_text_file
from .workbook import read_workbook
from .xls_book import XlsBook
from .xml_parts import Parts


def read_table(file: IO[bytes], name: str, known: Collection[str], options: ReadingOptions = WITHOUT_ANSWERS) -> Table:
    """Return the table in a file; its rows are read when they are asked for, once.

    ``known`` are names of columns and their labels, by which the header is recognised. Raises ``UnreadableFile``, or
    ``Undecided`` where a person must choose.
    """
    names = KnownNames(known)
    kind = kind_of_file(file, name)
    if kind == ARCHIVE:
        return read_workbook(open_archive(Parts(file), name), names, options)
    if kind == OLD_WORKBOOK:
        return read_workbook(XlsBook(file), names, options)
    return read_text_file(file, names, options)
