"""Files of rows on the way in: all of them, or none."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pghistory
import tablib
from django.db import connection, transaction
from django.utils.translation import gettext as _

from .csv_file import UnreadableFile, decode, read_csv
from .refusals import Refusal, collect_refusals
from .registry import resources_by_name


@dataclass
class LoadedFile:
    """What one file did to its table."""

    file: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def __str__(self):
        counts = f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, {len(self.refusals)} refused"
        return f"{self.file}: {counts}"


def load_files(paths, dry_run=False):
    """Load files, or folders of them, in one transaction; any refusal, and nothing is stored."""
    names = [Path(path).name.encode(errors="replace").decode() for path in paths]  # a name may be no text
    with transaction.atomic(), pghistory.context(act="load", files=names):
        files = in_order(paths)
        results = [load_file(path, rows) for path, rows in files]
        with connection.cursor() as cursor:  # or the first visitors' queries are planned for empty tables
            cursor.execute(f"ANALYZE {', '.join(rows._meta.model._meta.db_table for _path, rows in files)}")
        if dry_run or any(result.refusals for result in results):
            transaction.set_rollback(True)
    return results


def in_order(paths):
    """Pair each file with its Rows, what is named by others first; raise ``Unreadable`` for a file of no known kind."""
    files = []
    for name in paths:
        if not os.path.exists(name):  # noqa: PTH110 - to Path, "" is the folder we are in, and a long name an error
            raise UnreadableFile(_("There is no file or folder %(path)s.") % {"path": name})
        path = Path(name)
        files += sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise UnreadableFile(_("There is no CSV file in %(paths)s.") % {"paths": ", ".join(map(str, paths))})
    known = resources_by_name()
    if strange := [str(file) for file in files if file.stem not in known]:
        raise UnreadableFile(
            _("No kind of record has a file named %(files)s. Known are: %(known)s.")
            % {"files": ", ".join(strange), "known": ", ".join(f"{name}.csv" for name in known)}
        )
    place = {name: number for number, name in enumerate(known)}
    return [(file, known[file.stem]) for file in sorted(files, key=lambda file: place[file.stem])]


def load_file(path, rows):
    """Store the rows of one file and say what became of them."""
    loaded = LoadedFile(path.name)
    try:
        header, lines = with_article_texts(path, *read_csv(read_bytes(path)))
    except UnreadableFile as error:
        loaded.refusals.append(Refusal(path.name, str(error)))
        return loaded
    # good rows stay till the end, so that the next files are not refused for what this one names rightly
    result = rows().import_data(tablib.Dataset(*lines, headers=header), rollback_on_validation_errors=False)
    loaded.refusals = collect_refusals(path.name, rows, result, header)
    loaded.new, loaded.changed, loaded.unchanged = (result.totals[kind] for kind in ["new", "update", "skip"])
    return loaded


def read_bytes(path):
    """Read the bytes of a file, or say why nobody can."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}) from None


def read_text(path):
    """Read a text in any encoding that a table may have, with plain line ends."""
    return decode(read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")


def with_article_texts(path, header, lines):
    """Add the column ``text`` from the folder beside a file: topics.csv has its articles in topics/<code>.md."""
    folder = path.with_suffix("")
    if not folder.is_dir() or "text" in header or "code" not in header:
        return header, lines
    texts = {file.stem: read_text(file) for file in sorted(folder.glob("*.md"))}
    codes = [line[header.index("code")] for line in lines]
    if strange := sorted(texts.keys() - {*codes}):
        names = ", ".join(f"{folder.name}/{name}.md" for name in strange)
        raise UnreadableFile(_("No row of %(file)s has the text %(names)s.") % {"file": path.name, "names": names})
    return [*header, "text"], [[*line, texts.get(code, "")] for line, code in zip(lines, codes, strict=True)]
