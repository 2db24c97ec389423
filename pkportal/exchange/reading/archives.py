"""Zip files: a workbook of which kind, or something else of which it is said what it is."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .ods_book import CONTENT_PART, OdsBook
from .tables import UnreadableFile
from .xlsx_book import XlsxBook
from .xml_parts import Parts

OTHER_ARCHIVES = {  # a part that it has, and what has such a part
    "xl/workbook.bin": gettext_lazy("a binary Excel workbook (.xlsb): save it as .xlsx"),
    "word/document.xml": gettext_lazy("a Word document: put the table into a spreadsheet"),
    "ppt/presentation.xml": gettext_lazy("a presentation: put the table into a spreadsheet"),
    "Index/Document.iwa": gettext_lazy("a document of Numbers or Pages: export it as .xlsx or CSV"),
    "Index.zip": gettext_lazy("a document of Numbers or Pages: export it as .xlsx or CSV"),
}
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".xls")
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def open_archive(parts: Parts, name: str) -> XlsxBook | OdsBook:
    """Return the workbook in a zip file. Raises ``UnreadableFile`` for any other zip file, with what it is."""
    for part, words in OTHER_ARCHIVES.items():
        if part in parts:
            raise UnreadableFile(_("“%(name)s” is %(kind)s.") % {"name": name, "kind": words})
    if CONTENT_PART in parts:
        kind = b"".join(parts.pieces("mimetype")) if "mimetype" in parts else SPREADSHEET
        if not kind.startswith(SPREADSHEET):
            kind = _("an OpenDocument text or picture: put the table into a spreadsheet")
            raise UnreadableFile(_("“%(name)s” is %(kind)s.") % {"name": name, "kind": kind})
        return OdsBook(parts)
    is_office = any(part.startswith(("xl/", "_rels/", "[Content_Types]")) for part in parts.sizes)
    if not is_office and any(part.lower().endswith(TABLES) for part in parts.sizes):
        kind = _("an archive of files: unpack it, and choose one of them")
        raise UnreadableFile(_("“%(name)s” is %(kind)s.") % {"name": name, "kind": kind})
    return XlsxBook(parts)
