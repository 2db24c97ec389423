"""Imports: one file as the admin imports it, and many files in one transaction as the command ``load`` does."""

import os
from functools import partial
from pathlib import Path

import pghistory
import tablib
from django.db import connection, transaction
from django.utils.translation import gettext as _

from .csv_file import FileRows, UnreadableFile, decode, read_csv
from .import_result import ImportResult, Refusal, collect_refusals
from .registry import resources_by_name


def run_import(resource_class, file_name: str, read, **options) -> ImportResult:
    """Import one file, or with ``dry_run`` find out what it would do; one bad row, and nothing of it is kept.

    ``read`` returns the header and the rows, or raises ``UnreadableFile``. ``options`` are those of ``import_data``.
    """
    try:
        header, rows = read()
    except UnreadableFile as error:
        return ImportResult(file_name, refusals=[Refusal(file_name, str(error))])
    resource = resource_class()
    result = resource.import_data(tablib.Dataset(*rows, headers=header), **options)
    refusals = collect_refusals(file_name, resource_class, result, header)
    names = [column.column_name for column in resource.columns()]
    columns = {name: position for position, name in enumerate(names) if name in header}
    keys = resource.get_import_id_fields()
    return ImportResult(file_name, columns, keys, [] if refusals else result.rows, refusals)


def load_files(paths, dry_run=False) -> list[ImportResult]:
    """Import CSV files, or folders of them, in one transaction; one refusal, and nothing is stored."""
    names = [Path(path).name.encode(errors="replace").decode() for path in paths]  # a file name may be no valid text
    with transaction.atomic(), pghistory.context(act="load", files=names):
        files = sort_files(paths)
        results = [
            # valid rows stay until the end, so that later files are not refused for linking to them
            run_import(resource_class, path.name, partial(read_path, path), rollback_on_validation_errors=False)
            for path, resource_class in files
        ]
        tables = ", ".join(resource_class._meta.model._meta.db_table for _path, resource_class in files)
        with connection.cursor() as cursor:  # or the first visitors' queries are planned for empty tables
            cursor.execute(f"ANALYZE {tables}")
        if dry_run or any(result.refusals for result in results):
            transaction.set_rollback(True)
    return results


def sort_files(paths) -> list[tuple]:
    """Pair each file with its resource class, linked models first. Raises ``UnreadableFile`` for an unknown file."""
    files = []
    for name in paths:
        if not os.path.exists(name):  # noqa: PTH110 - Path("") is the current folder, and a long name an OSError
            raise UnreadableFile(_("There is no file or folder %(path)s.") % {"path": name})
        path = Path(name)
        files += sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise UnreadableFile(_("There is no CSV file in %(paths)s.") % {"paths": ", ".join(map(str, paths))})
    resource_classes = resources_by_name()
    if unknown := [str(file) for file in files if file.stem not in resource_classes]:
        raise UnreadableFile(
            _("Unknown file: %(files)s. A file is named after its table: %(known)s.")
            % {"files": ", ".join(unknown), "known": ", ".join(f"{name}.csv" for name in resource_classes)}
        )
    order = [*resource_classes]
    return [(file, resource_classes[file.stem]) for file in sorted(files, key=lambda file: order.index(file.stem))]


def read_path(path: Path) -> FileRows:
    """Read a CSV file of the disk, with the texts beside it."""
    return add_texts(path, read_csv(read_bytes(path)))


def read_bytes(path: Path) -> bytes:
    """Read a file; an ``OSError`` becomes ``UnreadableFile``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}) from None


def read_text(path: Path) -> str:
    """Read a text in any encoding that a CSV file may have, with line feeds as line ends."""
    return decode(read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")


def add_texts(path: Path, table: FileRows) -> FileRows:
    """Add the column ``text`` from the folder beside a file: topics.csv has its articles in topics/<code>.md."""
    header, rows = table
    folder = path.with_suffix("")
    if not folder.is_dir() or "text" in header or "code" not in header:
        return table
    texts = {file.stem: read_text(file) for file in sorted(folder.glob("*.md"))}
    codes = [row[header.index("code")] for row in rows]
    if unknown := sorted(texts.keys() - {*codes}):
        names = ", ".join(f"{folder.name}/{name}.md" for name in unknown)
        raise UnreadableFile(_("No row of %(file)s has the text %(names)s.") % {"file": path.name, "names": names})
    return FileRows([*header, "text"], [[*row, texts.get(code, "")] for row, code in zip(rows, codes, strict=True)])
