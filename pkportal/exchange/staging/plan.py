"""The plan of an import: which record each row is, and which of its columns change, found without any lock.

A row is the record with its permanent reference, or else the one with its natural key. A new row is given its primary
key at once, so that other rows can link to it.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pkportal.content.absent_records import what_became_of
from pkportal.content.permanent_references import reference_pattern
from pkportal.exchange.reference_messages import other_reference_message, unknown_reference_message
from pkportal.exchange.row_names import row_name_sql

from .header import MISSING_KEY, key_default
from .self_links import resolve_self_links
from .sql import analyze, db_name, listed, literal, only_value, run_sql
from .stage import Fault, Stage
from .stage_columns import StageColumn

HASH_JOINS = "SET LOCAL enable_nestloop = off"  # the planner knows nothing of a table that is a moment old
ANY_JOINS = "SET LOCAL enable_nestloop = on"


def make_plan(stage: Stage) -> None:
    """Find the record of each row whose cells are right, and refuse rows that are not one record of their own."""
    analyze(stage.rows)
    run_sql(HASH_JOINS)
    sequence = f"pg_get_serial_sequence({literal(stage.table)}, {literal(stage.model._meta.pk.column)})"
    run_sql(
        f"""
        {stage.create} {stage.plan} {stage.end} AS SELECT
            m.pk_row, m.key_pk, coalesce(t.{stage.pk}, nextval({sequence})) AS record_id,
            t.{stage.pk} IS NULL AS is_new,
            {changed_bits(stage)} AS changed,
            CASE WHEN t.{stage.pk} IS NOT NULL THEN {stage.digest} END AS digest
        FROM ({matched_rows(stage)}) m JOIN {stage.rows} s USING (pk_row)
        LEFT JOIN {stage.table} t ON t.{stage.pk} = m.record_pk
        ORDER BY m.pk_row
        """
    )
    refuse_references(stage)
    refuse_doubles(stage)
    analyze(stage.plan)
    for column in stage.columns:
        if column.is_self_link:
            resolve_self_links(stage, column)
    if stage.has_faults():
        stage.leave_refused()
    run_sql(ANY_JOINS)


def matched_rows(stage: Stage) -> str:
    """Return the query of the record that each row is, and of the one that has its key."""
    table, pk, found, with_key = stage.table, stage.pk, "k.found_pk", "k.found_pk"
    names = [f"k{number}" for number, _column in enumerate(key_columns(stage))]
    keys = [f"{comparable(column, 'r')} AS {name}" for name, column in zip(names, key_columns(stage), strict=True)]
    same = [f"k.{name} = {comparable(column, 's')}" for name, column in zip(names, key_columns(stage), strict=True)]
    if reference := staged_reference(stage):
        found = f"CASE WHEN s.{reference.sql_name} IS NULL THEN k.found_pk ELSE r.{pk} END"
        if any(column.is_default for column in key_columns(stage)):  # a key that is not said is that of the record
            with_key = f"CASE WHEN s.{reference.sql_name} IS NULL THEN k.found_pk END"
    joins = f"LEFT JOIN {table} r ON r.{reference.sql_name} = s.{reference.sql_name}" if reference else ""
    return f"""
        SELECT s.pk_row, {with_key} AS key_pk, {found} AS record_pk FROM {stage.rows} s
        LEFT JOIN (SELECT r.{pk} AS found_pk, {listed(keys)} FROM {table} r) k ON {" AND ".join(same)} {joins}
        WHERE NOT EXISTS (SELECT FROM {stage.faults} f WHERE f.pk_row = s.pk_row)
    """


def key_columns(stage: Stage) -> list[StageColumn]:
    """Return the columns of the natural key; all are staged, those that the file lacks with their defaults."""
    return [stage.by_name[db_name(stage.model._meta.get_field(name).column)] for name in stage.model.key_fields]


def staged_reference(stage: Stage) -> StageColumn | None:
    """Return the column of permanent references beside the natural key, if the file has one."""
    keys = key_columns(stage)
    return next((column for column in stage.columns if column.is_reference and column not in keys), None)


def comparable(column: StageColumn, alias: str) -> str:
    """Return a part of a key so that what is blank is equal to what is blank."""
    name = f"{alias}.{column.sql_name}"
    return f"coalesce({name}::text, '')" if column.field and column.field.null else name


def changed_bits(stage: Stage) -> str:
    """Return the bit of each column in which a record differs from the file; links within the file come later."""
    bits = []
    for column in stage.columns:
        differs = differs_sql(stage, column)
        if differs:
            bits.append(f"CASE WHEN {differs} THEN {stage.bit(column)}::bigint ELSE 0 END")
    return f"CASE WHEN t.{stage.pk} IS NULL THEN 0 ELSE {' | '.join(bits) or '0'} END"


def differs_sql(stage: Stage, column: StageColumn) -> str:
    """Return the condition that a column of the record t differs from the file s; nothing if it is not compared."""
    name = column.sql_name
    if column.is_self_link or column.is_default or (column.is_mark and not stage.resource.marks_checked):
        return ""
    if column.is_links:
        return f"s.{name} <> {stage.links_now(column.field)}"
    if column.is_reference:
        return f"s.{name} <> t.{name}"
    return f"s.{name} IS DISTINCT FROM t.{name}"


def refuse_references(stage: Stage) -> None:
    """Refuse a reference that is not that of the record, and one that no record has."""
    column = staged_reference(stage)
    if column is None:
        return
    refuse_other_keys(stage)
    absent = [column.name for column in key_columns(stage) if column.is_default]
    missing = [name for name in absent if key_default(stage.resource, name) is None]
    stage.refuse_rows(unknown_references(stage, column, may_bring=not missing))
    stage.leave_refused()
    if missing:
        message = literal(MISSING_KEY % {"missing": ", ".join(missing)})
        stage.refuse(f"SELECT pk_row, '', '', {message} FROM {stage.plan} WHERE is_new")
        stage.leave_refused()


def refuse_other_keys(stage: Stage) -> int:
    """Refuse rows whose reference is not that of the record with their key, unless this has another key in the file.

    Return how many there are.
    """
    column = staged_reference(stage)
    if column is None:
        return 0
    name, keys = column.sql_name, sum(stage.bit(key) for key in key_columns(stage) if not key.is_default)
    other = other_reference_message(stage.model, "<reference>")
    gives_up = f"SELECT FROM {stage.plan} p WHERE p.record_id = d.key_pk AND p.changed & {keys} <> 0"
    return stage.refuse(
        f"""
        SELECT d.pk_row, {literal(column.name)}, s.{name}, replace({literal(other)}, '<reference>', k.{name})
        FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row) JOIN {stage.table} k ON k.{stage.pk} = d.key_pk
        WHERE s.{name} IS NOT NULL AND (d.is_new OR (d.record_id <> d.key_pk AND NOT EXISTS ({gives_up})))
        """
    )


def unknown_references(stage: Stage, column: StageColumn, may_bring: bool) -> Iterator[Fault]:
    """Yield a fault for each reference of nothing; a later dump of the same record may bring new ones.

    It has all of the references there are, and all columns of the key.
    """
    name, model = column.sql_name, stage.model
    pattern = reference_pattern(model.reference_prefix, model.reference_digits)
    has_all = f"""
        SELECT NOT EXISTS (
            SELECT FROM {stage.table} t
            WHERE NOT EXISTS (SELECT FROM {stage.rows} s WHERE s.{name} = t.{name})
        )
    """
    unknown = f"""
        SELECT pk_row, s.{name} FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row)
        WHERE d.is_new AND d.key_pk IS NULL AND s.{name} IS NOT NULL
    """
    if found := run_sql(unknown):
        may_bring = may_bring and only_value(has_all)
        bad = [(row, text) for row, text in found if not (may_bring and re.fullmatch(pattern, text))]
        known_of = what_became_of(model, [text for _row, text in bad])
        for row, text in bad:
            yield Fault(row, column.name, text, unknown_reference_message(model, text, known_of.get(text, "")))


def refuse_doubles(stage: Stage) -> None:
    """Refuse a row that is the same record as an earlier one: by its key, its record or its reference."""
    keys = [f"coalesce({stage.future_columns[column.sql_name]}::text, '')" for column in key_columns(stage)]
    not_blank = " OR ".join(f"coalesce(s.{column.sql_name}::text, '') <> ''" for column in key_columns(stage))
    refuse_same(stage, listed(keys), not_blank)
    if reference := staged_reference(stage):
        refuse_same(stage, "d.record_id", "true")
        refuse_same(stage, f"s.{reference.sql_name}", f"s.{reference.sql_name} IS NOT NULL")


def refuse_same(stage: Stage, same: str, condition: str) -> None:
    """Refuse the rows that have the same as an earlier row; that there are such is seen without sorting."""
    rows = f"{stage.source} WHERE {condition}"
    if not only_value(f"SELECT EXISTS (SELECT FROM {rows} GROUP BY {same} HAVING count(*) > 1)"):
        return
    message = _("Row %(row)s is the same record.") % {"row": "<row>"}
    first = f"SELECT pk_row, min(pk_row) OVER (PARTITION BY {same}) AS first FROM {rows}"
    stage.refuse(
        f"""
        SELECT pk_row, '', '', replace({literal(message)}, '<row>', {row_name_sql("first")}) FROM ({first}) AS rows
        WHERE pk_row > first
        """
    )
    stage.leave_refused()


def same_key(column: StageColumn) -> str:
    """Return the condition that a record r has the same part of the key as a row s of the file."""
    return f"{comparable(column, 'r')} = {comparable(column, 's')}"
