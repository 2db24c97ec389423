"""Zip files of CSV files, such as a release: unpacked to a folder for as long as they are loaded."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, is_zipfile

from django.utils.translation import gettext as _

from .reading import UnreadableFile
from .reading.packed_table import PACKED_TABLES
from .registry import table_of_file

CHECKSUMS = "SHA256SUMS"
BLOCK_SIZE = 2**20


@contextmanager
def unpacked(paths: Sequence[str]) -> Iterator[list[str]]:
    """Return the paths with a folder of its CSV files in place of each zip file. Raises ``UnreadableFile``."""
    with TemporaryDirectory(prefix="bundle-") as folder:
        yield [
            unpack(Path(path), Path(folder, str(number))) if path.endswith(".zip") and Path(path).is_file() else path
            for number, path in enumerate(paths)
        ]


def unpack(path: Path, folder: Path) -> str:
    """Write the tables at the top of a zip file to a new folder; where it has checksums, they must be right.

    The one table of another name is left where it is.
    """
    folder.mkdir()
    if not is_zipfile(path):
        raise UnreadableFile(_("%(file)s is not a zip file.") % {"file": path})
    try:
        with ZipFile(path) as archive:
            sums = checksums(archive)
            for name in archive.namelist():
                if is_table(PurePosixPath(name)):
                    extract(archive, name, folder / name, sums)
            others = [name for name in archive.namelist() if "/" not in name and name.lower().endswith(PACKED_TABLES)]
    except (BadZipFile, EOFError, UnicodeDecodeError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(_("%(file)s is damaged: %(why)s.") % {"file": path, "why": error}) from None
    if not any(folder.iterdir()):
        if len(others) == 1:  # of another name: it is read in the archive
            return str(path)
        raise UnreadableFile(_("%(file)s has no CSV file of a table at its top.") % {"file": path})
    return str(folder)


def is_table(name: PurePosixPath) -> bool:
    """True for a CSV file at the top that is named after a table; a bundle may have others that describe it."""
    return name.suffix == ".csv" and name.name == str(name) and bool(table_of_file(name.stem))


def checksums(archive: ZipFile) -> dict[str, str]:
    """Return the SHA-256 of each file by its name, as ``SHA256SUMS`` has it; nothing where there is no such file."""
    if CHECKSUMS not in archive.namelist():
        return {}
    lines = archive.read(CHECKSUMS).decode().splitlines()
    return {name: digest for digest, _separator, name in (line.partition("  ") for line in lines)}


def extract(archive: ZipFile, name: str, path: Path, sums: dict[str, str]) -> None:
    """Write one file of an archive, and compare its checksum."""
    digest = hashlib.sha256()
    with archive.open(name) as packed, path.open("wb") as file:
        while block := packed.read(BLOCK_SIZE):
            digest.update(block)
            file.write(block)
    if sums and sums.get(name) != digest.hexdigest():
        message = _("%(name)s in %(file)s is not as it was released: its checksum differs.")
        raise UnreadableFile(message % {"name": name, "file": archive.filename})
