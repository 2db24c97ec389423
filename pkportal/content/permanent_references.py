"""Permanent references: EV-0123 names a record for ever, as the natural key of a record may become more exact.

A model declares its prefix; the database gives the numbers. The migration ``0005_permanent_references`` has the
functions. Each table gets its sequence and its triggers after ``migrate``.
"""

import re
from typing import Any

from django.db import models
from django.db.migrations import AddField
from django.db.models import F, Func, Value, Window
from django.db.models.functions import Collate, RowNumber

from .contracts import fields_along

RAISE = """
    SELECT setval(%(sequence)s::regclass, highest) FROM (
        SELECT max(substring(reference FROM '[0-9]+$')::bigint) AS highest FROM {table}
    ) AS given WHERE highest > coalesce(pg_sequence_last_value(%(sequence)s::regclass), 0)
"""
NUMBER = """
    UPDATE {table} SET reference = pk_reference(%s, %s, row_place)
    FROM ({places}) AS places WHERE places.id = {table}.id
"""
NUMBER_PAST = "UPDATE {history} SET reference = {table}.reference FROM {table} WHERE pgh_obj_id = {table}.id"


class NextReference(Func):
    """The next reference of a kind, which is then taken."""

    function = "pk_next_reference"
    output_field = models.CharField()


class PermanentReferenceField(models.CharField):
    """A column of permanent references, with the prefix and the digits that its model declares.

    In a table of past states it is not unique, and has neither a default nor a pattern.
    """

    db_returning = True  # a record that was just inserted knows its reference

    def __init__(self, *args, prefix="", digits=4, **kwargs):
        self.prefix, self.digits = prefix, digits
        super().__init__(*args, **{"max_length": 20, "editable": False, **kwargs})
        self.set_default()

    def set_default(self):
        """Let the database give the reference, in the table of the records themselves."""
        if self.prefix and self.unique:
            self.db_default = NextReference(Value(self.prefix), Value(self.digits))

    def contribute_to_class(self, cls, name, **kwargs):
        """Take the prefix and the digits from the model."""
        if not self.prefix and hasattr(cls, "reference_prefix"):
            self.prefix, self.digits = cls.reference_prefix, cls.reference_digits
            self.set_default()
        super().contribute_to_class(cls, name, **kwargs)

    def deconstruct(self):
        """Keep the prefix and the digits, from which the default is made."""
        name, path, args, options = super().deconstruct()
        options.pop("db_default", None)
        return name, path, args, {**options, "prefix": self.prefix, "digits": self.digits}

    def pre_save(self, model_instance, add):
        """Let the copy of a record, which is saved as a new one, have a reference of its own."""
        is_copy = add and not model_instance._state.adding
        return self.get_default() if is_copy else super().pre_save(model_instance, add)

    def db_check(self, connection):
        """Return the pattern as a condition of the column."""
        if not self.unique or not self.prefix:
            return None
        return f"{connection.ops.quote_name(self.column)} ~ '^{reference_pattern(self.prefix, self.digits)}$'"


class AddReference(AddField):
    """Migration operation that adds the column and numbers the rows there are, in the order of their natural keys.

    The past states that history has of them get the reference too.
    """

    def __init__(self, model_name, name, field, order=()):
        super().__init__(model_name, name, field)
        self.order = order

    def deconstruct(self):
        """Return the operation with its order."""
        name, args, options = super().deconstruct()
        return name, args, {**options, "order": self.order}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Add an empty column, number the rows, then let the database give the references."""
        model, field = to_state.apps.get_model(app_label, self.model_name), self.field
        last = model._meta.get_field(self.name)
        first = PermanentReferenceField(prefix=field.prefix, digits=field.digits, null=True)
        first.set_attributes_from_name(self.name)
        first.model = model
        schema_editor.add_field(model, first)
        with schema_editor.connection.cursor() as cursor:
            self.number_rows(cursor, model)
            if f"{self.model_name}history" in to_state.apps.all_models[app_label]:
                history = to_state.apps.get_model(app_label, f"{self.model_name}history")._meta.db_table
                cursor.execute(NUMBER_PAST.format(history=f'"{history}"', table=f'"{model._meta.db_table}"'))
        schema_editor.alter_field(model, first, last)
        pattern = last.db_check(schema_editor.connection)
        schema_editor.execute(f'ALTER TABLE "{model._meta.db_table}" ADD CHECK ({pattern})')

    def number_rows(self, cursor, model):
        """Give each row its place in the order, and the sequence the last of them."""
        place = Window(RowNumber(), order_by=[in_order(model, path) for path in self.order])
        places = model.objects.order_by().annotate(row_place=place).values("id", "row_place")
        sql, parameters = places.query.sql_with_params()
        table, field = f'"{model._meta.db_table}"', self.field
        cursor.execute(NUMBER.format(table=table, places=sql), [field.prefix, field.digits, *parameters])
        make_sequence(cursor, table, field.prefix)


def in_order(model: Any, path: str) -> models.Expression:
    """Return a lookup path as an order that is the same on every server."""
    *_relations, last = fields_along(model, path)
    column = Collate(F(path), "C") if isinstance(last, models.CharField) else F(path)
    return column.asc(nulls_last=True)


def reference_pattern(prefix: str, digits: int) -> str:
    """Return the pattern of the references of a kind: a number is padded with zeros, and no further."""
    return f"{prefix}-([0-9]{{{digits}}}|[1-9][0-9]{{{digits},}})"


def read_reference(text: str, prefix: str, digits: int) -> str:
    """Return the reference of a kind that somebody wrote, in any case and without its zeros, or nothing: ``ev-123``."""
    match = re.fullmatch(rf"{prefix}-0*([0-9]{{1,12}})", text.strip(), re.IGNORECASE)
    return f"{prefix}-{match[1]:0>{digits}}" if match else ""


def sequence_name(prefix: str) -> str:
    """Return the name of the sequence that gives the numbers: ``pk_reference_ev``."""
    return f"pk_reference_{prefix.lower().replace('-', '_')}"


def make_sequence(cursor: Any, table: str, prefix: str) -> None:
    """Make the sequence of a table unless it is there, and let it go on after the highest reference."""
    cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS {sequence_name(prefix)}")
    cursor.execute(f"ALTER SEQUENCE {sequence_name(prefix)} OWNED BY {table}.reference")
    cursor.execute(RAISE.format(table=table), {"sequence": sequence_name(prefix)})
