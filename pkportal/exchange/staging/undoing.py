"""Undo an import by the context that its history has: exactly its rows, but none that changed since.

What was added is deleted, what was changed is as before, and what was deleted is there again, with all links.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pkportal.content.history import event_model, link_event_models
from pkportal.content.unique_constraints import check_deferred
from pkportal.exchange.invalid_values import database_error_message
from pkportal.exchange.progress import report_nothing

from .dependents import depend_on
from .sql import db_name, listed, literal, only_value, run_and_count, run_sql, stored_fields

DONE = '"pk_undone"'  # the table of what the import did to the records of a kind
FOUND_SHARE, WRITTEN_SHARE = 0.2, 0.9  # the shares of the work after which that is known, and undone


class KeptRecord(NamedTuple):
    """A record that an undo leaves as it is, and why."""

    kind: str
    reference: str
    reason: str


class Undone(NamedTuple):
    """What an undo did: how many records it deleted, restored and added again, and which it left as they are."""

    deleted: int
    restored: int
    added: int
    kept: list[KeptRecord]


def undo_import(context: UUID, models: list[Any], report: Callable[[float], None] = report_nothing) -> Undone:
    """Undo, inside a transaction, what was done in one context to records of some kinds, the dependent kinds first.

    ``report`` is told which share is done.
    """
    deleted = restored = added = 0
    kept = list[KeptRecord]()
    report(0)
    for number, model in enumerate(reversed(models)):
        table = db_name(event_model(model)._meta.db_table)
        if not only_value(f"SELECT EXISTS (SELECT FROM {table} WHERE pgh_context_id = %s)", [context]):
            continue
        try:
            with transaction.atomic():
                find_done(model, context)
                kept += leave_changed(model, context)
                report((number + FOUND_SHARE) / len(models))
                done = delete_added(model), restore_changed(model), add_deleted(model)
                report((number + WRITTEN_SHARE) / len(models))
                undo_links(model, context)
                check_deferred()
                run_sql(f"DROP TABLE {DONE}")
        except IntegrityError as error:
            kept.append(KeptRecord(model._meta.label_lower, "", database_error_message(error, model())))
        else:
            deleted, restored, added = deleted + done[0], restored + done[1], added + done[2]
    return Undone(deleted, restored, added, kept)


def find_done(model: Any, context: UUID) -> None:
    """Make the table of what was done: each record, its last event of the context, and the last one before it."""
    events = db_name(event_model(model)._meta.db_table)
    own = f"""
        SELECT pgh_obj_id AS pk, min(pgh_id) AS first, max(pgh_id) AS last FROM {events}
        WHERE pgh_context_id = %s GROUP BY 1
    """
    before = f"SELECT max(pgh_id) FROM {events} e WHERE e.pgh_obj_id = own.pk AND e.pgh_id < own.first"
    run_sql(f"LOCK TABLE {db_name(model._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")
    run_sql(
        f"""
        CREATE TEMPORARY TABLE {DONE} ON COMMIT DROP AS
        SELECT own.*, f.pgh_label = 'insert' AS is_added, l.pgh_label = 'delete' AS is_deleted, ({before}) AS before
        FROM ({own}) AS own JOIN {events} f ON f.pgh_id = own.first JOIN {events} l ON l.pgh_id = own.last
        """,
        [context],
    )
    for links, own_column, _other in link_event_tables(model):  # records of which only links changed
        run_sql(
            f"""
            INSERT INTO {DONE} (pk, is_added, is_deleted) SELECT DISTINCT {own_column}, false, false FROM {links} e
            WHERE pgh_context_id = %s AND NOT EXISTS (SELECT FROM {DONE} d WHERE d.pk = e.{own_column})
            """,
            [context],
        )


def link_event_tables(model: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the event table of each kind of links, with its columns of this record and of the other."""
    for name, links in link_event_models(model).items():
        field = model._meta.get_field(name)
        yield db_name(links._meta.db_table), db_name(field.m2m_column_name()), db_name(field.m2m_reverse_name())


