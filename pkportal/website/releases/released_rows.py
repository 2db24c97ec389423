"""The rows that releases had: what came, changed and went between them.

A row is stored once for as long as it stays the same, so each further release costs what has changed.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, QuerySet

from pkportal.exchange.columns import ExportResource, FileColumn
from pkportal.exchange.copy_out import column_value, csv_cell_sql
from pkportal.exchange.record_widgets import RecordsWidget
from pkportal.exchange.registry import resources_by_name
from pkportal.exchange.widgets import SEPARATOR, ChoicesWidget, TextWidget

from .models import Release, ReleasedRow

RELEASED_ROWS = f'"{ReleasedRow._meta.db_table}"'
END_ROWS = """
    UPDATE {rows} AS released SET until_id = %s FROM {rows} AS last LEFT JOIN ({now}) AS now USING (reference)
    WHERE released.id = last.id AND last."table" = %s AND last.until_id IS NULL
    AND last.cells IS DISTINCT FROM now.cells
"""
ADD_ROWS = """
    INSERT INTO {rows} ("table", reference, cells, since_id)
    SELECT %s, now.reference, now.cells, %s FROM ({now}) AS now WHERE NOT EXISTS (
        SELECT FROM {rows} AS last
        WHERE last."table" = %s AND last.reference = now.reference AND last.until_id IS NULL
    )
"""
COUNT_ROWS = """
    SELECT name, count(*) FILTER (WHERE came AND NOT went), count(*) FILTER (WHERE came AND went),
        count(*) FILTER (WHERE went AND NOT came)
    FROM (
        SELECT "table" AS name, bool_or(since_id = %(release)s) AS came,
            bool_or(until_id IS NOT DISTINCT FROM %(release)s) AS went
        FROM {rows} WHERE since_id = %(release)s OR until_id = %(release)s GROUP BY "table", reference
    ) AS rows GROUP BY name
"""


def store_rows(release: Release, previous: Release | None) -> dict[str, list[int]]:
    """Store what differs from the last release; return the rows, and how many came, changed and went, by table."""
    counts = {}
    with connection.cursor() as cursor:
        for name, resource_class in resources_by_name().items():
            records = resource_class._meta.model._default_manager.published()
            now, params = released_cells(resource_class, records)
            cursor.execute(END_ROWS.format(rows=RELEASED_ROWS, now=now), [release.pk, *params, name])
            cursor.execute(ADD_ROWS.format(rows=RELEASED_ROWS, now=now), [name, release.pk, *params, name])
            counts[name] = [ReleasedRow.objects.filter(table=name, until=None).count(), 0, 0, 0]
        if previous:
            cursor.execute(COUNT_ROWS.format(rows=RELEASED_ROWS), {"release": release.pk})
            for name, *changed in cursor.fetchall():
                counts.setdefault(name, [0, 0, 0, 0])[1:] = changed
    return counts


def released_cells(resource_class: type[ExportResource], records: QuerySet) -> tuple[str, tuple]:
    """Return a query of public records as a release has them: the reference, and the cells that are not blank."""
    columns = resource_class().columns()
    values = {f"cell_{number}": column_value(records.model, it, True) for number, it in enumerate(columns)}
    query = records.order_by().annotate(row_reference=F("reference"), **values).values_list("row_reference", *values)
    text, params = query.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    cells = ", ".join(f"'{column.column_name}', {plain_cell(column, name)}" for column, name in numbered(columns))
    cells = f"jsonb_strip_nulls(jsonb_build_object({cells}))"
    return f"SELECT row_reference AS reference, {cells} AS cells FROM ({text}) AS it", tuple(params)  # noqa: S608


def numbered(columns: Iterable[FileColumn]) -> Iterable[tuple[FileColumn, str]]:
    """Return columns with their names in the query."""
    return ((column, f"cell_{number}") for number, column in enumerate(columns))


def plain_cell(column: FileColumn, cell: str) -> str:
    """Return the SQL of the text of a cell; no apostrophe keeps a spreadsheet from running it."""
    return unescaped_text(column.widget, cell) if column.widget.is_text else csv_cell_sql(column.widget, cell)


def unescaped_text(widget: TextWidget, cell: str) -> str:
    """Return the SQL of a text, or of codes that are joined."""
    is_list = isinstance(widget, RecordsWidget | ChoicesWidget)
    return f"nullif(array_to_string({cell}, '{SEPARATOR}'), '')" if is_list else f"nullif({cell}::text, '')"
