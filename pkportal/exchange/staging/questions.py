"""Questions about rows that are accepted: what is strange about a record as it is to be, and what is older than it."""

from collections.abc import Mapping, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from pkportal.exchange.older_files import TypedLinks, older_in_words

from .future import future_record
from .plan import ANY_JOINS, HASH_JOINS
from .sql import only_value, run_sql
from .stage import Stage
from .stage_columns import StageColumn

KEPT_TOGETHER = 2_000  # questions
COMPARED_TOGETHER = 5_000  # rows whose history is read together


def ask_about(stage: Stage) -> None:
    """Keep the questions about records that are new or changed."""
    is_any = f"SELECT EXISTS (SELECT FROM {stage.plan} WHERE {stage.writes})"
    if stage.resource.questions_about is None or not only_value(is_any):
        return
    run_sql(HASH_JOINS)
    with future_record(stage):
        questions = iter(stage.resource.questions_about(future_records(stage)))
        while together := dict(islice(questions, KEPT_TOGETHER)):
            keep_questions(stage, together)
    run_sql(ANY_JOINS)


def future_records(stage: Stage) -> QuerySet:
    """Return the records that are written, to be read where the future is shown."""
    written = RawSQL(f"SELECT record_id FROM {stage.plan} WHERE {stage.writes}", ())  # noqa: S611 - our own words
    return stage.model._base_manager.filter(pk__in=written)


def keep_questions(stage: Stage, questions: Mapping[int, str]) -> None:
    """Keep questions about records by the rows of the file."""
    if questions:
        run_sql(
            f"""
            INSERT INTO {stage.questions} SELECT pk_row, question FROM unnest(%s::bigint[], %s::text[])
            AS q (record_id, question) JOIN {stage.plan} d USING (record_id)
            """,
            [[*questions], [*map(str, questions.values())]],
        )


def ask_of_older_rows(stage: Stage) -> None:
    """Keep a question about each row that says what the record said before somebody changed it."""
    columns = [column for column in stage.columns if column.is_stored and not column.is_default]
    pks = [pk for (pk,) in run_sql(f"SELECT record_id FROM {stage.plan} WHERE NOT is_new AND changed <> 0")]
    for start in range(0, len(pks), COMPARED_TOGETHER):
        together = pks[start : start + COMPARED_TOGETHER]
        rows = stage.model._base_manager.raw(
            f"SELECT * FROM ({stage.future}) AS f WHERE {stage.pk} = ANY (%s)", [together]
        )
        typed = {
            row.pk: {
                column.attribute: getattr(row, column.field.attname)
                for column in columns
                if column.field and row.changed & stage.bit(column)
            }
            for row in rows
        }
        links = [typed_links(stage, column, together) for column in stage.columns if column.is_links]
        keep_questions(stage, older_in_words(stage.model, typed, links))


def typed_links(stage: Stage, column: StageColumn, pks: Sequence[int]) -> TypedLinks:
    """Return what some records are linked to by a column, and are to be, where that changes."""
    changed = f"NOT d.is_new AND d.changed & {stage.bit(column)} <> 0 AND d.record_id = ANY (%s)"
    rows = run_sql(
        f"""
        SELECT d.record_id, {stage.links_now(column.field)}, s.{column.sql_name} FROM {stage.plan} d
        JOIN {stage.rows} s USING (pk_row) JOIN {stage.table} t ON t.{stage.pk} = d.record_id WHERE {changed}
        """,
        [pks],
    )
    now, typed = {pk: now for pk, now, _typed in rows}, {pk: typed for pk, _now, typed in rows}
    return TypedLinks(column.attribute, now, typed)
