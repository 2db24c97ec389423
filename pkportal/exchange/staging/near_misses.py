"""Rows that look like a record: the same but for case, blanks, first zeros, or how exactly a date is known."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import CharField, TextField
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDateField

from .plan import comparable, key_columns, make_plan
from .sql import db_name, listed, literal, only_value, run_sql
from .stage import Stage
from .stage_columns import StageColumn


class NearMisses(NamedTuple):
    """The rows that look like records and differ from them in the same columns: the columns, how many, and in words."""

    kind: str
    rows: int
    words: str


def ask_about_near_misses(stage: Stage) -> None:
    """Keep a question about each new row whose key is nearly that of a record which the file does not have."""
    keys = key_columns(stage)
    loose = [column for column in keys if is_free_text(column) or is_partial_date(column)]
    is_any = f"SELECT EXISTS (SELECT FROM {stage.plan} WHERE is_new) AND EXISTS (SELECT FROM {stage.table})"
    if not loose or any(column.is_reference for column in keys) or not only_value(is_any):
        return
    reference = db_name(stage.model._meta.get_field("reference").column)
    near = " AND ".join(nearly_same(column) if column in loose else equal(column) for column in keys)
    texts = [(column.name, f"r.{column.sql_name}::text", f"s.{column.sql_name}::text") for column in loose]
    differing = ", ".join(
        f"CASE WHEN {old} IS DISTINCT FROM {new} THEN {literal(name)} || ' “' || coalesce({old}, '') || '”' END"
        for name, old, new in texts
    )
    kind = ", ".join(f"CASE WHEN {old} IS DISTINCT FROM {new} THEN {literal(name)} END" for name, old, new in texts)
    said = _("It looks like %(reference)s, whose key differs only in %(columns)s.")
    words = literal(said % {"reference": "<reference>", "columns": "<columns>"})
    run_sql("SET LOCAL enable_nestloop = off")
    run_sql(
        f"""
        INSERT INTO {stage.questions} SELECT DISTINCT ON (s.pk_row) s.pk_row,
            replace(replace({words}, '<reference>', r.{reference}), '<columns>', concat_ws(', ', {differing})),
            concat_ws(', ', {kind}), CASE WHEN count(*) OVER (PARTITION BY s.pk_row) = 1 THEN r.{stage.pk} END
        FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row) JOIN {stage.table} r ON {near}
        WHERE d.is_new AND NOT EXISTS (SELECT FROM {stage.plan} p WHERE p.record_id = r.{stage.pk})
        ORDER BY s.pk_row, r.{stage.pk}
        """
    )
    run_sql("SET LOCAL enable_nestloop = on")


def ask_about_lost_zeros(stage: Stage) -> None:
    """Keep a question about each row in which a text has lost the zeros at its beginning, as spreadsheets take them."""
    said = _("“%(new)s” in %(column)s was “%(old)s”: spreadsheets remove zeros at the beginning.")
    changed = only_value(f"SELECT bit_or(changed) FROM {stage.plan} WHERE NOT is_new AND changed <> 0") or 0
    for column in stage.columns:
        if not (changed & stage.bit(column) and is_free_text(column) and column.is_stored):
            continue
        old, new = f"t.{column.sql_name}", f"s.{column.sql_name}"
        words = literal(said % {"new": "<new>", "old": "<old>", "column": column.name})
        words = f"replace(replace({words}, '<new>', {new}), '<old>', {old})"
        run_sql(
            f"""
            INSERT INTO {stage.questions} SELECT pk_row, {words} FROM {stage.source}
            WHERE NOT d.is_new AND d.changed & {stage.bit(column)} <> 0
            AND {old} ~ '^0+[0-9]+$' AND {new} = ltrim({old}, '0')
            """
        )


def read_as_records(stage: Stage, kinds: Sequence[str]) -> None:
    """Read the rows of some kinds of near misses as the records that they look like, under the keys of these.

    A row that looks like several records stays new.
    """
    ask_about_near_misses(stage)
    loose = [column.sql_name for column in key_columns(stage) if is_free_text(column) or is_partial_date(column)]
    values = listed(f"{name} = r.{name}" for name in loose)
    run_sql(
        f"""
        UPDATE {stage.rows} s SET {values} FROM {stage.questions} q JOIN {stage.table} r ON r.{stage.pk} = q.near_pk
        WHERE q.pk_row = s.pk_row AND q.kind = ANY (%s)
        """,
        [[*kinds]],
    )
    run_sql(f"TRUNCATE {stage.questions}")
    run_sql(f"DROP TABLE {stage.plan}")
    make_plan(stage)


def near_misses_of(stage: Stage) -> list[NearMisses]:
    """Count the near misses by the columns in which they differ, the most frequent first."""
    found = f"""
        SELECT kind, count(*) FROM {stage.questions} JOIN {stage.plan} USING (pk_row)
        WHERE kind IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1
    """
    return [NearMisses(kind, number, in_what_they_differ(stage, kind)) for kind, number in run_sql(found)]


def in_what_they_differ(stage: Stage, kind: str) -> str:
    """Say in what rows differ from the records that they look like."""
    by_name = {column.name: column for column in stage.columns}
    date, text = _("how exactly %(column)s is known"), _("case, blanks, marks or first zeros in %(column)s")
    names = kind.split(", ")
    return ", ".join((date if is_partial_date(by_name[name]) else text) % {"column": name} for name in names)


def is_free_text(column: StageColumn) -> bool:
    """True for a text that anybody may write."""
    return isinstance(column.field, CharField | TextField) and not column.field.choices


def is_partial_date(column: StageColumn) -> bool:
    """True for a date that may be known to the year, to the month or to the day."""
    return isinstance(column.field, PartialDateField)


def equal(column: StageColumn) -> str:
    """Return the condition that a record r has the same as a row s."""
    return f"{comparable(column, 'r')} = {comparable(column, 's')}"


def nearly_same(column: StageColumn) -> str:
    """Return the condition that a record r and a row s have nearly the same."""
    old, new = (f"coalesce({alias}.{column.sql_name}::text, '')" for alias in ("r", "s"))
    if is_partial_date(column):
        return f"left({old}, 4) = left({new}, 4) AND (starts_with({old}, {new}) OR starts_with({new}, {old}))"
    return f"{folded_sql(old)} = {folded_sql(new)}"


def folded_sql(text: str) -> str:
    """Return a text without what makes no difference to a reader."""
    return f"ltrim(lower(regexp_replace(normalize({text}, NFKC), '\\s+', '', 'g')), '0')"
