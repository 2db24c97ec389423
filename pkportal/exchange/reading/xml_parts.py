"""Parts of a zip file, such as a workbook: bounded before they are unpacked, and parsed as they are unpacked."""

import zipfile
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .tables import UnreadableFile

MAX_PART = zipfile.ZIP64_LIMIT  # bytes of XML, once unpacked: as many as our own workbooks have at most
MAX_RATIO = 100  # how many times larger a part may be unpacked; sheets of real tables are 5 to 40 times larger
ALWAYS_UNPACKED = 1_000_000  # bytes: what is smaller may have any ratio
MOST_PARTS = 20_000
PIECE = 65_536  # bytes that are parsed together


class Parts:
    """The parts of a zip file."""

    def __init__(self, file: IO[bytes]):
        try:
            self.archive = zipfile.ZipFile(file)
            self.sizes = {part.filename: part for part in self.archive.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise broken_workbook() from error
        if len(self.sizes) > MOST_PARTS:
            raise broken_workbook()

    def __contains__(self, name: str) -> bool:
        """True if there is this part."""
        return name in self.sizes

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of one part, after its size was checked."""
        part = self.sizes.get(name)
        if part is None:
            raise broken_workbook()
        is_dense = part.file_size > ALWAYS_UNPACKED and part.file_size > MAX_RATIO * max(1, part.compress_size)
        if part.file_size > MAX_PART or is_dense:
            raise larger_than_it_seems(name, part.file_size)
        if part.flag_bits & 1:
            raise locked_workbook()
        try:
            with self.archive.open(part) as file:
                while piece := file.read(PIECE):
                    yield piece
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise broken_workbook() from error
        except Exception as error:
            if type(error).__module__ in ("zlib", "lzma", "bz2"):
                raise broken_workbook() from error
            raise


class XmlReader:
    """A streaming parser of one part. A subclass has the methods ``start`` and ``end``, which get local names.

    What is found is added to ``found`` and yielded as the part is unpacked.
    """

    def __init__(self):
        self.found: list = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = _refuse_document_type
        self.texts: list[str] = []
        self._collect: Callable[[str], None] = self.texts.append

    def _start(self, name, attributes):
        if ":" in name:
            name = name.rpartition(":")[2]
        self.start(name, attributes)

    def _end(self, name):
        if ":" in name:
            name = name.rpartition(":")[2]
        self.end(name)

    def collect(self, is_wanted: bool) -> None:
        """Collect the text that follows in ``texts``, or stop."""
        self.parser.CharacterDataHandler = self._collect if is_wanted else None

    def read(self, pieces: Iterator[bytes]) -> Iterator:
        """Parse a part and yield what is found."""
        try:
            for piece in pieces:
                self.parser.Parse(piece, False)
                if self.found:
                    yield from self.found
                    self.found.clear()
            self.parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise broken_workbook() from error
        yield from self.found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""


def local(attributes: dict[str, str], name: str, default: str = "") -> str:
    """Return an attribute by its name without a prefix."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), default)


def larger_than_it_seems(name: str, size: int) -> UnreadableFile:
    """Return the error for what is far larger once unpacked than any table."""
    words = {"part": name, "size": filesizeformat(size)}
    message = _("The file is larger than it seems: %(part)s has %(size)s once unpacked. Save its table as CSV.")
    return UnreadableFile(message % words)


def broken_workbook() -> UnreadableFile:
    """Return the error for a workbook that is damaged."""
    return UnreadableFile(_("The file is not a workbook that can be read."))


def locked_workbook() -> UnreadableFile:
    """Return the error for a workbook with a password."""
    return UnreadableFile(_("The workbook has a password: save it without one."))


def _refuse_document_type(*_arguments):
    raise broken_workbook()
