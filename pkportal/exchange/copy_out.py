"""Files that the database writes: ``COPY`` of a query whose cells are, byte for byte, what the widgets write.

A record becomes a line without becoming an object, which is twenty times faster. Linked records are left out of a
public file where they are hidden themselves.
"""

import decimal
from collections.abc import Iterator, Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, F, Model, OuterRef, Q, QuerySet, When
from django.db.models.functions import Collate

from . import record_widgets, widgets
from .columns import ComputedColumn, FileColumn, LinkedColumn
from .marked_texts import marked_sql

BLOCK = 32_768  # bytes that are sent together: larger ones leave gaps in memory, where they add up
# XML has not got all characters, and a spreadsheet reads _x000D_ as a carriage return
NOT_IN_XML_SQL = r"'[\u0001-\u0008\u000B-\u001F\uFFFE\uFFFF]'"
NOT_PLAIN_SQL = r"'[&<>\u0001-\u0008\u000A-\u001F\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_'"
PLAIN_WIDGETS = (
    widgets.BooleanWidget,
    widgets.DateWidget,
    widgets.DateTimeWidget,
    widgets.PartialDateWidget,
    widgets.ReferenceWidget,
)
# no character of these stands in JSON or XML, so nothing is quoted
ONE_TEXT = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'"


def csv_blocks(columns: list[FileColumn], records: QuerySet, public: bool) -> Iterator[str]:
    """Yield the rows of a CSV file, many lines at a time."""
    cells = [csv_cell_sql(column.widget, f"cell_{number}") for number, column in enumerate(columns)]
    yield from copied(columns, records, public, ", ".join(cells), "FORMAT csv")


def json_blocks(columns: list[FileColumn], records: QuerySet, public: bool) -> Iterator[str]:
    """Yield the rows of a file as JSON objects, each in a line, many lines at a time."""
    yield from copied(columns, records, public, json_object_sql(columns), ONE_TEXT)


def xlsx_blocks(columns: list[FileColumn], records: QuerySet, public: bool) -> Iterator[str]:
    """Yield the rows of a sheet of a workbook as XML, each in a line, many lines at a time."""
    cells = [xlsx_cell_sql(column.widget, f"cell_{number}") for number, column in enumerate(columns)]
    yield from copied(columns, records, public, f"'<row>' || {' || '.join(cells)} || '</row>'", ONE_TEXT)


def copied(columns: list[FileColumn], records: QuerySet, public: bool, cells: str, options: str) -> Iterator[str]:
    """Copy records out of the database, in their order; a block ends with a whole line."""
    statement = f"COPY ({select_sql(columns, records, public, cells)}) TO STDOUT ({options})"
    block, size = [], 0
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as lines:
        for line in lines:
            block.append(bytes(line))
            size += len(line)
            if size > BLOCK:
                yield b"".join(block).decode()
                block, size = [], 0
    if block:
        yield b"".join(block).decode()


def select_sql(
    columns: list[FileColumn], records: QuerySet, public: bool, results: str, others: Sequence[str] = ()
) -> str:
    """Return the SQL of results that are made of ``cell_0``, ``cell_1`` and so on, the values of columns.

    ``others`` are annotations of the records that the results may be made of, too.
    """
    values = {f"cell_{number}": column_value(records.model, it, public) for number, it in enumerate(columns)}
    query = records.annotate(**values).values_list(*values, *others).query
    text, params = query.get_compiler(connection=connection, elide_empty=False).as_sql()
    # outside of the query, because DISTINCT adds to its columns what it is ordered by
    return connection.ops.compose_sql(f"SELECT {results} FROM ({text}) AS it", params)  # noqa: S608 - our own words


def json_object_sql(columns: list[FileColumn]) -> str:
    """Return the SQL of the JSON object of a record."""
    cells = [json_cell_sql(column.widget, f"cell_{number}") for number, column in enumerate(columns)]
    names = [f"""'"{column.column_name}": '""" for column in columns]
    members = " || ', ' || ".join(f"{name} || {cell}" for name, cell in zip(names, cells, strict=True))
    return f"'{{' || {members} || '}}'"