def leave_changed(model: Any, context: UUID) -> list[KeptRecord]:
    """Leave out records that changed since, and those that others depend on; return them."""
    events = db_name(event_model(model)._meta.db_table)
    since = [
        f"EXISTS (SELECT FROM {events} e WHERE e.pgh_obj_id = d.pk AND e.pgh_id > d.last)",
        "d.last IS NULL AND "
        f"EXISTS (SELECT FROM {events} e WHERE e.pgh_obj_id = d.pk AND {later_than(events, context)})",
    ]
    for links, own, _other in link_event_tables(model):
        since.append(f"EXISTS (SELECT FROM {links} e WHERE e.{own} = d.pk AND {later_than(links, context)})")
    changed = _("Somebody changed it since.")
    kept = left_out(model, " OR ".join(f"({condition})" for condition in since), changed)
    depend = _("Other records depend on it.")
    condition = " OR ".join(depend_on(model, DONE)) or "false"
    while found := left_out(model, f"d.is_added AND NOT d.is_deleted AND ({condition})", depend):
        kept += found
    return kept


def later_than(events: str, context: UUID) -> str:
    """Return the condition that an event e of a table is later than an import."""
    own = f"SELECT max(pgh_id) FROM {events} WHERE pgh_context_id = {literal(context)}"
    moment = f"SELECT created_at FROM pghistory_context WHERE id = {literal(context)}"
    before = f"SELECT max(pgh_id) FROM {events} WHERE pgh_created_at <= ({moment})"
    return f"e.pgh_id > coalesce(({own}), ({before}), 0)"


def left_out(model: Any, condition: str, reason: str) -> list[KeptRecord]:
    """Take records out of what is undone, and return them with the reason."""
    reference = db_name(model._meta.get_field("reference").column)
    table, pk = db_name(model._meta.db_table), db_name(model._meta.pk.column)
    found = run_sql(
        f"""
        DELETE FROM {DONE} d WHERE {condition}
        RETURNING coalesce((SELECT t.{reference} FROM {table} t WHERE t.{pk} = d.pk), '')
        """
    )
    return [KeptRecord(model._meta.label_lower, name, reason) for (name,) in sorted(found)]


def delete_added(model: Any) -> int:
    """Delete the records that were added, with their links."""
    table, pk = db_name(model._meta.db_table), db_name(model._meta.pk.column)
    added = f"SELECT d.pk FROM {DONE} d WHERE d.is_added AND NOT d.is_deleted"
    for field in model._meta.many_to_many:
        through = db_name(field.m2m_db_table())
        run_sql(f"DELETE FROM {through} WHERE {db_name(field.m2m_column_name())} IN ({added})")
    return run_and_count(f"DELETE FROM {table} WHERE {pk} IN ({added})")


def restore_changed(model: Any) -> int:
    """Give the records that were changed the state before; return how many they are, with those of which links were."""
    table, events = db_name(model._meta.db_table), db_name(event_model(model)._meta.db_table)
    names = [db_name(field.column) for field in stored_fields(model)]
    values = listed(f"{name} = e.{name}" for name in names)
    run_sql(
        f"""
        UPDATE {table} t SET {values} FROM {DONE} d JOIN {events} e ON e.pgh_id = d.before
        WHERE t.{db_name(model._meta.pk.column)} = d.pk AND NOT d.is_added AND NOT d.is_deleted
        """
    )
    return only_value(f"SELECT count(*) FROM {DONE} WHERE NOT is_added AND NOT is_deleted")


def add_deleted(model: Any) -> int:
    """Add the records again that were deleted, under their own references."""
    table, events = db_name(model._meta.db_table), db_name(event_model(model)._meta.db_table)
    names = listed(db_name(field.column) for field in stored_fields(model))
    return run_and_count(
        f"""
        INSERT INTO {table} ({db_name(model._meta.pk.column)}, {names})
        SELECT d.pk, {names} FROM {DONE} d JOIN {events} e ON e.pgh_id = coalesce(d.before, d.last)
        WHERE d.is_deleted AND NOT d.is_added
        """
    )


def undo_links(model: Any, context: UUID) -> None:
    """Take away the links that were added, and add those again that were taken away."""
    for name, links in link_event_models(model).items():
        field = model._meta.get_field(name)
        own, other = db_name(field.m2m_column_name()), db_name(field.m2m_reverse_name())
        through, events = db_name(field.m2m_db_table()), db_name(links._meta.db_table)
        done = f"""
            {events} e JOIN {DONE} d ON d.pk = e.{own} AND NOT d.is_added
            WHERE e.pgh_context_id = {literal(context)} AND e.pgh_label
        """
        pairs = f"SELECT e.{own}, e.{other} FROM {done}"
        run_sql(f"DELETE FROM {through} WHERE ({own}, {other}) IN ({pairs} = 'insert')")
        run_sql(f"INSERT INTO {through} ({own}, {other}) {pairs} = 'delete' ON CONFLICT DO NOTHING")
