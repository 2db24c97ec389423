"""Stages that wait in the database until they are applied or thrown away: found again by name, on any machine."""

import json
from typing import Any

from .hooks import ImportHooks
from .sql import db_name, literal, only_value, run_sql
from .stage import PREVIEW_ORDER, Stage, drop_tables
from .stage_columns import StageColumn

STAGES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relname ~ '^pk_stage_[0-9a-f]{32}$' AND relnamespace = current_schema()::regnamespace
"""


class NoSuchStage(LookupError):
    """The stage was applied or thrown away."""


def keep_stage(stage: Stage) -> None:
    """Write down beside a stage what its columns are, and let any page of its rows be found without reading all."""
    numbered = [(table, "pk_row") for table in [stage.rows, stage.plan, stage.questions]]
    for table, order in [*numbered, (stage.plan, PREVIEW_ORDER)]:
        run_sql(f"CREATE INDEX ON {table} ({order})")
    columns = [[column.name, column.is_default] for column in stage.columns]
    run_sql(f"COMMENT ON TABLE {stage.rows} IS {literal(json.dumps(columns))}")


def open_stage(resource: ImportHooks, name: str, user: Any = None) -> Stage:
    """Return a stage that was kept, for the same kind of records. Raises ``NoSuchStage``."""
    if name not in kept_stages():
        raise NoSuchStage(name)
    described = only_value("SELECT obj_description(%s::regclass)", [db_name(name)])
    columns = [StageColumn(resource, resource.fields[column], is_it) for column, is_it in json.loads(described)]
    resource.user = user
    return Stage(resource, columns, is_kept=True, name=name)


def kept_stages() -> set[str]:
    """Return the names of all stages that are kept."""
    return {name for (name,) in run_sql(STAGES)}


def drop_stage(name: str) -> None:
    """Throw a stage away, if it is still there."""
    if name in kept_stages():
        drop_tables(name)
