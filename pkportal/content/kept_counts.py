"""Kept counts: how many rows of a model have each combination of some columns, kept by triggers.

``@keep_counts(["mission", "kind"], …)`` gives a model a table for each list of columns. Each statement that changes the
rows adds the difference to these tables in its own transaction, as rows whose ``number`` may be negative. A count is a
sum, so writers only insert and none waits for another; what a snapshot sees is right for it. The migration
``0003_count_changes`` has the trigger's function.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections, models, transaction
from django.db.models import Model, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.db.models.sql.datastructures import BaseTable

from .change_triggers import make_triggers

# the difference between the rows and the kept counts, which is all rows where nothing was kept yet
CORRECT = """
    INSERT INTO {counts} ({columns}, number) SELECT {columns}, sum(number) FROM (
        SELECT {columns}, 1 AS number FROM {table} UNION ALL SELECT {columns}, -number FROM {counts}
    ) AS difference GROUP BY {columns} HAVING sum(number) <> 0
"""
FOLD = """
    WITH several AS (
        SELECT unnest(array_agg(id)) AS id FROM {counts} GROUP BY {columns} HAVING count(*) > 1 OR sum(number) = 0
    ), folded AS (
        DELETE FROM {counts} AS counts USING several WHERE counts.id = several.id RETURNING counts.*
    )
    INSERT INTO {counts} ({columns}, number)
    SELECT {columns}, sum(number) FROM folded GROUP BY {columns} HAVING sum(number) <> 0
"""
FOLD_LIMIT = "SET LOCAL statement_timeout = '60s'"  # after a long import there is much to fold


def keep_counts(*groups: Sequence[str]) -> Callable[[type[Model]], type[Model]]:
    """Return a class decorator that makes a model of counts for each list of fields, the smallest table first."""

    def decorate(model):
        model.kept_counts = [_counts_model(model, group, number) for number, group in enumerate(groups, start=1)]
        return model

    return decorate


def _counts_model(model, group, number):
    meta = {"app_label": model._meta.app_label, "default_permissions": ()}
    fields = {name: _copy_of(model._meta.get_field(name)) for name in group}
    return type(
        f"{model.__name__}Counts{number}",
        (models.Model,),
        {
            "__module__": model.__module__,
            "Meta": type("Meta", (), meta),
            **fields,
            "number": models.BigIntegerField(),
            "counted_columns": {model._meta.get_field(name).column for name in group},
        },
    )


def _copy_of(field):
    """Return a field with the values of another, without its constraints, indexes and defaults."""
    if field.is_relation:
        options = {"db_constraint": False, "db_index": False, "related_name": "+", "null": field.null}
        return models.ForeignKey(field.remote_field.model, models.DO_NOTHING, **options)
    plain = field.output_field if field.generated else field
    _name, _path, _args, options = plain.deconstruct()
    kept = {name: options[name] for name in ["max_length", "base_field"] if name in options}
    if "base_field" in kept:
        kept["base_field"] = _copy_of(kept["base_field"])
    return type(plain)(null=field.null, **kept)


def kept_counts_of(model: type[Model], columns: set[str] | None) -> type[Model] | None:
    """Return the first model of counts that has all these columns, or None; ``columns`` are as of ``columns_read``."""
    if columns is None:
        return None
    return next((counts for counts in getattr(model, "kept_counts", ()) if columns <= counts.counted_columns), None)


def columns_read(rows: QuerySet) -> set[str] | None:
    """Return the model's own columns that a query of values reads; None if it joins or groups rows."""
    if rows.query.distinct or rows.query.group_by is not None:
        return None
    text, _params = rows.order_by().query.get_compiler(using=rows.db, elide_empty=False).as_sql()
    return {*re.findall(rf'"{rows.model._meta.db_table}"\."(\w+)"', text)}


def kept_rows(rows: QuerySet, counts: type[Model]) -> QuerySet:
    """Return the same query of a table of kept counts: each of its rows stands for ``kept_number(rows)`` rows."""
    kept = rows.order_by()
    alias = kept.query.get_initial_alias()
    kept.query.alias_map[alias] = BaseTable(counts._meta.db_table, alias)
    return kept


def kept_number(rows: QuerySet) -> RawSQL:
    """Return the column of kept counts that says for how many rows one stands."""
    return RawSQL(f'"{rows.model._meta.db_table}"."number"', (), models.BigIntegerField())  # noqa: S611 - our words


def count_groups(rows: QuerySet, *fields: str, **expressions: Any) -> QuerySet:
    """Return the different values of some fields and expressions with the ``number`` of rows that have them.

    Kept counts are read in place of the rows if they have all columns that are read.
    """
    counts = kept_counts_of(rows.model, columns_read(rows.values(*fields, **expressions)))
    if counts is None:
        return rows.order_by().values(*fields, **expressions).annotate(number=models.Count(Value(1)))
    groups = kept_rows(rows, counts).values(*fields, **expressions)
    number = Cast(models.Sum(kept_number(rows)), models.BigIntegerField())
    return groups.annotate(number=number).filter(number__gt=0)


def count_changes(app_config: Any, using: str = "default", **kwargs: Any) -> None:
    """Let the triggers of an app's tables keep the counts that its models declare: receiver of ``post_migrate``.

    Counts are made from the rows where they are new or other columns are counted.
    """
    for model in app_config.get_models():
        with transaction.atomic(using), connections[using].cursor() as cursor:
            tables = set(connections[using].introspection.table_names(cursor))
            if model._meta.proxy or model._meta.db_table not in tables:
                continue
            kept = [counts for counts in getattr(model, "kept_counts", ()) if counts._meta.db_table in tables]
            arguments = [part for counts in kept for part in (counts._meta.db_table, _columns(counts))]
            if make_triggers(cursor, "pk_count", model._meta.db_table, "pk_count_changes", arguments):
                for counts in kept:
                    _correct(cursor, model, counts)


def correct_counts(using: str = "default") -> dict[str, int]:
    """Compare all kept counts with the rows, and correct those that differ; return how many, by table.

    They differ only after triggers were switched off. Writers wait meanwhile.
    """
    wrong: dict[str, int] = {}
    for model in counted_models():
        with transaction.atomic(using), connections[using].cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{model._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
            wrong |= {counts._meta.db_table: _correct(cursor, model, counts) for counts in model.kept_counts}
    return wrong


def _correct(cursor, model, counts):
    cursor.execute(CORRECT.format(table=f'"{model._meta.db_table}"', **_names(counts)))
    return cursor.rowcount


def fold_counts(connection: psycopg.Connection) -> None:
    """Make one row of the many that changes have left of a count; the counts stay."""
    for model in counted_models():
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(FOLD_LIMIT)
            cursor.execute(f'LOCK TABLE "{model._meta.db_table}" IN ACCESS SHARE MODE')  # a TRUNCATE waits
            for counts in model.kept_counts:
                cursor.execute(FOLD.format(**_names(counts)))


def counted_models() -> list[Any]:
    """Return the models with kept counts."""
    return [model for model in apps.get_models() if getattr(model, "kept_counts", ()) and not model._meta.proxy]


def _names(counts):
    return {"counts": f'"{counts._meta.db_table}"', "columns": _columns(counts)}


def _columns(counts):
    return ", ".join(sorted(f'"{column}"' for column in counts.counted_columns))
