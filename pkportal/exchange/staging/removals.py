"""Removals: of a file that is the whole of something, the records that it does not have are deleted, if that is asked.

``kind=news`` means: the file has all records of this kind.
"""

from django.utils.translation import gettext as _

from pkportal.exchange.cell_reading import ColumnReader
from pkportal.exchange.reading import UnreadableFile

from .dependents import depend_on
from .sql import db_name, literal, run_and_count, run_sql
from .stage import Fault, Stage
from .stage_columns import StageColumn


def plan_removals(stage: Stage, whole: str) -> list[str]:
    """Return the references of the records that the file does not have; refuse those on which others depend.

    Raises ``UnreadableFile`` if ``whole`` is not a column of the kind and one of its values.
    """
    name, _separator, text = whole.partition("=")
    column = stage.resource.fields.get(name)
    staged = StageColumn(stage.resource, column) if column and name in stage.resource._meta.fields else None
    if staged is None or not staged.is_stored:
        message = _("“%(whole)s” is not a column and its value, such as %(example)s.")
        raise UnreadableFile(message % {"whole": whole, "example": f"{stage.model.key_fields[0]}=…"})
    reading = ColumnReader(stage.resource, column).read(text)
    if reading.refusal:
        raise UnreadableFile(f"{whole}: {reading.refusal}")
    value = literal(reading.value.pk if staged.is_link else reading.value)
    table, pk = stage.removed, stage.pk
    reference = db_name(stage.model._meta.get_field("reference").column)
    kept = f"NOT EXISTS (SELECT FROM {stage.plan} d WHERE d.record_id = t.{pk})"
    run_sql(
        f"""
        {stage.create} {table} {stage.end} AS
        SELECT t.{pk} AS pk, t.{reference} AS reference FROM {stage.table} t
        WHERE t.{staged.sql_name} = {value} AND {kept}
        """
    )
    needed = " OR ".join(depend_on(stage.model, table)) or "false"
    reason = _("%(reference)s is not in the file and cannot be removed: other records depend on it.")
    needed_references = run_sql(f"SELECT reference FROM {table} d WHERE {needed} ORDER BY 1")
    stage.refuse_rows(Fault(None, "", "", reason % {"reference": it}) for (it,) in needed_references)
    return [reference for (reference,) in run_sql(f"SELECT reference FROM {table} ORDER BY 1")]


def remove_records(stage: Stage) -> int:
    """Delete the records that were planned to go, with their links."""
    gone = f"SELECT pk FROM {stage.removed}"
    for field in stage.model._meta.many_to_many:
        through, own = db_name(field.m2m_db_table()), db_name(field.m2m_column_name())
        run_sql(f"DELETE FROM {through} WHERE {own} IN ({gone})")
    return run_and_count(f"DELETE FROM {stage.table} WHERE {stage.pk} IN ({gone})")