def column_value(model: type[Model], column: FileColumn, public: bool):
    """Return the expression of a column: its value, or what linked records have in the field that it names."""
    if isinstance(column, ComputedColumn):
        return column.expression()
    if isinstance(column, LinkedColumn):
        return linked_value(model, column.link, column.field, public)
    if isinstance(column.widget, record_widgets.RecordWidget):
        return linked_value(model, column, column.widget.key, public)
    return F(column.attribute)


def linked_value(model: type[Model], column: FileColumn, name: str, public: bool):
    """Return the expression of a field of the linked record, or of an array of it, in the order of the codes."""
    link, linked = column.attribute, column.widget
    shown = linked.model.public_condition() if public else Q()
    if not column.is_many_to_many:
        value = F(f"{link}__{name}")
        return Case(When(prefixed(shown, link), then=value)) if shown else value
    field = model._meta.get_field(link)
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    links = field.remote_field.through._base_manager.filter(prefixed(shown, other), **{own: OuterRef("pk")})
    return ArraySubquery(links.order_by(Collate(f"{other}__{linked.key}", "C")).values(f"{other}__{name}"))


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
        case record_widgets.RecordsWidget() | widgets.ChoicesWidget() | widgets.TextsWidget():
            cell = f"array_to_string({cell}, '{widgets.SEPARATOR}', '')"
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
        case record_widgets.RecordsWidget() | widgets.ChoicesWidget() | widgets.TextsWidget():
            elements = f"unnest({cell}) WITH ORDINALITY AS it (element, place) ORDER BY place"
            codes = f"ARRAY(SELECT coalesce(to_json(element)::text, 'null') FROM {elements})"  # noqa: S608
            text = f"'[' || array_to_string({codes}, ', ') || ']'"
        case _:
            text = f"to_json({cell}::text)::text"
    return f"coalesce({text}, 'null')"


def xlsx_cell_sql(widget: widgets.TextWidget, cell: str) -> str:
    """Return the SQL of the XML of a cell: a number is one, all else has the text that it has in CSV."""
    text = csv_cell_sql(widget, cell)
    if isinstance(widget, widgets.NumberWidget):
        return f"coalesce('<c><v>' || {text} || '</v></c>', '<c/>')"
    if not isinstance(widget, PLAIN_WIDGETS):
        text = f"CASE WHEN {cell}::text ~ {NOT_PLAIN_SQL} THEN {xml_sql(text)} ELSE {text} END"
    return f"""coalesce('<c t="inlineStr"><is><t xml:space="preserve">' || {text} || '</t></is></c>', '<c/>')"""


def xml_sql(text: str) -> str:
    """Return the SQL of a text within XML; characters that XML has not are written as spreadsheets do: _x000D_."""
    text = f"regexp_replace({text}, '_(?=x[0-9A-Fa-f]{{4}}_)', '_x005F_', 'g')"
    for character, written in [("'&'", "&amp;"), ("'<'", "&lt;"), ("'>'", "&gt;"), ("E'\\n'", "&#10;")]:
        text = f"replace({text}, {character}, '{written}')"
    number = "'_x' || lpad(upper(to_hex(ascii(letter))), 4, '0') || '_'"
    letters = f"regexp_split_to_table({text}, '') WITH ORDINALITY AS it (letter, place)"
    written = f"CASE WHEN letter ~ {NOT_IN_XML_SQL} THEN {number} ELSE letter END"
    escaped = f"(SELECT string_agg({written}, '' ORDER BY place) FROM {letters})"  # noqa: S608
    return f"CASE WHEN {text} ~ {NOT_IN_XML_SQL} THEN {escaped} ELSE {text} END"


def date_sql(cell: str) -> str:
    """Return the SQL of a date in ISO 8601."""
    return f"to_char({cell}, 'YYYY-MM-DD')"


def date_time_sql(cell: str) -> str:
    """Return the SQL of a moment in UTC, in ISO 8601; a fraction of a second is written where there is one."""
    moment = f"({cell} AT TIME ZONE 'UTC')"
    fraction = f"CASE WHEN {moment} <> date_trunc('second', {moment}) THEN to_char({moment}, '.US') ELSE '' END"
    return f"""to_char({moment}, 'YYYY-MM-DD"T"HH24:MI:SS') || {fraction} || 'Z'"""
