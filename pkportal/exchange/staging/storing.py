"""Store what a plan says: under a lock that is taken only then, in a few statements, with its history."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pkportal.content.unique_constraints import check_deferred
from pkportal.exchange.invalid_values import database_error_message
from pkportal.exchange.progress import ShareReport

from .inserting import watched
from .plan import key_columns, same_key
from .removals import remove_records
from .sql import db_name, listed, literal, only_value, run_sql, stored_fields
from .stage import Fault, Stage, through_names
from .stage_columns import StageColumn

UPDATED_SHARE, INSERTED_SHARE = 0.05, 0.85  # the shares of the work after which records are updated, and inserted


def lock_table(stage: Stage) -> None:
    """Let other writers of the table wait until the end of the transaction; readers never wait."""
    run_sql(f"LOCK TABLE {stage.table} IN SHARE ROW EXCLUSIVE MODE")


def refuse_changed_meanwhile(stage: Stage) -> None:
    """Refuse rows whose record changed, went or came since the plan was made."""
    changed = _("Somebody changed this record since the file was read: it is not overwritten.")
    gone = _("Somebody deleted this record since the file was read.")
    added = _("Somebody added this record since the file was read.")
    run_sql("SET LOCAL enable_nestloop = off")
    stage.refuse(
        f"""
        SELECT pk_row, '', '', CASE WHEN t.{stage.pk} IS NULL THEN {literal(gone)} ELSE {literal(changed)} END
        FROM {stage.source} WHERE NOT d.is_new AND d.changed <> 0 AND d.digest IS DISTINCT FROM {stage.digest}
        """
    )
    same = " AND ".join(same_key(column) for column in key_columns(stage))
    stage.refuse(
        f"""
        SELECT d.pk_row, '', '', {literal(added)} FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row)
        JOIN {stage.table} r ON {same} WHERE d.is_new
        """
    )
    run_sql("SET LOCAL enable_nestloop = on")
    if stage.has_faults():
        stage.leave_refused()


def store_plan(stage: Stage, report: ShareReport) -> bool:
    """Store all rows of the plan; what the database itself refuses becomes a fault of the file, and False is returned.

    ``report`` is told which share is done, and how many rows.
    """
    try:
        with transaction.atomic():
            if not stage.has_faults():  # a file with a row that is refused is not the whole of anything
                remove_records(stage)
            update_changed(stage)
            report(UPDATED_SHARE)
            insert_new(stage, report)
            report(INSERTED_SHARE)
            for column in stage.columns:
                if column.is_links:
                    store_links(stage, column)
            clear_stale_marks(stage)
            check_deferred()
    except IntegrityError as error:
        stage.refuse_rows([Fault(None, "", "", database_error_message(error, stage.model()))])
        return False
    if only_value(f"SELECT EXISTS (SELECT FROM {stage.plan} WHERE {stage.writes})"):
        # or the first visitors' queries are planned for what was there before; words in indexes are left to autovacuum
        columns = listed(db_name(field.column) for field in stage.model._meta.concrete_fields)
        run_sql(f"ANALYZE {stage.table} ({columns})")
    return True


def update_changed(stage: Stage) -> None:
    """Update the columns in which any record changes."""
    changed = only_value(f"SELECT bit_or(changed) FROM {stage.plan} WHERE NOT is_new")
    if not changed:
        return
    names = [
        name for name in stage.future_columns if (column := stage.by_name.get(name)) and changed & stage.bit(column)
    ]
    marks = ['"checked_digest"'] if stage.mark else []
    if names or marks:
        values = listed(f"{name} = f.{name}" for name in [*names, *marks])
        run_sql(
            f"""
            UPDATE {stage.table} o SET {values} FROM ({stage.future}) AS f
            WHERE o.{stage.pk} = f.{stage.pk} AND NOT f.is_new AND f.changed & {own_bits(stage)} <> 0
            """
        )


def own_bits(stage: Stage) -> int:
    """Return the bits of the columns of the model's own table, and of the mark."""
    return sum(stage.bit(column) for column in stage.columns if not column.is_links)


def insert_new(stage: Stage, report: ShareReport) -> None:
    """Insert the new records in the order of the file, those with a reference of their own first.

    The sequence of references goes on after these.
    """
    number = only_value(f"SELECT count(*) FROM {stage.plan} WHERE is_new")
    if not number:
        return

    def report_rows(rows: int) -> None:
        report(UPDATED_SHARE + (INSERTED_SHARE - UPDATED_SHARE) * min(rows / number, 1), rows)

    given = stage.given_by_database
    staged = [name for name in given if name in stage.by_name]
    columns = {
        db_name(field.column): f"f.{db_name(field.column)}"
        for field in stored_fields(stage.model)
        if db_name(field.column) not in given
    }
    has_own = " AND ".join(f"f.{name} IS NOT NULL" for name in staged) or "true"
    for is_own in [True, False] if staged else [True]:
        references = {name: f"f.{name}" if is_own else f"coalesce(f.{name}, {given[name]})" for name in staged}
        inserted = {stage.pk: f"f.{stage.pk}", **columns, **references}
        with watched(stage, number if given else 0, report_rows):
            run_sql(
                f"""
                INSERT INTO {stage.table} ({listed(inserted)}) SELECT {listed(inserted.values())}
                FROM ({stage.future}) AS f WHERE f.is_new AND ({has_own}) IS {is_own} ORDER BY f.pk_row
                """
            )


def store_links(stage: Stage, column: StageColumn) -> None:
    """Delete the links that the file no longer has, and insert those that are new."""
    through, own, other = through_names(column.field)
    rows = f"{stage.plan} d JOIN {stage.rows} s USING (pk_row)"
    written = f"(d.is_new OR d.changed & {stage.bit(column)} <> 0)"
    run_sql(
        f"""
        DELETE FROM {through} l USING {rows}
        WHERE l.{own} = d.record_id AND {written} AND NOT l.{other} = ANY (s.{column.sql_name})
        """
    )
    run_sql(
        f"""
        INSERT INTO {through} ({own}, {other})
        SELECT d.record_id, l.pk FROM {rows} CROSS JOIN unnest(s.{column.sql_name}) AS l (pk)
        WHERE {written} ORDER BY d.pk_row, l.pk ON CONFLICT DO NOTHING
        """
    )


def clear_stale_marks(stage: Stage) -> None:
    """Forget the marks of records that the file calls unchecked, and that have changed since they were checked."""
    if stage.mark:
        run_sql(
            f"""
            UPDATE {stage.table} o SET "checked_digest" = '' FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row)
            WHERE o.{stage.pk} = d.record_id AND NOT s.{stage.mark.sql_name} AND o."checked_digest" <> ''
            """
        )
