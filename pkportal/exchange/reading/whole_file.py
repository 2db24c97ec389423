"""One way in for files of every kind: which it is is found in its first bytes, never by its name."""

from collections.abc import Collection
from typing import IO

from django.utils.translation import gettext as _

from .archives import open_archive
from .headers import KnownNames
from .html_book import HtmlBook
from .json_file import read_json_file
from .packed_table import compressed_file, packed_table
from .signatures import ARCHIVE, GZIP, JSON, OLD_WORKBOOK, TEXT, WEB_PAGE, kind_of_file
from .tables import WITHOUT_ANSWERS, ReadingOptions, Table, UnreadableFile
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
        parts = Parts(file)
        if packed := packed_table(parts):
            table = _read_packed(packed, names, options)
            table.notes.add(None, _("“%s” was read, and no other file of the archive.") % packed.name)
            return table
        return read_workbook(open_archive(parts, name), names, options)
    if kind == GZIP:
        return _read_packed(compressed_file(file, name), names, options)
    if kind == OLD_WORKBOOK:
        return read_workbook(XlsBook(file), names, options)
    if kind == WEB_PAGE:
        table = read_workbook(HtmlBook(file, options.encoding), names, options)
        table.notes.add(None, _("It is a web page (HTML), whatever its name says: its table was read."))
        return table
    return _read_text(file, kind, names, options)


def _read_packed(packed, names, options):
    """Return the table in a file that is unpacked."""
    kind = kind_of_file(packed, packed.name)
    if kind not in (TEXT, JSON):
        raise UnreadableFile(_("“%s” is packed, and no text: unpack it first.") % packed.name)
    return _read_text(packed, kind, names, options)


def _read_text(file, kind, names, options):
    return read_json_file(file, options) if kind == JSON else read_text_file(file, names, options)
