"""The rows of a release as a table of their model, so that the filters of a list select among them, too.

What files do not have, and what other records say, is asked of them as they are now.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import QuerySet

from pkportal.exchange.columns import ExportResource, FileColumn
from pkportal.exchange.widgets import SEPARATOR

from .models import Release, ReleasedRow

IN_RELEASE = """
    SELECT id, reference, cells FROM {table}
    WHERE "table" = %s AND since_id <= %s AND (until_id IS NULL OR until_id > %s)
"""
PAST_LINKS = """
    SELECT NULL::bigint AS id, coalesce(live.id, -released.id) AS {own}, linked.id AS {other}
    FROM ({rows}) AS released LEFT JOIN {live} AS live ON live.reference = released.reference
    CROSS JOIN unnest(string_to_array({cell}, '{separator}')) AS named JOIN {linked} AS linked ON linked.{key} = named
"""
PAST_TABLE = """
    SELECT *{computed} FROM (
        SELECT {columns} FROM ({rows}) AS released LEFT JOIN {live} AS live ON live.reference = released.reference
    ) AS past
"""


def rows_of_release(resource_class: type[ExportResource], release: Release) -> str:
    """Return the SQL of the rows of one table as a release has them: their id, reference and cells."""
    table = connection.ops.quote_name(ReleasedRow._meta.db_table)
    values = [resource_class.name, release.pk, release.pk]
    return connection.ops.compose_sql(IN_RELEASE.format(table=table), values)


def past_references(selection: QuerySet, resource_class: type[ExportResource], release: Release) -> str:
    """Return the SQL of the references of those rows of a release that a query selects.

    In its statement the rows and the links of the release have the names of the tables, which they hide. The query asks
    nothing of what is public: all rows of a release were.
    """
    rows = selection.order_by().values_list("reference")
    statement = connection.ops.compose_sql(*rows.query.get_compiler(connection=connection, elide_empty=False).as_sql())
    model = resource_class._meta.model
    tables = {
        field.m2m_db_table(): past_links(field, resource_class, release)
        for field in model._meta.local_many_to_many
        if field.name in resource_class.fields
    }
    tables[model._meta.db_table] = past_table(resource_class, release)  # the last, for links are read by the live one
    hiding = ", ".join(f"{connection.ops.quote_name(name)} AS ({table})" for name, table in tables.items())
    return f"WITH {hiding} {statement}"


def past_links(field: Any, resource_class: type[ExportResource], release: Release) -> str:
    """Return the SQL of the links of a many-to-many field in a release, with the columns of their table."""
    column = resource_class.fields[field.name]
    quote, linked = connection.ops.quote_name, field.related_model
    return PAST_LINKS.format(
        own=quote(field.m2m_column_name()),
        other=quote(field.m2m_reverse_name()),
        rows=rows_of_release(resource_class, release),
        live=quote(field.model._meta.db_table),
        cell=connection.ops.compose_sql("released.cells->>%s", [column.column_name]),
        separator=SEPARATOR,
        linked=quote(linked._meta.db_table),
        key=quote(linked._meta.get_field(column.widget.key).column),
    )


def past_table(resource_class: type[ExportResource], release: Release) -> str:
    """Return the SQL of the rows of a release with the columns of the model's table."""
    model = resource_class._meta.model
    columns = {column.attribute: column for column in resource_class().columns()}
    stored, computed = [], ""
    for field in model._meta.local_concrete_fields:
        name = connection.ops.quote_name(field.column)
        if field.generated and field.name not in columns and field.name != "reference":
            text, params = field.generated_sql(connection)
            computed += f", {connection.ops.compose_sql(text, params)} AS {name}"
        else:
            stored.append(f"{past_value(field, columns.get(field.name))} AS {name}")
    live = connection.ops.quote_name(model._meta.db_table)
    rows = rows_of_release(resource_class, release)
    return PAST_TABLE.format(columns=", ".join(stored), computed=computed, rows=rows, live=live)


def past_value(field: Any, column: FileColumn | None) -> str:
    """Return the SQL of the value of a field: what its cell says, or of a field without a cell what is so now."""
    if field.primary_key:
        return "coalesce(live.id, -released.id)"  # of a row that is gone, a key that no row has
    if field.name == "reference":
        return "released.reference"
    if column is None:
        return f"live.{connection.ops.quote_name(field.column)}"
    cell = connection.ops.compose_sql("(released.cells->>%s)", [column.column_name])
    if field.many_to_one:
        return key_of_code(field.related_model, column.widget.key, cell)
    db_type = field.db_type(connection)
    if isinstance(field, ArrayField):
        return f"string_to_array(coalesce({cell}, ''), '{SEPARATOR}')::{db_type}"
    output = getattr(field, "output_field", field)
    if isinstance(output, models.BooleanField):
        return f"({cell} = 'yes')"
    if output.empty_strings_allowed and not field.null:
        cell = f"coalesce({cell}, '')"
    return f"{cell}::{db_type}"


def key_of_code(model: type[models.Model], name: str, cell: str) -> str:
    """Return the SQL of the primary key of the record that a cell names."""
    table, column = (
        connection.ops.quote_name(part) for part in (model._meta.db_table, model._meta.get_field(name).column)
    )
    return f"(SELECT named.id FROM {table} AS named WHERE named.{column} = {cell})"  # noqa: S608 - our own names
