"""The rows that may differ from a release, found in the history, so that nobody compares all rows of a long list.

They are more than those that differ: what a row says also depends on the records that it names, and whether it is
public on the record that it is part of. They are found in steps, each with what the one before has found as constants:
so the planner knows how few they are, and reads a long table by its indexes.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection

from pkportal.changes.past import event_model, link_columns, link_event_models, reference_column
from pkportal.content.models import Part, Publishable, Record

from .models import Release
from .unseen_history import unseen_events

MOST_LISTED = 5_000  # references; where more rows may differ, the statement that compares them finds them itself


class Candidates(NamedTuple):
    """The SQL of the references of all rows that may differ, and of a few the references themselves."""

    query: str
    few: list[str] | None


def candidates(model: Any, release: Release) -> Candidates:
    """Return the rows of a kind that may differ from a release."""
    query = " UNION ".join(each_candidate(model, release, changed_keys_of_linked(model, release)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT reference FROM ({query}) AS candidates LIMIT {MOST_LISTED + 1}")  # noqa: S608 - our own names
        references = [reference for (reference,) in cursor.fetchall()]
    if len(references) > MOST_LISTED:
        return Candidates(query, None)
    return Candidates(f"SELECT {rows_of_list(references, 'text')} AS reference", references)


def each_candidate(model: Any, release: Release, changed: dict[Any, list[int]]) -> Iterator[str]:
    """Yield queries of rows with a history since then, and of rows with links to such."""
    table = table_name(model)
    yield unseen_events(event_model(model), f"{reference_column(model)} AS reference", release)
    for name, events in link_event_models(model).items():
        own, _other = link_columns(model, name)
        yield rows_in(table, "id", unseen_events(events, own, release))
    if issubclass(model, Publishable):
        yield rows_in(table, "id", published_since(model, release))
    for field in fields_to_records(model):
        if not changed[field.related_model]:
            continue
        keys = f"SELECT {rows_of_list(changed[field.related_model], 'bigint')}"
        if field.many_to_one:
            yield rows_in(table, field.column, keys)
        else:
            own, other = link_columns(model, field.name)
            through = table_name(field.remote_field.through)
            yield rows_in(table, "id", f"SELECT {own} FROM {through} WHERE {other} IN ({keys})")  # noqa: S608 - our own names


def fields_to_records(model: Any) -> list[Any]:
    """Return the fields by which rows name records."""
    fields = [field for field in model._meta.local_concrete_fields if field.many_to_one]
    return [it for it in [*fields, *model._meta.local_many_to_many] if issubclass(it.related_model, Record)]


def changed_keys_of_linked(model: Any, release: Release) -> dict[Any, list[int]]:
    """Return the keys of the records, by their models, with which rows that name them may have changed."""
    changed: dict[Any, list[int]] = {field.related_model: [] for field in fields_to_records(model)}
    models = [*changed]
    queries = [
        f"SELECT {place} AS place, id FROM ({changed_keys(related, release)}) AS changed_{place} (id)"  # noqa: S608 - our own names
        for place, related in enumerate(models)
    ]
    if queries:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(queries))
            for place, pk in cursor.fetchall():
                changed[models[place]].append(pk)
    return changed


def changed_keys(model: Any, release: Release) -> str:
    """Return the SQL of the keys of records that may have another code since then, or may be public or no longer so."""
    queries = [unseen_events(event_model(model), "pgh_obj_id", release)]
    if issubclass(model, Publishable):
        queries.append(published_since(model, release))
    if issubclass(model, Part):
        field = model._meta.get_field(model.part_of.split("__")[0])
        above = changed_keys(field.related_model, release)
        queries.append(f"SELECT id FROM {table_name(model)} WHERE {field.column} IN ({above})")  # noqa: S608 - our own names
    return " UNION ".join(queries)


def published_since(model: Any, release: Release) -> str:
    """Return the SQL of the keys of records whose time to be public has come since then."""
    since = connection.ops.compose_sql("published_at > %s", [release.made_at])
    return f"SELECT id FROM {table_name(model)} WHERE {since} AND published_at <= now()"  # noqa: S608 - our own names


def rows_in(table: str, column: str, keys: str) -> str:
    """Return the SQL of the references of the rows that have one of some keys in a column."""
    return f"SELECT reference FROM {table} WHERE {column} IN ({keys})"  # noqa: S608 - our own names


def rows_of_list(values: list[Any], db_type: str) -> str:
    """Return the SQL of the rows of a list: the planner knows how many they are."""
    return connection.ops.compose_sql(f"unnest(%s::{db_type}[])", [values])


def table_name(model: Any) -> str:
    """Return the name of the table of a model."""
    return connection.ops.quote_name(model._meta.db_table)
