"""A packed table, read as it is unpacked: the one in a zip file, or a file that was compressed by itself (gzip)."""

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from django.utils.translation import gettext as _

from .tables import UnreadableFile
from .xml_parts import ALWAYS_UNPACKED, MAX_PART, MAX_RATIO, PIECE, Parts, larger_than_it_seems

PACKED_TABLES = (".csv", ".tsv", ".json", ".jsonl")


class PackedFile(io.RawIOBase):
    """A packed file. To go back in it is to unpack it again."""

    def __init__(self, name: str, unpack: Callable[[], Iterator[bytes]]):
        super().__init__()
        self.name, self.unpack = name, unpack
        self.waiting = b""
        self.seek(0)

    def readable(self) -> bool:
        """True: it is there to be read."""
        return True

    def readinto(self, buffer) -> int:
        """Put the next bytes into a buffer."""
        if not self.waiting:
            self.waiting = next(self.pieces, b"")
        taken, self.waiting = self.waiting[: len(buffer)], self.waiting[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place that is counted from the beginning."""
        self.pieces, self.waiting = self.unpack(), b""
        self.read(offset)
        return offset


def packed_table(parts: Parts) -> PackedFile | None:
    """Return the table at the top of an archive; None where there is none, or more than one."""
    names = [name for name in parts.sizes if "/" not in name and name.lower().endswith(PACKED_TABLES)]
    return PackedFile(names[0], lambda: parts.pieces(names[0])) if len(names) == 1 else None


def compressed_file(file: IO[bytes], name: str) -> PackedFile:
    """Return the file that is compressed in another, without the ending of its name."""
    return PackedFile(name.removesuffix(".gz"), lambda: unpacked_pieces(file, name))


def unpacked_pieces(file: IO[bytes], name: str) -> Iterator[bytes]:
    """Yield the bytes that are compressed in a file, as long as they are not far more than any table has."""
    most = min(MAX_PART, max(ALWAYS_UNPACKED, MAX_RATIO * file.seek(0, os.SEEK_END)))
    file.seek(0)
    total = 0
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as unpacking:
            while piece := unpacking.read(PIECE):
                total += len(piece)
                if total > most:
                    raise larger_than_it_seems(name, total)
                yield piece
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(_("“%s” is damaged or incomplete: it cannot be unpacked.") % name) from error
