"""Files that the command ``load`` stores: all of them in one transaction, so that later files see earlier ones."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from .files_on_disk import LoadOptions, files_to_load, table_on_disk
from .importing import Refusal, refusals_of
from .progress import Progress, Report, no_report, report_compared, report_stored
from .reading import ReadingNote, Undecided, UnreadableFile
from .refused_rows import refused_lines
from .resource import Resource
from .staging.copy_texts import CellQuestion, ReadConversion
from .staging.importing_in_sets import StagingOptions, apply_stage
from .staging.near_misses import NearMisses, near_misses_of
from .staging.removals import Removal, removals_of
from .staging.stage import Stage, drop_tables
from .staging.staged_file import Counts, count_asked, count_faults, counts_of, faults_of, questions_of

AS_IT_IS = LoadOptions()
MOST_ASKED = 1_000  # rows of a file whose questions are shown
_log = logging.getLogger("pkportal.exchange")


@dataclass
class LoadedFile:
    """What one file changed that was loaded; with a refusal, nothing of any file is stored."""

    file: str
    counts: Counts
    refusals: list[Refusal]  # the first of them
    refused: int = 0  # how many there are
    conversions: list[ReadConversion] = field(default_factory=list)
    asked: list[tuple[int, str]] = field(default_factory=list)
    notes: Sequence[ReadingNote] = ()  # what was left out of the file
    removed: Sequence[Removal] = ()  # records that the file does not have
    asked_about: int = 0  # rows with a question, also those that are not in ``asked``
    near: Sequence[NearMisses] = ()
    cell_questions: Sequence[CellQuestion] = ()

    def __str__(self):
        new, changed, unchanged, _refused = self.counts
        return f"{self.file}: {new} new, {changed} changed, {unchanged} unchanged, {self.refused} refused"


def load_files(
    paths: Sequence[str], dry_run: bool = False, options: LoadOptions = AS_IT_IS, report: Report = no_report
) -> list[LoadedFile]:
    """Import files, or folders of them, in one transaction. One invalid row, and nothing is stored.

    ``report`` is told how far each file has come; at the start of one the share is zero, and the phase its name.
    """
    names = [Path(path).name.encode(errors="replace").decode() for path in paths]  # not every name is Unicode
    with transaction.atomic(), pghistory.context(act="load", files=names):
        files = files_to_load(paths, options)
        if len(files) > 1 and (options.refused or options.whole):
            raise UnreadableFile(_("Load one file at a time with --refused or --whole."))
        results = [load_file(path, kind, options, report) for path, kind in files]
        refusals = [refusal for result in results for refusal in result.refusals]
        if dry_run or any(not (options.good_rows and refusal.row) for refusal in refusals):
            transaction.set_rollback(True)
            return results
    counts = {kind: sum(getattr(result.counts, kind) for result in results) for kind in ["new", "changed", "unchanged"]}
    _log.info("import", {"file": " ".join(result.file for result in results), **counts})
    return results


def load_file(path: Path, resource_class: type[Resource], options: LoadOptions, report: Report) -> LoadedFile:
    """Store the rows of one file that are right, so that later files are not refused for linking to them."""
    resource = resource_class()
    report(Progress(path.name, 0, 0))
    try:
        with table_on_disk(path, resource, options, report) as table:
            compared = partial(report_compared, report)
            cells = options.cells._replace(around=table.around)
            staging = StagingOptions(False, True, cells, compared, options.whole, options.same_records)
            stage = resource.import_data(table.header, table, options=staging)
        removed = removals_of(stage)
    except Undecided:
        raise
    except UnreadableFile as error:
        return LoadedFile(path.name, Counts(0, 0, 0, 1), [Refusal(path.name, str(error))], 1)
    refusals = refusals_of(path.name, stage)
    report_stored(report, 0)
    apply_stage(stage, only_good=True, is_locked=True, report=partial(report_stored, report))
    refusals = refusals_of(path.name, stage) if options.good_rows or not refusals else refusals
    if options.refused and refusals:
        write_refused(path, resource, options, stage)
    conversions, questions = stage.conversions, questions_of(stage, MOST_ASKED)
    refused = max(len(refusals), count_faults(stage))
    loaded = LoadedFile(path.name, counts_of(stage), refusals, refused, conversions, questions, table.notes, removed)
    loaded.asked_about, loaded.near = count_asked(stage), near_misses_of(stage)
    loaded.cell_questions = stage.cell_questions
    drop_tables(stage.name)
    return loaded


def write_refused(path: Path, resource: Resource, options: LoadOptions, stage: Stage) -> None:
    """Write the refused rows of a file to another, each with its reasons."""
    with table_on_disk(path, resource, options) as table, Path(options.refused).open("w", encoding="utf-8") as file:
        file.writelines(refused_lines(table, faults_of(stage)))
