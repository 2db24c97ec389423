"""The rows of a release as a table of their model, so that the filters of a list select among them, too.

What a record is linked with by many-to-many fields, and what files do not have, is asked of the record as it is now.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.sql.datastructures import BaseTable

from pkportal.exchange.columns import ExportResource, FileColumn
from pkportal.exchange.widgets import SEPARATOR

from .models import Release, ReleasedRow

IN_RELEASE = """
    SELECT id, reference, cells FROM {table}
    WHERE "table" = %s AND since_id <= %s AND (until_id IS NULL OR until_id > %s)
    AND reference IN (SELECT reference FROM candidates)
"""
PAST_TABLE = """
    SELECT *{computed} FROM (
        SELECT {columns} FROM ({rows}) AS released LEFT JOIN {live} AS live ON live.reference = released.reference
    ) AS past
"""


class PastTable(BaseTable):
    """The table of a model in the FROM clause of a query, replaced by a subquery of the same columns."""

    def __init__(self, table_name: str, alias: str, sql: str):
        super().__init__(table_name, alias)
        self.sql = sql

    def as_sql(self, compiler, connection):
        """Return the subquery, which has its values already."""
        text = self.sql.replace("%", "%%")
        return f"({text}) {compiler.quote_name_unless_alias(self.table_alias)}", []


def rows_of_release(resource_class: type[ExportResource], release: Release) -> str:
    """Return the SQL of rows of one table as a release has them: of those that the query knows as ``candidates``."""
    table = connection.ops.quote_name(ReleasedRow._meta.db_table)
    values = [resource_class.name, release.pk, release.pk]
    return connection.ops.compose_sql(IN_RELEASE.format(table=table), values)


def past_references(selection: QuerySet, resource_class: type[ExportResource], release: Release) -> str:
    """Return the SQL of the references of those rows of a release that a query selects.

    The query asks nothing of what is public: all rows of a release were.
    """
    rows = selection.order_by().values_list("reference")
    alias = rows.query.get_initial_alias()
    table = rows.model._meta.db_table
    rows.query.alias_map[alias] = PastTable(table, alias, past_table(resource_class, release))
    text, params = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return connection.ops.compose_sql(text, params)


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
