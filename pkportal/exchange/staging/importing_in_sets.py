"""An import from its rows to what is stored: stage, plan, check, ask, and apply."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction

from pkportal.exchange.cell_reading import CellAnswers
from pkportal.exchange.progress import ShareReport, report_nothing

from .checks import check_rows, refuse_broken_links, refuse_kept_values
from .copy_texts import CopyTexts
from .day_orders import read_unclear_dates
from .filling import fill_stage
from .header import staged_columns
from .hooks import ImportHooks
from .kept_stages import keep_stage
from .near_misses import ask_about_lost_zeros, ask_about_near_misses, read_as_records
from .plan import make_plan
from .questions import ask_about, ask_of_older_rows
from .record_checks import check_records
from .removals import plan_removals, refuse_changed_removals
from .sql import only_value
from .stage import Stage
from .stage_columns import BLANK
from .storing import lock_table, refuse_changed_meanwhile, store_plan


class StagingOptions(NamedTuple):
    """How a file is staged.

    A kept stage outlives its transaction. With ``is_locked`` the table is locked before rows are compared, for a file
    that is stored at once. ``answers`` are those of a person about cells. ``report`` is told which share of the
    comparing is done. ``whole`` is a column and its value: records with it that the file does not have are to go.
    ``same_records`` are the kinds of near misses whose rows are the records that they look like.
    """

    is_kept: bool = False
    is_locked: bool = False
    answers: CellAnswers = CellAnswers()
    report: Callable[[float], None] = report_nothing
    whole: str = ""
    same_records: Sequence[str] = ()


AS_PREVIEW = StagingOptions()
CHECKED_SHARE = 0.05  # the share of storing a file that checking it again is


def stage_file(
    resource: ImportHooks, header: Sequence[str], rows: Iterable[Any], options: StagingOptions = AS_PREVIEW
) -> Stage:
    """Stage the rows of a file, plan what becomes of each, and check them all.

    Raises ``UnreadableFile`` for a header that is none of the kind's. Inside a transaction, unless the stage is kept.
    """
    columns, places, defaults = staged_columns(resource, header)
    with transaction.atomic():
        stage = Stage(resource, columns, options.is_kept)
        stage.answers = options.answers
        stage.make()
        texts = [CopyTexts(column, options.answers) for column in columns]
        given = [texts[len(places) + number][text] for number, text in enumerate(defaults)]
        constants = [BLANK if text is None else text for text in given]
        fill_stage(stage, rows, places, texts[: len(places)], constants)
        read_unclear_dates(stage, texts[: len(places)])
        stage.conversions = [read for known in texts for read in known.read_conversions()]
        stage.cell_questions = [asked for known in texts for asked in known.cell_questions()]
        if options.is_locked:
            lock_table(stage)
        steps: list[Callable[[Stage], None]] = [make_plan]
        steps += [partial(read_as_records, kinds=options.same_records)] if options.same_records else []
        steps += [check_rows, check_records, refuse_kept_values, ask_about, ask_about_near_misses]
        steps += [ask_about_lost_zeros, ask_of_older_rows]
        take_steps(stage, steps, options.report)
        if options.whole:
            plan_removals(stage, options.whole)
        if options.is_kept:
            keep_stage(stage)
    return stage


def take_steps(stage: Stage, steps: Sequence[Callable[[Stage], None]], report: Callable[[float], None]) -> None:
    """Do some steps with a stage one after the other, and report after each which share is done."""
    for number, step in enumerate(steps, 1):
        step(stage)
        report(number / len(steps))


def apply_stage(
    stage: Stage,
    only_good: bool = False,
    is_locked: bool = False,
    report: ShareReport = report_nothing,
) -> bool:
    """Store the rows of a stage inside a transaction: all, or with ``only_good`` those that nothing speaks against.

    Rows that changed meanwhile are refused, and everything is checked again. Return whether anything was stored.
    """
    if not is_locked:
        steps = [lock_table, refuse_changed_meanwhile, check_rows, check_records]
        steps += [refuse_kept_values, refuse_changed_removals]
        take_steps(stage, steps, lambda share: report(CHECKED_SHARE * share))
    if stage.has_faults():
        if not only_good:
            return False
        refuse_broken_links(stage)
    return store_plan(stage, lambda share, rows=None: report(CHECKED_SHARE + (1 - CHECKED_SHARE) * share, rows))


def count_not_marked(stage: Stage) -> int:
    """Count the rows that a file calls checked and the record will not be: the file of an account marks nothing."""
    column = next((column for column in stage.columns if column.is_mark), None)
    if column is None or stage.mark:
        return 0
    checked = {field.name for field in stage.model._meta.fields if field.attname in stage.model.checked_fields}
    bits = sum(stage.bit(other) for other in stage.columns if other.attribute in checked)
    stays = f"NOT d.is_new AND t.is_checked AND d.changed & {bits} = 0"
    return only_value(f"SELECT count(*) FROM {stage.source} WHERE s.{column.sql_name} AND NOT ({stays})")
