"""Rules across columns and rows: each is one statement over all rows of a file."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import CheckConstraint, UniqueConstraint
from django.utils.translation import gettext as _

from pkportal.content.plain_messages import CANNOT_BE_BLANK
from pkportal.exchange.cell_reading import ColumnReader
from pkportal.exchange.invalid_values import taken_message
from pkportal.exchange.widgets import SEPARATOR

from .plan import key_columns, refuse_other_keys
from .sql import condition_sql, db_name, listed, literal, only_value, run_sql, stored_fields
from .stage import Stage
from .stage_columns import StageColumn


class UniqueRule(NamedTuple):
    """Columns of which no two records have the same, and what is said of a row that breaks this."""

    columns: list[str]
    message: str


def check_rows(stage: Stage) -> None:
    """Refuse rows that break a rule, each for every rule that it breaks."""
    refuse_missing(stage)
    for unique in unique_rules(stage):
        refuse_taken(stage, unique)
    refuse_broken(stage)
    for rule in stage.resource.row_rules(stage):
        column = column_of(stage, rule.column)
        cell = stage.cell_sql(column) if column else "''"
        stage.refuse(
            f"""
            SELECT pk_row, {literal(rule.column)}, {cell}, {literal(rule.reason)} FROM {stage.source}
            WHERE {rule.condition}
            """
        )
    if stage.has_faults():
        stage.leave_refused()


def column_of(stage: Stage, name: str) -> StageColumn | None:
    """Return a column of the file by its name."""
    return next((column for column in stage.columns if column.name == name and not column.is_default), None)


def refuse_missing(stage: Stage) -> None:
    """Refuse new rows for each column that the file lacks and a record needs."""
    if not only_value(f"SELECT EXISTS (SELECT FROM {stage.plan} WHERE is_new)"):
        return
    names = {column.name for column in stage.columns}
    for column in stage.resource.columns():
        staged = StageColumn(stage.resource, column)
        if column.column_name in names or not (staged.is_stored and staged.field) or staged.is_reference:
            continue
        if reason := missing_reason(staged):
            prefix = _("the file has no column %(column)s: ") % {"column": column.column_name}
            stage.refuse(f"SELECT pk_row, '', '', {literal(prefix + reason)} FROM {stage.plan} WHERE is_new")


def missing_reason(column: StageColumn) -> str:
    """Return why the default of a column is refused, or nothing."""
    field: Any = column.field
    if column.is_link:
        return "" if field.null or field.has_default() else str(CANNOT_BE_BLANK)
    return ColumnReader(column.resource, column.column).read(column.column.widget.render(field.get_default())).refusal


def unique_rules(stage: Stage) -> Iterator[UniqueRule]:
    """Yield the unique rules of a model; the database alone looks after rules with conditions.

    Rows with the same key are the same record already, unless the file has only a part of the key.
    """
    is_partial = any(column.is_default for column in key_columns(stage))
    meta, keys = stage.model._meta, {*stage.model.key_fields}
    for field in stored_fields(stage.model):
        if field.unique and {field.name} != keys and field.name != "reference":
            yield UniqueRule([db_name(field.column)], taken_message(stage.model, [field.column]))
    for constraint in meta.constraints:
        is_plain = isinstance(constraint, UniqueConstraint) and constraint.fields and constraint.condition is None
        if is_plain and (is_partial or {*constraint.fields} != keys):
            has_message = constraint.violation_error_message != constraint.default_violation_error_message
            columns = [meta.get_field(name).column for name in constraint.fields]
            message = constraint.get_violation_error_message() if has_message else taken_message(stage.model, columns)
            yield UniqueRule([*map(db_name, columns)], message)


def refuse_taken(stage: Stage, rule: UniqueRule) -> int:
    """Refuse rows that have the same as a record which keeps it, or as an earlier row; return how many.

    Another row may give up what a row takes: records are compared once all are stored.
    """
    names = rule.columns
    mask = sum(stage.bit(stage.by_name[name]) for name in names if name in stage.by_name)
    same = " AND ".join(f"o.{name} = f.{name}" for name in names)
    keeps = f"SELECT FROM {stage.plan} p WHERE p.record_id = o.{stage.pk} AND p.changed & {mask} <> 0"
    taken = f"""EXISTS (
        SELECT FROM {stage.table} o WHERE {same} AND o.{stage.pk} <> f.{stage.pk} AND NOT EXISTS ({keeps})
    )"""
    earlier = f"count(*) OVER (PARTITION BY {listed(names)} ORDER BY pk_row) > 1"
    known = " AND ".join(f"{name} IS NOT NULL" for name in names)
    rows = f"SELECT *, {earlier} AS is_second FROM ({stage.future}) AS rows"
    rows = f"{rows} WHERE {known} AND (is_new OR changed & {mask} <> 0)"
    return stage.refuse(f"SELECT pk_row, '', '', {literal(rule.message)} FROM ({rows}) AS f WHERE is_second OR {taken}")


def refuse_kept_values(stage: Stage) -> None:
    """Refuse rows that take what a record keeps, because the row that would give it up is refused itself."""
    if not stage.has_faults():
        return
    rules = [*unique_rules(stage)]
    while any([refuse_other_keys(stage), *(refuse_taken(stage, rule) for rule in rules)]):
        stage.leave_refused()


def refuse_broken(stage: Stage) -> None:
    """Refuse rows that break a CHECK constraint; one look at all rows says which constraints are broken at all."""
    stored = {field.name for field in stored_fields(stage.model)}
    checks = [
        constraint
        for constraint in stage.model._meta.constraints
        if isinstance(constraint, CheckConstraint)
        and {path[0] for path in stage.model._get_expr_references(constraint.condition)} <= stored
    ]
    if not checks:
        return
    rows = f"({stage.future}) AS f WHERE {stage.writes}"
    conditions = [f"({condition_sql(stage.model, constraint.condition)}) IS FALSE" for constraint in checks]
    broken = listed(f"coalesce(bool_or({condition}), false)" for condition in conditions)
    (found,) = run_sql(f"SELECT {broken} FROM {rows}")
    for constraint, condition, is_broken in zip(checks, conditions, found, strict=True):
        if is_broken:
            message = literal(constraint.get_violation_error_message())
            stage.refuse(f"SELECT pk_row, '', '', {message} FROM {rows} AND {condition}")


def refuse_broken_links(stage: Stage) -> None:
    """Refuse rows that link to a new row which is refused itself, before the others are stored."""
    for column in stage.columns:
        if not column.is_self_link:
            continue
        linked = f"s.{column.sql_name}" if column.is_links else f"ARRAY[s.{column.sql_name}]"
        codes = f"array_to_string(s.{column.codes_name}, {literal(SEPARATOR)})"
        lost = f"""
            SELECT pk_row, {literal(column.name)}, {codes}, {literal(_("It links to a row that is refused."))}
            FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row)
            WHERE EXISTS (
                SELECT FROM unnest({linked}) AS l (pk) WHERE l.pk IS NOT NULL
                AND NOT EXISTS (SELECT FROM {stage.plan} p WHERE p.record_id = l.pk)
                AND NOT EXISTS (SELECT FROM {stage.table} t WHERE t.{stage.pk} = l.pk)
            )
        """
        while stage.refuse(lost):
            stage.leave_refused()
