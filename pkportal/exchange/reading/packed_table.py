"""The one table in a zip file, such as that of a list with its licence: read as it is unpacked."""

import io

from .xml_parts import Parts

PACKED_TABLES = (".csv", ".tsv", ".json", ".jsonl")


class PackedFile(io.RawIOBase):
    """A file in an archive. To go back in it is to unpack it again."""

    def __init__(self, parts: Parts, name: str):
        super().__init__()
        self.parts, self.name = parts, name
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
        self.pieces, self.waiting = self.parts.pieces(self.name), b""
        self.read(offset)
        return offset


def packed_table(parts: Parts) -> PackedFile | None:
    """Return the table at the top of an archive; None where there is none, or more than one."""
    names = [name for name in parts.sizes if "/" not in name and name.lower().endswith(PACKED_TABLES)]
    return PackedFile(parts, names[0]) if len(names) == 1 else None
