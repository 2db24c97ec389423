"""XLSX workbooks: which sheets there are, how their cells are shown, and what texts they share.

openpyxl takes four times as long, twice for files with formulas; calamine keeps a whole sheet in memory, and tells
neither how a number is shown nor which rows are hidden (see DECISIONS.md).
"""

import posixpath
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from .cell_comments import MOST_COMMENTS, CommentsReader, note_comments
from .merged_cells import MergedCells
from .number_formats import AS_PLAIN, BUILT_IN, EPOCH, EPOCH_OF_1904, kind_of_format
from .shared_texts import SharedTexts
from .tables import Notes, RawRow
from .xlsx_sheet import SheetReader, merged_in_xml
from .xml_parts import Parts, XmlReader, broken_workbook, local

WORKSHEET = "/worksheet"  # the end of the relationship's type; charts and macros have sheets of other types


class Sheet(NamedTuple):
    """A sheet with cells: its name, its part, and whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


class XlsxBook:
    """An XLSX workbook."""

    leaves_out_hidden = False

    def __init__(self, parts: Parts):
        self.parts = parts
        part = main_part(parts)
        reader = BookReader()
        [*reader.read(parts.pieces(part))]
        targets = related(parts, part)
        self.epoch = EPOCH_OF_1904 if reader.is_1904 else EPOCH
        self.sheets = [
            Sheet(name, target.part, is_hidden)
            for name, key, is_hidden in reader.sheets
            if (target := targets.get(key)) and target.kind.endswith(WORKSHEET)
        ]
        self.skipped = [name for name, *_rest in reader.sheets if name not in {sheet.name for sheet in self.sheets}]
        self._by_kind = {target.kind.rpartition("/")[2]: target.part for target in targets.values()}
        self._texts: SharedTexts | None = None
        self._kinds: Sequence[str] | None = None

    def rows(self, sheet: Sheet, notes: Notes, merged: MergedCells | None = None) -> Iterator[RawRow]:
        """Yield the rows of a sheet that are not blank; the notes are complete after the last."""
        if merged:
            merged.add(merged_in_xml(self.parts.pieces(sheet.part)))
        if self._texts is None or self._kinds is None:
            texts, styles = (self._by_kind.get(kind, "") for kind in ("sharedStrings", "styles"))
            self._texts = SharedTexts(self.parts.pieces(texts)) if texts in self.parts else SharedTexts()
            self._kinds = [*StylesReader().read(self.parts.pieces(styles))] if styles in self.parts else []
        reader = SheetReader(self._texts, self._kinds, self.epoch)
        try:
            yield from reader.read(self.parts.pieces(sheet.part))
        except IndexError as error:  # a shared text that is not there
            raise broken_workbook() from error
        reader.note_what_was_seen(notes, self.leaves_out_hidden)
        self._note_comments(sheet, notes)

    def _note_comments(self, sheet: Sheet, notes: Notes) -> None:
        """Say beside which cells somebody wrote a comment, which is in no cell."""
        parts = [
            target.part for target in related(self.parts, sheet.part).values() if target.kind.endswith("/comments")
        ]
        for part in (part for part in parts if part in self.parts):
            note_comments(notes, [*islice(CommentsReader().read(self.parts.pieces(part)), MOST_COMMENTS + 1)])


class Related(NamedTuple):
    """A part that another part names, and as what."""

    part: str
    kind: str


class RelationsReader(XmlReader):
    """Reads which parts belong to a part, by their keys."""

    def start(self, name, attributes):
        """Keep one relation."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.found.append((attributes.get("Id", ""), attributes.get("Target", ""), attributes.get("Type", "")))


class BookReader(XmlReader):
    """Reads the names of the sheets, and with which day the calendar starts."""

    def __init__(self):
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.is_1904 = False

    def start(self, name, attributes):
        """Keep one sheet."""
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), key, is_hidden))
        elif name == "workbookPr":
            self.is_1904 = local(attributes, "date1904") in ("1", "true")


class StylesReader(XmlReader):
    """Reads how the cells of each style are shown."""

    def __init__(self):
        super().__init__()
        self.codes: dict[str, str] = {}
        self.is_in_styles = False

    def start(self, name, attributes):
        """Keep one format, or find the kind of one style."""
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.is_in_styles = True
        elif name == "xf" and self.is_in_styles:
            key = attributes.get("numFmtId", "0")
            known = BUILT_IN.get(int(key), AS_PLAIN) if key.isdecimal() else AS_PLAIN
            self.found.append(kind_of_format(self.codes[key]) if key in self.codes else known)

    def end(self, name):
        """Leave the styles of cells."""
        if name == "cellXfs":
            self.is_in_styles = False


def main_part(parts: Parts) -> str:
    """Return the name of the part that lists the sheets."""
    for target in related(parts, "").values():
        if target.kind.endswith("/officeDocument") and target.part in parts:
            return target.part
    if "xl/workbook.xml" in parts:
        return "xl/workbook.xml"
    raise broken_workbook()


def related(parts: Parts, part: str) -> dict[str, Related]:
    """Return the parts that belong to a part, by their keys."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in parts:
        return {}
    return {
        key: Related(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), kind)
        for key, target, kind in RelationsReader().read(parts.pieces(relations))
    }
