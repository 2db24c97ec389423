"""Files that the command ``load`` stores: all of them in one transaction, so that later files see earlier ones."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pghistory
from django.db import transaction

from .files_on_disk import LoadOptions, files_to_load, table_on_disk
from .importing import Refusal, conversions_of, refusals_of
from .reading import ReadingNote, Undecided, UnreadableFile
from .resource import Resource
from .staging.copy_texts import ReadConversion
from .staging.importing_in_sets import StagingOptions, apply_stage
from .staging.stage import drop_tables
from .staging.staged_file import Counts, counts_of, questions_of

AS_IT_IS = LoadOptions()
_log = logging.getLogger("pkportal.exchange")


@dataclass
class LoadedFile:
    """What one file changed that was loaded; with a refusal, nothing of any file is stored."""

    file: str
    counts: Counts
    refusals: list[Refusal]
    conversions: list[ReadConversion] = field(default_factory=list)
    asked: list[tuple[int, str]] = field(default_factory=list)
    notes: Sequence[ReadingNote] = ()  # what was left out of the file

    def __str__(self):
        new, changed, unchanged, _refused = self.counts
        return f"{self.file}: {new} new, {changed} changed, {unchanged} unchanged, {len(self.refusals)} refused"


def load_files(paths: Sequence[str], dry_run: bool = False, options: LoadOptions = AS_IT_IS) -> list[LoadedFile]:
    """Import files, or folders of them, in one transaction. One invalid row, and nothing is stored."""
    names = [Path(path).name.encode(errors="replace").decode() for path in paths]  # not every name is Unicode
    with transaction.atomic(), pghistory.context(act="load", files=names):
        results = [load_file(path, kind, options) for path, kind in files_to_load(paths, options)]
        if dry_run or any(result.refusals for result in results):
            transaction.set_rollback(True)
            return results
    counts = {kind: sum(getattr(result.counts, kind) for result in results) for kind in ["new", "changed", "unchanged"]}
    _log.info("import", {"file": " ".join(result.file for result in results), **counts})
    return results


def load_file(path: Path, resource_class: type[Resource], options: LoadOptions) -> LoadedFile:
    """Store the rows of one file that are right, so that later files are not refused for linking to them."""
    resource = resource_class()
    try:
        with table_on_disk(path, resource, options) as table:
            staging = StagingOptions(is_locked=True, answers=options.cells)
            stage = resource.import_data(table.header, table, options=staging)
    except Undecided:
        raise
    except UnreadableFile as error:
        return LoadedFile(path.name, Counts(0, 0, 0, 1), [Refusal(path.name, str(error))])
    refusals = refusals_of(path.name, stage)
    apply_stage(stage, only_good=True, is_locked=True)
    refusals = refusals or refusals_of(path.name, stage)
    conversions, questions = conversions_of(stage), questions_of(stage)
    loaded = LoadedFile(path.name, counts_of(stage), refusals, conversions, questions, table.notes)
    drop_tables(stage.name)
    return loaded
