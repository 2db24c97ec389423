"""The rows that may differ from a release, found in the history, so that nobody compares all rows of a long list.

They are more than those that differ: what a row says also depends on the records that it names, and whether it is
public on the record that it is part of.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from pkportal.changes.past import event_model, link_columns, link_event_models, reference_column
from pkportal.content.models import Part, Publishable, Record

from .models import Release

# Transactions that had begun by now may end after the snapshot of the release, and their rows in the history have the
# time at which they began. Those of other accounts of the database are not seen: they have ten minutes.
BEGUN = """
    SELECT least(now(), min(xact_start)) - interval '10 minutes' FROM pg_stat_activity
    WHERE datname = current_database()
"""


def history_begins() -> Any:
    """Return the time from which on the history may have what a release that begins now has not."""
    with connection.cursor() as cursor:
        cursor.execute(BEGUN)
        ((begun,),) = cursor.fetchall()
    return begun


def candidates(model: Any, release: Release) -> str:
    """Return the SQL of the references of all rows that may differ."""
    return " UNION ".join(each_candidate(model, release))


def each_candidate(model: Any, release: Release) -> Iterator[str]:
    """Yield queries of rows with a history since then, and of rows with links to such."""
    table, since = table_name(model), time_of(release)
    yield f"SELECT {reference_column(model)} AS reference FROM {table_name(event_model(model))} WHERE {since}"  # noqa: S608 - our own names
    for name, events in link_event_models(model).items():
        own, _other = link_columns(model, name)
        yield rows_in(table, "id", f"SELECT {own} FROM {table_name(events)} WHERE {since}")  # noqa: S608 - our own names
    if issubclass(model, Publishable):
        yield rows_in(table, "id", published_since(model, release))
    for field in model._meta.local_concrete_fields:
        if field.many_to_one and issubclass(field.related_model, Record):
            yield rows_in(table, field.column, changed_keys(field.related_model, release))
    for field in model._meta.local_many_to_many:
        own, other = link_columns(model, field.name)
        through = table_name(field.remote_field.through)
        linked = f"SELECT {own} FROM {through} WHERE {other} IN ({changed_keys(field.related_model, release)})"  # noqa: S608 - our own names
        yield rows_in(table, "id", linked)


def changed_keys(model: Any, release: Release) -> str:
    """Return the SQL of the keys of records that may have another code since then, or may be public or no longer so."""
    queries = [f"SELECT pgh_obj_id FROM {table_name(event_model(model))} WHERE {time_of(release)}"]  # noqa: S608 - our own names
    if issubclass(model, Publishable):
        queries.append(published_since(model, release))
    if issubclass(model, Part):
        field = model._meta.get_field(model.part_of.split("__")[0])
        above = changed_keys(field.related_model, release)
        queries.append(f"SELECT id FROM {table_name(model)} WHERE {field.column} IN ({above})")  # noqa: S608 - our own names
    return " UNION ".join(queries)


def published_since(model: Any, release: Release) -> str:
    """Return the SQL of the keys of records whose time to be public has come since then."""
    return f"SELECT id FROM {table_name(model)} WHERE {time_of(release, 'published_at')} AND published_at <= now()"  # noqa: S608 - our own names


def time_of(release: Release, column: str = "pgh_created_at") -> str:
    """Return the condition that a time is one since the release."""
    return connection.ops.compose_sql(f"{column} >= %s", [release.history_begins])


def rows_in(table: str, column: str, keys: str) -> str:
    """Return the SQL of the references of the rows that have one of some keys in a column."""
    return f"SELECT reference FROM {table} WHERE {column} IN ({keys})"  # noqa: S608 - our own names


def table_name(model: Any) -> str:
    """Return the name of the table of a model."""
    return connection.ops.quote_name(model._meta.db_table)
