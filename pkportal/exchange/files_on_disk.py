"""Files on disk: which of them are loaded and in which order, and the table in each with the texts beside it."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from .cell_reading import NOTHING_ANSWERED, CellAnswers
from .file_kinds import kind_of_table
from .mapped_table import AS_NAMED, ColumnMapping, mapped_table
from .mapping import known_names
from .progress import Report, no_report, reported_rows
from .reading import (
    WITHOUT_ANSWERS,
    ReadingOptions,
    Table,
    TableRow,
    Undecided,
    UnreadableFile,
    decode_text,
    read_table,
)
from .registry import resources_by_name
from .resource import Resource

IN_FOLDERS = {".csv", ".tsv", ".xlsx", ".ods", ".xls"}  # other files of a folder are passed over


@dataclass(frozen=True)
class LoadOptions:
    """What whoever loads files has said in advance.

    With ``good_rows`` the rows that are right are stored without the others. ``refused`` is the file to which refused
    rows are written. ``whole`` is a column and its value: records with it that the file does not have are removed.
    ``same_records`` are kinds of near misses: their rows are the records that they look like.
    """

    reading: ReadingOptions = WITHOUT_ANSWERS
    kind: str = ""
    mapping: ColumnMapping = AS_NAMED
    cells: CellAnswers = NOTHING_ANSWERED
    good_rows: bool = False
    refused: str = ""
    whole: str = ""
    same_records: Sequence[str] = ()


class FileToLoad(NamedTuple):
    """A file and the resource class that reads its rows."""

    path: Path
    resource_class: type[Resource]


def files_to_load(paths: Sequence[str], options: LoadOptions) -> list[FileToLoad]:
    """Return the files in their order, linked models first. Raises ``UnreadableFile`` for a path without a file."""
    files = []
    for name in paths:
        if not os.path.exists(name):  # noqa: PTH110 - Path("") is the current folder, and a long name an OSError
            raise UnreadableFile(_("There is no file or folder %(path)s.") % {"path": name})
        path = Path(name)
        is_folder = path.is_dir()
        files += sorted(it for it in path.iterdir() if it.suffix.lower() in IN_FOLDERS) if is_folder else [path]
    if not files:
        raise UnreadableFile(_("There is no CSV file in %(paths)s.") % {"paths": ", ".join(map(str, paths))})
    order = [*resources_by_name().values()]
    pairs = [FileToLoad(path, kind_of_path(path, options)) for path in files]
    return sorted(pairs, key=lambda file: order.index(file.resource_class))


def kind_of_path(path: Path, options: LoadOptions) -> type[Resource]:
    """Return the resource class for a file. Raises ``UnreadableFile``."""
    resource_classes = resources_by_name()
    if path.stem in resource_classes and not options.kind:  # as a dump names it
        return resource_classes[path.stem]
    with opened(path) as file:
        return kind_of_table(file, path.name, options.reading, options.kind)


@contextmanager
def table_on_disk(path: Path, resource: Resource, options: LoadOptions, report: Report = no_report) -> Iterator[Table]:
    """Open the table in a file, with the texts in the folder beside it. Raises ``UnreadableFile``."""
    with opened(path) as file:
        table = read_table(file, path.name, known_names(resource), options.reading)
        table = with_texts(path, mapped_table(resource, table, options.mapping, options.reading), options)
        yield replace(table, rows=reported_rows(table.rows, file, path.stat().st_size, report))


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file; an ``OSError`` becomes ``UnreadableFile``, and a question names the file."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise UnreadableFile(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}) from None
    except Undecided as error:
        question = error.question
        if path.name not in question.text:
            question = question._replace(text=f"{path.name}: {question.text}")
        raise Undecided(question) from None


def with_texts(path: Path, table: Table, options: LoadOptions) -> Table:
    """Add the column ``text`` from the folder beside a file: topics.csv has its articles in topics/<code>.md."""
    folder = path.with_suffix("")
    if not folder.is_dir() or "text" in table.header or "code" not in table.header:
        return table
    texts = {file.stem: read_text(file, options) for file in sorted(folder.glob("*.md"))}
    rows = rows_with_texts(table, texts, path.name, folder.name)
    return replace(table, header=[*table.header, "text"], rows=rows)


def rows_with_texts(table: Table, texts: dict[str, str], name: str, folder: str) -> Iterator[TableRow]:
    """Yield rows with their texts. Raises ``UnreadableFile`` at the end for a text that belongs to no row."""
    place, unknown = table.header.index("code"), {*texts}
    for row in table.rows:
        if row.fault:
            yield row
            continue
        code = row.cells[place]
        unknown.discard(code)
        yield row._replace(cells=[*row.cells, texts.get(code, "")])
    if unknown:
        names = ", ".join(f"{folder}/{code}.md" for code in sorted(unknown))
        raise UnreadableFile(_("No row of %(file)s has the text %(names)s.") % {"file": name, "names": names})


def read_text(path: Path, options: LoadOptions) -> str:
    """Read a text in any encoding that a table may have, with line feeds as line ends."""
    with opened(path) as file:
        return decode_text(file, options.reading.encoding)
