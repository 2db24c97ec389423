"""The record as it is to be: views that hide the tables of a model from this connection for a moment.

Code of models reads the future through them, as rules of a record and questions about it need, and nothing is written
to the tables themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .sql import analyze, db_name, generated_sql, listed, only_value, run_sql
from .stage import DIGEST, Stage, through_names
from .stage_columns import StageColumn

PLACE = "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = %s::regclass"


@contextmanager
def future_record(stage: Stage) -> Iterator[None]:
    """Show the records and their links as the plan makes them; what is read inside must not be written."""
    changed = [column for column in stage.columns if column.is_links]
    views = [future_view(stage), *(links_view(stage, column) for column in changed)]
    for view in views:
        run_sql(view)
    try:
        yield
    finally:
        tables = [stage.table, *(through_names(column.field)[0] for column in changed)]
        run_sql(f"DROP VIEW {listed(f'pg_temp.{table}' for table in reversed(tables))}")
        names = [future_name(stage), *(links_name(stage, column) for column in changed)]
        run_sql(f"DROP TABLE {listed(names)}")


def future_name(stage: Stage) -> str:
    """Return the name of the table of new and changed records."""
    return db_name(f"{stage.name}_future")


def links_name(stage: Stage, column: StageColumn) -> str:
    """Return the name of the table of their links in a column."""
    return db_name(f"{stage.name}_links_{stage.columns.index(column)}")


def real_name(table: str) -> str:
    """Return the name of a table with its schema, by which a view of the same name does not hide it."""
    return f"{db_name(only_value(PLACE, [table]))}.{table}"


def future_view(stage: Stage) -> str:
    """Make a table of new and changed records; return how a view lays it over what is on record."""
    name, model = future_name(stage), stage.model
    keys = [db_name(model._meta.get_field(key).column) for key in model.key_fields]
    run_sql(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS SELECT * FROM ({stage.future}) AS f WHERE {stage.writes}")
    run_sql(f"CREATE INDEX ON {name} ({stage.pk})")
    run_sql(f"CREATE INDEX ON {name} ({listed(keys)})")
    analyze(name)
    fields = model._meta.concrete_fields
    now = listed(f"t.{db_name(field.column)}" for field in fields)
    new = listed(future_column(field) for field in fields)
    kept = f"NOT EXISTS (SELECT FROM {name} f WHERE f.{stage.pk} = t.{stage.pk})"
    return f"""
        CREATE TEMPORARY VIEW {stage.table} AS
        SELECT {now} FROM {real_name(stage.table)} t WHERE {kept} UNION ALL SELECT {new} FROM {name}
    """


def future_column(field: Any) -> str:
    """Return what the view selects for a column; a record that nobody marked is not compared with its mark."""
    name = db_name(field.column)
    if not field.generated:
        return name
    was_marked = f"{DIGEST} <> '' AND " if field.name == "is_checked" else ""
    return f"{was_marked}({generated_sql(field)}) AS {name}"


def links_view(stage: Stage, column: StageColumn) -> str:
    """Make a table of the links of new and changed records; return how a view lays it over what is on record."""
    through, own, other = through_names(column.field)
    name = links_name(stage, column)
    run_sql(
        f"""
        CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS
        SELECT d.record_id AS {own}, unnest(s.{column.sql_name}) AS {other}
        FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row) WHERE {stage.writes}
        """
    )
    run_sql(f"CREATE INDEX ON {name} ({own})")
    written = f"SELECT FROM {stage.plan} d WHERE d.record_id = t.{own} AND {stage.writes}"
    return f"""
        CREATE TEMPORARY VIEW {through} AS
        SELECT t.id, t.{own}, t.{other} FROM {real_name(through)} t WHERE NOT EXISTS ({written})
        UNION ALL SELECT NULL::bigint, {own}, {other} FROM {name}
    """
