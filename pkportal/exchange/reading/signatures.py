"""What kind of file it is, by its first bytes; of those that are no table it is said what they are."""

import codecs
import re
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .encodings import utf_16_without_mark
from .tables import UnreadableFile

ARCHIVE, GZIP, OLD_WORKBOOK, WEB_PAGE = "archive", "compressed", "old workbook", "web page"
JSON, TEXT = "JSON", "text"
START_SIZE = 4096  # bytes that are looked at
FOREIGN = {  # first bytes, and what begins with them
    b"%PDF": gettext_lazy("a PDF document"),
    b"\x89PNG": gettext_lazy("an image"),
    b"\xff\xd8\xff": gettext_lazy("an image"),
    b"GIF8": gettext_lazy("an image"),
    b"BZh": gettext_lazy("a compressed file (bzip2): unpack it first"),
    b"\xfd7zXZ": gettext_lazy("a compressed file (xz): unpack it first"),
    b"7z\xbc\xaf": gettext_lazy("an archive (7z): unpack it first"),
    b"Rar!": gettext_lazy("an archive (RAR): unpack it first"),
    b"SQLite format 3": gettext_lazy("a database (SQLite)"),
    b"PAR1": gettext_lazy("a Parquet file"),
    b"{\\rtf": gettext_lazy("a text document (RTF)"),
    b"ID;P": gettext_lazy("a SYLK file (.slk): open it in a spreadsheet and save it as .xlsx or CSV"),
    b"MIME-Version:": gettext_lazy("a web archive (MHTML): open it in a spreadsheet and save it as .xlsx or CSV"),
}
_json = re.compile(r'\s*(\[\s*([\[{"0-9]|\]\s*$)|\{\s*(["}]))')
_html = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta|style)\b", re.IGNORECASE | re.DOTALL)
_xml = re.compile(r"\s*<(\?xml|[a-z:]+[\s>])", re.IGNORECASE)
_not_in_text = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def kind_of_file(file: IO[bytes], name: str) -> str:
    """Return what kind of file it is. Raises ``UnreadableFile`` for those that are no table, with what they are."""
    file.seek(0)
    start = file.read(START_SIZE)
    if not start:
        raise UnreadableFile(_("The file is empty."))
    if start.startswith(b"PK\x03\x04"):
        return ARCHIVE
    if start.startswith(b"\x1f\x8b"):
        return GZIP
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return OLD_WORKBOOK
    for signature, words in FOREIGN.items():
        if start.startswith(signature):
            raise UnreadableFile(_("“%(name)s” is %(kind)s.") % {"name": name, "kind": words})
    has_mark = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
    wide = "utf-16" if has_mark else utf_16_without_mark(start)
    text = start.decode(wide or "utf-8-sig", errors="ignore")
    if _json.match(text):
        return JSON
    if _html.match(text):
        return WEB_PAGE
    if words := _what_it_is(text) or _no_text(start, wide):
        raise UnreadableFile(_("“%(name)s” is %(kind)s.") % {"name": name, "kind": words})
    return TEXT


def _what_it_is(text):
    """Return in words what begins like this, or nothing if it may be a table."""
    if _xml.match(text):
        if "urn:schemas-microsoft-com:office:spreadsheet" in text:
            return _("an XML spreadsheet of 2003: open it in a spreadsheet and save it as .xlsx or CSV")
        return _("XML, not a table: save it as CSV or .xlsx")
    return ""


def _no_text(start, wide):
    """Return in words that these bytes are neither text nor a workbook, if they have too many control characters."""
    controls = len(_not_in_text.findall(start))
    enough = 4 if b"\0" in start else 50  # of a few control characters in a short text each is named in its row
    if not wide and controls >= enough and controls * 20 > len(start):
        return _("neither text nor a workbook")
    return ""
