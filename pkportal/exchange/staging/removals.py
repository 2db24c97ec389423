"""Removals: of a file that is the whole of something, the records that it does not have go, if that is asked.

``kind=news`` means: the file has all records of this kind. A published record is withdrawn: readers may have its
address. Any other is deleted, unless others depend on it.
"""

from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from pkportal.content.models import Publishable, Status
from pkportal.exchange.cell_reading import ColumnReader
from pkportal.exchange.reading import UnreadableFile

from .dependents import depend_on, named_dependents
from .sql import db_name, literal, only_value, run_and_count, run_sql
from .stage import Fault, Stage
from .stage_columns import StageColumn


class Removal(NamedTuple):
    """A record that the file does not have, and whether it is withdrawn in place of being deleted."""

    pk: int
    reference: str
    is_withdrawn: bool


def plan_removals(stage: Stage, whole: str) -> None:
    """Find the records that the file does not have; refuse to delete those on which others depend.

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
    withdrawn = f"t.status = {literal(Status.PUBLISHED)}" if issubclass(stage.model, Publishable) else "false"
    gone = "AND t.status <> 'withdrawn'" if issubclass(stage.model, Publishable) else ""
    reference = db_name(stage.model._meta.get_field("reference").column)
    run_sql(
        f"""
        {stage.create} {stage.removed} {stage.end} AS
        SELECT t.{stage.pk} AS pk, t.{reference} AS reference, {withdrawn} AS is_withdrawn, {stage.digest} AS digest
        FROM {stage.table} t WHERE t.{staged.sql_name} = {value} {gone}
        AND NOT EXISTS (SELECT FROM {stage.plan} d WHERE d.record_id = t.{stage.pk})
        """
    )
    refuse_needed(stage)


def value_of_all(stage: Stage, column: StageColumn) -> Any:
    """Return the one value that all rows of the plan have in a column, or None."""
    name = column.sql_name
    rows = f"{stage.rows} JOIN {stage.plan} USING (pk_row)"
    ((first, last, is_full),) = run_sql(f"SELECT min({name}), max({name}), count(*) = count({name}) FROM {rows}")
    return first if is_full and first == last else None


def refuse_needed(stage: Stage) -> None:
    """Refuse to delete records on which others depend, and name these."""
    needed = " OR ".join(depend_on(stage.model, stage.removed)) or "false"
    if not only_value(f"SELECT EXISTS (SELECT FROM {stage.removed} d WHERE NOT is_withdrawn AND ({needed}))"):
        return
    reason = _("%(reference)s is not in the file and cannot be removed: other records depend on it. %(names)s")
    dependents = named_dependents(stage.model, f"(SELECT * FROM {stage.removed} WHERE NOT is_withdrawn)", stage.removed)
    stage.refuse_rows(
        Fault(None, "", "", reason % {"reference": reference, "names": ", ".join(names)})
        for reference, names in sorted(dependents.items())
    )


def has_removals(stage: Stage) -> bool:
    """True if it was asked what the file does not have."""
    return only_value("SELECT to_regclass(%s) IS NOT NULL", [stage.removed])


def count_removals(stage: Stage) -> int:
    """Count the records that the file does not have."""
    return only_value(f"SELECT count(*) FROM {stage.removed}") if has_removals(stage) else 0


def removals_of(stage: Stage, offset: int = 0, limit: int | None = None) -> list[Removal]:
    """Return the records that the file does not have, in the order of their references."""
    if not has_removals(stage):
        return []
    query = f"SELECT pk, reference, is_withdrawn FROM {stage.removed} ORDER BY 2, 1 OFFSET %s LIMIT %s"
    return [Removal(*row) for row in run_sql(query, [offset, limit])]


def refuse_changed_removals(stage: Stage) -> None:
    """Refuse to remove records that somebody changed since the file was read."""
    if not has_removals(stage):
        return
    changed = f"""
        SELECT d.reference FROM {stage.removed} d JOIN {stage.table} t ON t.{stage.pk} = d.pk
        WHERE d.digest IS DISTINCT FROM {stage.digest} ORDER BY 1
    """
    reason = _("%(reference)s is not in the file, but somebody changed it since the file was read: it is not removed.")
    stage.refuse_rows(Fault(None, "", "", reason % {"reference": reference}) for (reference,) in run_sql(changed))
    refuse_needed(stage)


def remove_records(stage: Stage) -> int:
    """Delete the records that were planned to go, with their links, and withdraw those that are published."""
    if not has_removals(stage):
        return 0
    number = withdraw_published(stage) if issubclass(stage.model, Publishable) else 0
    gone = f"SELECT pk FROM {stage.removed} WHERE NOT is_withdrawn"
    for field in stage.model._meta.many_to_many:
        through, own = db_name(field.m2m_db_table()), db_name(field.m2m_column_name())
        run_sql(f"DELETE FROM {through} WHERE {own} IN ({gone})")
    return number + run_and_count(f"DELETE FROM {stage.table} WHERE {stage.pk} IN ({gone})")


def withdraw_published(stage: Stage) -> int:
    """Withdraw the published records that were planned to go, and say why to their readers."""
    return run_and_count(
        f"""
        UPDATE {stage.table} SET status = {literal(Status.WITHDRAWN)}, withdrawn_at = statement_timestamp(),
            withdrawal_reason = {literal(withdrawal_words())}
        WHERE {stage.pk} IN (SELECT pk FROM {stage.removed} WHERE is_withdrawn)
        """
    )


def withdrawal_words() -> str:
    """Return what readers of a withdrawn record are told."""
    return _("It is no longer in the list that it came from.")


def removed_records(stage: Stage, offset: int = 0, limit: int | None = None) -> list[tuple[Any, bool]]:
    """Return the records themselves, each with whether it is withdrawn."""
    removals = removals_of(stage, offset, limit)
    records = stage.model._base_manager.in_bulk([removal.pk for removal in removals])
    return [(records[it.pk], it.is_withdrawn) for it in removals if it.pk in records]


def which_removed(stage: Stage) -> Q:
    """Return the condition that a record is one of those that the file does not have."""
    return Q(pk__in=[removal.pk for removal in removals_of(stage)])
