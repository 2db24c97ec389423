"""Constraints that keep characters which turn the direction of text out of every short text of the database."""

from django.db import connections

from .direction import DIRECTION_CONTROLS, short_text_fields
from .models import Record
from .registry import models_with

SUFFIX = "_keeps_direction"
UNCONSTRAINED = """
SELECT attname FROM pg_attribute
WHERE attrelid = to_regclass(%s) AND attname = ANY(%s) AND NOT EXISTS (
    SELECT FROM pg_constraint WHERE conrelid = attrelid AND conname = attname || %s
)
"""
CLEAN = "UPDATE {table} SET {column} = regexp_replace({column}, '[{all}]', '', 'g') WHERE {column} ~ '[{all}]'"
ADD = "ADD CONSTRAINT {name} CHECK ({column} !~ '[{all}]')"


def constrain_directions(app_config, using="default", **kwargs):
    """Give every short text column of records its constraint, after it was cleaned: receiver of ``post_migrate``."""
    for model in models_with(Record):
        if model._meta.app_label == app_config.label:
            _constrain(connections[using], model)


def _constrain(connection, model):
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = [field.column for field in short_text_fields(model)]
    with connection.cursor() as cursor:
        cursor.execute(UNCONSTRAINED, [table, columns, SUFFIX])
        columns = [column for (column,) in cursor.fetchall()]
        for column in map(quote, columns):
            cursor.execute(CLEAN.format(table=table, column=column, all=DIRECTION_CONTROLS))
        additions = ", ".join(
            ADD.format(name=quote(column + SUFFIX), column=quote(column), all=DIRECTION_CONTROLS) for column in columns
        )
        if additions:
            cursor.execute(f"ALTER TABLE {table} {additions}")
