"""Files that the command ``load`` stores: all of them in one transaction, so that later files see earlier ones."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from .csv_file import FileRows, UnreadableFile, decode, read_csv
from .importing import Refusal, conversions_of, numbered_rows, refusals_of
from .registry import resources_by_name, table_of_file
from .resource import Resource
from .staging.copy_texts import ReadConversion
from .staging.importing_in_sets import StagingOptions, apply_stage
from .staging.stage import drop_tables
from .staging.staged_file import Counts, counts_of, questions_of

_log = logging.getLogger("pkportal.exchange")


@dataclass
class LoadedFile:
    """What one file changed that was loaded; with a refusal, nothing of any file is stored."""

    file: str
    counts: Counts
    refusals: list[Refusal]
    conversions: list[ReadConversion] = field(default_factory=list)
    asked: list[tuple[int, str]] = field(default_factory=list)

    def __str__(self):
        new, changed, unchanged, _refused = self.counts
        return f"{self.file}: {new} new, {changed} changed, {unchanged} unchanged, {len(self.refusals)} refused"


def load_files(paths: Sequence[str], dry_run: bool = False) -> list[LoadedFile]:
    """Import CSV files, or folders of them, in one transaction. One invalid row, and nothing is stored."""
    names = [Path(path).name.encode(errors="replace").decode() for path in paths]  # not every name is Unicode
    with transaction.atomic(), pghistory.context(act="load", files=names):
        results = [load_file(path, resource_class) for path, resource_class in sort_files(paths)]
        if dry_run or any(result.refusals for result in results):
            transaction.set_rollback(True)
            return results
    counts = {kind: sum(getattr(result.counts, kind) for result in results) for kind in ["new", "changed", "unchanged"]}
    _log.info("import", {"file": " ".join(result.file for result in results), **counts})
    return results


def load_file(path: Path, resource_class: type[Resource]) -> LoadedFile:
    """Store the rows of one file that are right, so that later files are not refused for linking to them."""
    resource = resource_class()
    try:
        header, rows = read_with_texts(path)
        stage = resource.import_data(header, numbered_rows(rows), options=StagingOptions(is_locked=True))
    except UnreadableFile as error:
        return LoadedFile(path.name, Counts(0, 0, 0, 1), [Refusal(path.name, str(error))])
    refusals = refusals_of(path.name, stage)
    apply_stage(stage, only_good=True, is_locked=True)
    refusals = refusals or refusals_of(path.name, stage)
    loaded = LoadedFile(path.name, counts_of(stage), refusals, conversions_of(stage), questions_of(stage))
    drop_tables(stage.name)
    return loaded


def sort_files(paths: Sequence[str]) -> list[tuple[Path, type[Resource]]]:
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
    tables = {file: table_of_file(file.stem) for file in files}
    if unknown := [str(file) for file, table in tables.items() if not table]:
        raise UnreadableFile(
            _("Unknown file: %(files)s. A file is named after its table: %(known)s.")
            % {"files": ", ".join(unknown), "known": ", ".join(f"{name}.csv" for name in resource_classes)}
        )
    order = [*resource_classes]
    return [
        (file, resource_classes[tables[file]]) for file in sorted(files, key=lambda file: order.index(tables[file]))
    ]


def read_with_texts(path: Path) -> FileRows:
    """Read a CSV file from disk, with the texts in the folder beside it."""
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
