"""ZIP archives that are sent while they are written: memory holds a block of one part, however large it is."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

MOST_BYTES = zipfile.ZIP64_LIMIT  # of a part whose size every program can read
LEVEL = 1  # of compression: the next ones take twice as long for a tenth of the size


class PartTooLargeError(Exception):
    """A part has more bytes than may be told in a form that all programs read."""


class ZipPart(NamedTuple):
    """One file of an archive; of one that may have more than 2 GB some old programs cannot read the size."""

    name: str
    blocks: Iterable[str]
    may_be_huge: bool = False


class _Sink(io.RawIOBase):
    """What an archive is written to: it cannot be sought in, and is emptied after every block."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: Any, /) -> int:
        self.written += data
        return len(data)

    def take(self) -> list[bytes]:
        """Return what was written since the last time, if anything was."""
        taken = [bytes(self.written)] if self.written else []
        self.written.clear()
        return taken


def zipped(parts: Iterable[ZipPart]) -> Iterator[bytes]:
    """Yield an archive block by block; the same parts give the same bytes. Raises ``PartTooLargeError``."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, blocks, may_be_huge in parts:
            size = 0
            with archive.open(name, "w", force_zip64=may_be_huge) as part:
                for data in map(str.encode, blocks):
                    size += len(data)
                    if size > MOST_BYTES and not may_be_huge:
                        raise PartTooLargeError
                    part.write(data)
                    yield from sink.take()
    yield from sink.take()
