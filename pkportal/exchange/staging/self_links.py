"""Links to records of the same model, which may be rows of the same file: their codes become primary keys.

What is not a code is read as in any other column, by all names of the records on record and of the rows of the file.
"""

from typing import NamedTuple

from pkportal.exchange.cell_reading import CellReading, ColumnReader
from pkportal.exchange.widgets import SEPARATOR

from .copy_texts import CellQuestion, ReadConversion
from .future import future_record
from .sql import db_name, literal, run_sql
from .stage import Stage
from .stage_columns import StageColumn


class UnknownText(NamedTuple):
    """A text of a column that has something else than codes, and in how many rows it stands."""

    text: str
    rows: int


def resolve_self_links(stage: Stage, column: StageColumn) -> None:
    """Turn the codes of records of the same model into primary keys, of this file or of what is on record."""
    known, target = known_codes(stage), column.sql_name
    if unknown := unknown_texts(stage, column, known):
        read_unknown(stage, column, unknown)
    run_sql(
        f"""
        WITH known AS MATERIALIZED ({known}), found AS (
            SELECT s.pk_row, array_agg(DISTINCT known.pk ORDER BY known.pk) AS pks
            FROM {stage.rows} s CROSS JOIN unnest(s.{column.codes_name}) AS c (code) JOIN known ON known.code = c.code
            GROUP BY s.pk_row
        )
        UPDATE {stage.rows} s SET {target} = {"pks" if column.is_links else "pks[1]"} FROM found
        WHERE found.pk_row = s.pk_row
        """
    )
    if column.is_links:
        run_sql(f"UPDATE {stage.rows} SET {target} = '{{}}' WHERE {target} IS NULL")
    now = stage.links_now(column.field) if column.is_links else f"t.{target}"
    run_sql(
        f"""
        UPDATE {stage.plan} d SET changed = changed | {stage.bit(column)}::bigint
        FROM {stage.rows} s, {stage.table} t
        WHERE s.pk_row = d.pk_row AND t.{stage.pk} = d.record_id AND NOT d.is_new AND s.{target} IS DISTINCT FROM {now}
        """
    )


def known_codes(stage: Stage) -> str:
    """Return the query of all codes, those of the file first, and their primary keys."""
    (key,) = stage.model.key_fields
    code = db_name(stage.model._meta.get_field(key).column)
    return f"""
        SELECT DISTINCT ON (code) code, pk FROM (
            SELECT s.{code}::text AS code, d.record_id AS pk, 1 AS place
            FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row) WHERE s.{code} IS NOT NULL
            UNION ALL SELECT t.{code}::text, t.{stage.pk}, 2 FROM {stage.table} t
        ) AS codes ORDER BY code, place
    """


def joined_codes(column: StageColumn) -> str:
    """Return the text of a row s in a column of links."""
    return f"array_to_string(s.{column.codes_name}, {literal(SEPARATOR)})"


def unknown_texts(stage: Stage, column: StageColumn, known: str) -> list[UnknownText]:
    """Return each distinct text that is not made of codes."""
    unknown = f"""
        SELECT {joined_codes(column)}, count(DISTINCT s.pk_row) FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row)
        CROSS JOIN unnest(s.{column.codes_name}) AS c (code)
        WHERE NOT EXISTS (SELECT FROM ({known}) AS known WHERE known.code = c.code) GROUP BY 1
    """
    return [UnknownText(*found) for found in run_sql(unknown)]


def read_unknown(stage: Stage, column: StageColumn, unknown: list[UnknownText]) -> None:
    """Put the codes in place of what is read in these texts, and refuse rows with one that cannot be read."""
    with future_record(stage):
        reader = ColumnReader(stage.resource, column.column, stage.answers)
        readings = {it.text: reader.judge(it.text) for it in unknown}
    for text, rows in unknown:
        reading = readings[text]
        if reading.conversion:
            stage.conversions.append(ReadConversion(column.name, text, reading.conversion, rows))
        if reading.question:
            stage.cell_questions.append(CellQuestion(column.name, text, reading.question))
    bad = {text: reading.refusal for text, reading in readings.items() if reading.refusal}
    stage.refuse(
        f"""
        SELECT s.pk_row, {literal(column.name)}, b.text, b.reason FROM {stage.plan} d JOIN {stage.rows} s USING (pk_row)
        JOIN unnest(%s::text[], %s::text[]) AS b (text, reason) ON {joined_codes(column)} = b.text
        """,
        [[*bad], [*bad.values()]],
    )
    good = {text: rendered(column, reading) for text, reading in readings.items() if not reading.refusal}
    run_sql(
        f"""
        UPDATE {stage.rows} s SET {column.codes_name} = string_to_array(g.codes, {literal(SEPARATOR)})
        FROM unnest(%s::text[], %s::text[]) AS g (text, codes) WHERE {joined_codes(column)} = g.text
        """,
        [[*good], [*good.values()]],
    )


def rendered(column: StageColumn, reading: CellReading) -> str:
    """Return the codes that were read in a text."""
    return column.column.widget.render(reading.value)
