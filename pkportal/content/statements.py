"""Statements that are compiled once a process and run with other values each time, as compiling costs the most."""

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Field, QuerySet
from django.db.models.expressions import Expression
from django.utils import timezone


class Parameter(StrEnum):
    """What stands in a compiled statement for a value; derive from it to name the values of a statement."""


class Placeholder(Expression):
    """A parameter as an SQL expression of some type."""

    def __init__(self, name: Parameter, output_field: Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        """Return a parameter that ``Statement.run`` replaces."""
        return "%s", [self.name]


class Statement(NamedTuple):
    """A compiled statement and its parameters, among them each ``Parameter`` in place of a value."""

    sql: str
    parameters: tuple

    def run(self, values: Mapping[Parameter, object]) -> list[tuple]:
        """Return the rows for some values, of what is public at this moment."""
        now = timezone.now()
        parameters = [_replaced(parameter, values, now) for parameter in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            return cursor.fetchall()


def _replaced(parameter: Any, values: Mapping[Parameter, object], now: datetime.datetime) -> Any:
    if isinstance(parameter, Parameter):
        return values[parameter]
    return now if isinstance(parameter, datetime.datetime) else parameter


def compile_statement(rows: QuerySet, tables: Iterable[tuple[str, QuerySet]] = ()) -> Statement:
    """Compile a query set; it may read named tables, each made of a query set of keys before all else."""
    heads, parameters = [], []
    for name, keys in tables:
        sql, own_parameters = keys.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        heads.append(f"{name} (pk) AS MATERIALIZED ({sql})")
        parameters += own_parameters
    sql, own_parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return Statement(f"WITH {', '.join(heads)} {sql}" if heads else sql, (*parameters, *own_parameters))
