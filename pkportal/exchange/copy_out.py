"""Files that the database writes: ``COPY`` of a query whose cells are, byte for byte, what the widgets write.

A record becomes a line without becoming an object, which is twenty times faster. Linked records are left out of a
public file where they are hidden themselves.
"""

import decimal
from collections.abc import Iterator

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, F, Model, OuterRef, Q, QuerySet, When
from django.db.models.functions import Collate

from . import record_widgets, widgets
from .columns import ComputedColumn, ExportResource, FileColumn
from .marked_texts import marked_sql

BLOCK = 65_536  # bytes that are sent together
# no character of these stands in JSON, so nothing is quoted
JSON_OPTIONS = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'"


def csv_blocks(resource_class: type[ExportResource], records: QuerySet, public: bool) -> Iterator[str]:
    """Yield the rows of a CSV file, many lines at a time."""
    columns = columns_of(resource_class, public)
    cells = [csv_cell_sql(column.widget, f"cell_{number}") for number, column in enumerate(columns)]
    yield from copied(columns, records, public, ", ".join(cells), "FORMAT csv")


def json_blocks(resource_class: type[ExportResource], records: QuerySet, public: bool) -> Iterator[str]:
    """Yield the rows of a file as JSON objects, each in a line, many lines at a time."""
    columns = columns_of(resource_class, public)
    cells = [json_cell_sql(column.widget, f"cell_{number}") for number, column in enumerate(columns)]
    names = [f"""'"{column.column_name}": '""" for column in columns]
    members = " || ', ' || ".join(f"{name} || {cell}" for name, cell in zip(names, cells, strict=True))
    yield from copied(columns, records, public, f"'{{' || {members} || '}}'", JSON_OPTIONS)


def columns_of(resource_class: type[ExportResource], public: bool) -> list[FileColumn]:
    """Return the columns of a public file, or of one that holds what is stored and nothing else."""
    resource = resource_class()
    return resource.public_columns() if public else resource.columns()


def copied(columns: list[FileColumn], records: QuerySet, public: bool, cells: str, options: str) -> Iterator[str]:
    """Copy records out of the database, in their order; a block ends with a whole line."""
    values = {f"cell_{number}": column_value(records.model, it, public) for number, it in enumerate(columns)}
    query = records.annotate(**values).values_list(*values).query
    text, params = query.get_compiler(connection=connection, elide_empty=False).as_sql()
    # outside of the query, because DISTINCT adds to its columns what it is ordered by
    statement = f"COPY (SELECT {cells} FROM ({text}) AS it) TO STDOUT ({options})"  # noqa: S608 - our own words
    statement = connection.ops.compose_sql(statement, params)
    block = bytearray()
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as lines:
        for line in lines:
            block += line
            if len(block) > BLOCK:
                yield block.decode()
                block.clear()
    if block:
        yield block.decode()


def column_value(model: type[Model], column: FileColumn, public: bool):
    """Return the expression of a column: its value, the code of a linked record, or a sorted array of codes."""
    name, widget = column.attribute, column.widget
    if isinstance(column, ComputedColumn):
        return column.expression()
    if not isinstance(widget, record_widgets.RecordWidget):
        return F(name)
    shown = widget.model.public_condition() if public else Q()
    if not column.is_many_to_many:
        code = F(f"{name}__{widget.key}")
        return Case(When(prefixed(shown, name), then=code)) if shown else code
    field = model._meta.get_field(name)
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    code = f"{other}__{widget.key}"
    links = field.remote_field.through._base_manager.filter(prefixed(shown, other), **{own: OuterRef("pk")})
    return ArraySubquery(links.order_by(Collate(code, "C")).values(code))


def prefixed(condition: Q, path: str) -> Q:
    """Return a condition on a record as one on a record that is linked with it."""
    children = [
        prefixed(child, path) if isinstance(child, Q) else (f"{path}__{child[0]}", child[1])
        for child in condition.children
    ]
    return Q.create(children, condition.connector, condition.negated)


def csv_cell_sql(widget: widgets.TextWidget, cell: str) -> str:
    """Return the SQL of the text that ``render`` gives; a blank cell is NULL, as COPY would quote an empty text."""
    match widget:
        case widgets.BooleanWidget():
            return f"CASE WHEN {cell} THEN 'yes' ELSE 'no' END"
        case widgets.NumberWidget(parse=decimal.Decimal):
            return f"trim_scale({cell})"
        case widgets.DateWidget():
            return date_sql(cell)
        case widgets.DateTimeWidget():
            return date_time_sql(cell)
        case record_widgets.RecordsWidget() | widgets.ChoicesWidget():
            cell = f"array_to_string({cell}, '{widgets.SEPARATOR}')"
    if widget.is_text:
        is_marked = marked_sql(widget.kind, cell)
        return f"CASE WHEN {cell} = '' THEN NULL WHEN {is_marked} THEN '''' || {cell} ELSE {cell} END"
    return f"nullif({cell}::text, '')"


def json_cell_sql(widget: widgets.TextWidget, cell: str) -> str:
    """Return the SQL of the JSON of what ``to_json`` gives."""
    match widget:
        case widgets.BooleanWidget():
            return f"CASE WHEN {cell} THEN 'true' ELSE 'false' END"
        case widgets.NumberWidget(parse=parse) if parse is not int:
            whole = f"CASE WHEN {cell} = trunc({cell}) THEN '.0' ELSE '' END"
            text = f"{cell}::float8::text || {whole}"
        case widgets.NumberWidget():
            text = f"{cell}::text"
        case widgets.DateWidget():
            text = f"to_json({date_sql(cell)})::text"
        case widgets.DateTimeWidget():
            text = f"to_json({date_time_sql(cell)})::text"
        case record_widgets.RecordsWidget() | widgets.ChoicesWidget():
            elements = f"unnest({cell}) WITH ORDINALITY AS it (element, place) ORDER BY place"
            codes = f"ARRAY(SELECT to_json(element)::text FROM {elements})"  # noqa: S608
            text = f"'[' || array_to_string({codes}, ', ') || ']'"
        case _:
            text = f"to_json({cell}::text)::text"
    return f"coalesce({text}, 'null')"


def date_sql(cell: str) -> str:
    """Return the SQL of a date in ISO 8601."""
    return f"to_char({cell}, 'YYYY-MM-DD')"


def date_time_sql(cell: str) -> str:
    """Return the SQL of a moment in UTC, in ISO 8601; a fraction of a second is written where there is one."""
    moment = f"({cell} AT TIME ZONE 'UTC')"
    fraction = f"CASE WHEN {moment} <> date_trunc('second', {moment}) THEN to_char({moment}, '.US') ELSE '' END"
    return f"""to_char({moment}, 'YYYY-MM-DD"T"HH24:MI:SS') || {fraction} || 'Z'"""
