"""The stage of an imported file: its rows in tables of their own, until they are stored or thrown away."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from pkportal.content.models import Publishable
from pkportal.exchange.cell_reading import CellAnswers
from pkportal.exchange.progress import Report, report_compared
from pkportal.exchange.reading import UnreadableFile
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.staging.future import future_record
from pkportal.exchange.staging.importing_in_sets import StagingOptions, count_not_marked
from pkportal.exchange.staging.kept_stages import NoSuchStage, drop_stage, open_stage
from pkportal.exchange.staging.near_misses import near_misses_of
from pkportal.exchange.staging.plan import ANY_JOINS, HASH_JOINS, key_columns
from pkportal.exchange.staging.removals import count_removals
from pkportal.exchange.staging.sql import only_value, run_sql
from pkportal.exchange.staging.stage import Stage
from pkportal.exchange.staging.staged_file import CHANGED_ROW, NEW_ROW, StagedRow, counts_of, rows_of_stage

from .cells import draft_columns
from .drafts import Edit
from .import_reading import opened_rows
from .import_removals import possible_wholes
from .imported_files import ImportedFile
from .imports import are_public
from .models import Action, Change, ChangeSet

MOST_CONVERSIONS = 500  # that are listed
MOST_CHANGES = 2000  # rows that are copied into a change set; of more the stage is kept until they are published


def make_stage(imported: ImportedFile, report: Report) -> None:
    """Stage a file: keep what becomes of each of its rows, and count them. Raises ``UnreadableFile``."""
    drop_stage(imported.stage_name)
    resource: Any = resources_by_model()[imported.model]()
    with opened_rows(imported, report) as table:
        compared = partial(report_compared, report)
        answers = answers_of(imported)._replace(around=table.around)
        options = StagingOptions(True, False, answers, compared, imported.whole, imported.same_records)
        stage = resource.import_data(table.header, table, imported.account, options)
    imported.notes = [note._asdict() for note in table.notes]
    imported.stage_name, imported.columns = stage.name, table.header
    imported.conversions = [read._asdict() for read in stage.conversions[:MOST_CONVERSIONS]]
    imported.cell_questions = [asked._asdict() for asked in stage.cell_questions[:MOST_CONVERSIONS]]
    imported.not_marked = count_not_marked(stage)
    imported.near_misses = [near._asdict() for near in near_misses_of(stage)]
    imported.wholes = possible_wholes(stage)
    imported.changing = [column.name for column in stage.columns if changes_column(stage, column)]
    count_rows(imported, stage)
    if not sum(imported.counts.values()):
        raise UnreadableFile(_("The file has a header and no rows."))


def answers_of(imported: ImportedFile) -> CellAnswers:
    """Return what a person has answered about the cells of a file."""
    refused = [(column, text) for column, text in imported.refused_conversions]
    confirmed = [(column, text) for column, text in imported.confirmed_names]
    return CellAnswers(refused, confirmed, imported.column_answers, [*imported.constants])


def changes_column(stage: Stage, column: Any) -> bool:
    """True if any row changes a column, or a new row brings it."""
    if column.is_default:
        return False
    changed = f"changed & {stage.bit(column)} <> 0"
    return only_value(f"SELECT EXISTS (SELECT FROM {stage.plan} WHERE is_new OR {changed})")


def count_rows(imported: ImportedFile, stage: Stage) -> None:
    """Count the rows of a stage by what becomes of them, their faults, and those that are asked about."""
    counts = counts_of(stage)
    imported.rows_new, imported.rows_changed, imported.rows_unchanged, imported.rows_refused = counts
    imported.rows_removed = count_removals(stage)
    imported.rows_done = sum(counts)
    imported.faults = only_value(f"SELECT count(*) FROM {stage.faults}")
    imported.rows_asked = only_value(
        f"SELECT count(DISTINCT pk_row) FROM {stage.questions} JOIN {stage.plan} USING (pk_row)"
    )


def stage_of(imported: ImportedFile) -> Stage | None:
    """Return the stage of a file, or None if it is not kept any more."""
    try:
        return open_stage(resources_by_model()[imported.model](), imported.stage_name, imported.account)
    except NoSuchStage:
        return None


def is_whole(imported: ImportedFile, stage: Stage) -> bool:
    """True if a stage has all rows of its file: a server that breaks down leaves such tables empty."""
    return only_value(f"SELECT count(*) FROM {stage.plan}") == sum(imported.counts.values()) - imported.rows_refused


def touches_public(stage: Stage) -> bool:
    """True if any row of a stage changes what the public sees, or adds to it, where its records are as they will be."""
    status = next((column for column in stage.columns if column.name == "status"), None)
    if status and issubclass(stage.model, Publishable):
        changed = f"NOT is_new AND changed & {stage.bit(status)} <> 0"
        if only_value(f"SELECT EXISTS (SELECT FROM {stage.plan} WHERE {changed})"):
            return True
    return are_public(stage.model, Q(pk__in=records_written(stage)))


def will_touch_public(stage: Stage) -> bool:
    """True if a stage, once it is stored, will have changed what the public sees; inside a transaction."""
    run_sql(HASH_JOINS)
    with future_record(stage):
        found = touches_public(stage)
    run_sql(ANY_JOINS)
    return found


def records_written(stage: Stage) -> RawSQL:
    """Return the primary keys of the records that a stage writes."""
    return RawSQL(f"SELECT record_id FROM {stage.plan} WHERE {stage.writes}", ())


def changing_rows(stage: Stage) -> list[StagedRow]:
    """Return the rows of a stage that write something; only if it is small enough to be copied."""
    return rows_of_stage(stage, kinds=[NEW_ROW, CHANGED_ROW])


def may_be_copied(stage: Stage) -> bool:
    """True if a stage changes so few records that they can be the changes of a set."""
    number = only_value(f"SELECT count(*) FROM {stage.plan} WHERE {stage.writes}")
    return number + count_removals(stage) <= MOST_CHANGES


def edits_of(stage: Stage, rows: Iterable[StagedRow]) -> list[Edit]:
    """Return what rows do that were just stored, by their references; the check and the dates are left out."""
    written = stage.model._base_manager.filter(pk__in=records_written(stage))
    references = dict(written.values_list("pk", "reference"))
    names = {column.column_name: name for name, column in draft_columns(stage.model).items()}
    return [
        Edit(
            stage.model,
            references[row.pk],
            Action.ADD if row.kind == NEW_ROW else Action.CHANGE,
            row.title,
            {names[name]: cells for name, cells in row.cells.items() if name in names and cells[0] != cells[1]},
        )
        for row in rows
        if row.pk in references
    ]


def drafted_in(imported: ImportedFile, stage: Stage) -> list[ChangeSet]:
    """Return the open change sets that change records of a file too, or add records with the codes of new rows."""
    changed = RawSQL(f"SELECT record_id FROM {stage.plan} WHERE NOT is_new AND changed <> 0", ())
    references = stage.model._base_manager.filter(pk__in=changed).values("reference")
    changes = Change.objects.filter(kind=imported.kind, change_set__in=ChangeSet.objects.open())
    pks = {*changes.filter(reference__in=references).values_list("change_set", flat=True)}
    added = {it.code: it.change_set_id for it in changes.filter(action=Action.ADD) if it.code}
    if added:
        (key,) = key_columns(stage)
        new = f"SELECT s.{key.sql_name}::text FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row) WHERE d.is_new"
        pks |= {
            added[code] for (code,) in run_sql(f"SELECT code FROM ({new}) n (code) WHERE code = ANY (%s)", [[*added]])
        }
    return [*ChangeSet.objects.filter(pk__in=pks).order_by("pk")]
