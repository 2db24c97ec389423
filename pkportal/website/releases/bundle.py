"""The file of a release: a zip file whose bytes depend on the public record, the version and the date alone."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings

from pkportal.exchange.csv_file import write_line
from pkportal.exchange.exporting import csv_lines
from pkportal.exchange.registry import resources_by_name

from .datapackage import ABOUT_RECORD, CODE_LIST_COLUMNS, CODE_LISTS, FileDigest, data_package, datasette_metadata
from .models import CHUNK_BYTES, Release
from .sqlite_file import write_sqlite
from .tables import code_list_rows, release_tables
from .texts import change_notes, citation_file, readme


def write_files(folder: Path, release: Release, previous: Release | None) -> None:
    """Write all files of a release to an empty folder."""
    tables = release_tables()
    codes = code_list_rows(tables)
    write_tables(folder)
    (folder / CODE_LISTS).parent.mkdir()
    lines = map(write_line, [[*CODE_LIST_COLUMNS], *codes])
    (folder / CODE_LISTS).write_text("".join(lines), encoding="utf-8", newline="")
    write_sqlite(folder / "record.sqlite", folder, tables, codes)
    files = {path.relative_to(folder).as_posix(): digest_of_file(path) for path in folder.rglob("*.csv")}
    texts = {
        "CHANGES.md": change_notes(release, previous),
        "CITATION.cff": citation_file(release),
        "LICENSE-CONTENT.md": (settings.BASE_DIR / "LICENSE-CONTENT.md").read_text(encoding="utf-8"),
        "README.md": readme(release, tables, ABOUT_RECORD),
        "datapackage.json": as_json(data_package(release, tables, files)),
        "metadata.json": as_json(datasette_metadata(release, tables)),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    sums = [f"{digest_of_file(folder / name).sha256}  {name}\n" for name in file_names(folder)]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="")


def write_tables(folder: Path) -> None:
    """Write the public rows of every table as CSV, in the order of their natural keys."""
    for name, resource_class in resources_by_name().items():
        records = resource_class._meta.model._default_manager.published().order_by(*resource_class.key_order())
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(resource_class, records, public=True))


def as_json(value: Any) -> str:
    """Return a value as JSON that people can read."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def digest_of_file(path: Path) -> FileDigest:
    """Return the size and the SHA-256 of a file."""
    with path.open("rb") as file:
        return FileDigest(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def file_names(folder: Path) -> list[str]:
    """Return the names of all files in a folder, in an order that is the same everywhere."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def write_zip(path: Path, folder: Path, release: Release) -> None:
    """Pack the files of a folder, all with the time at which the day of the release began."""
    day = release.day
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name in file_names(folder):
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            with (folder / name).open("rb") as file, archive.open(entry, "w", force_zip64=True) as packed:
                shutil.copyfileobj(file, packed, CHUNK_BYTES)
