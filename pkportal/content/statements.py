"""Statements that are compiled once a process and run with other values each time, as compiling costs the most.

A statement with a name is prepared once a connection too: the database then plans it a few times only, where planning
costs as much as running it.
"""

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Field, Func, QuerySet
from django.db.models.expressions import Expression
from django.utils import timezone

_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # names of what is prepared, by connection


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


class Once(Func):
    """An expression without columns that the database works out once a statement, and not again for each row."""

    template = "(SELECT %(expressions)s)"


class Statement(NamedTuple):
    """A compiled statement and its parameters, among them each ``Parameter`` in place of a value."""

    sql: str
    parameters: tuple
    name: str = ""

    def run(self, values: Mapping[Parameter, object]) -> list[tuple]:
        """Return the rows for some values, of what is public at this moment."""
        now = timezone.now()
        parameters = [_replaced(parameter, values, now) for parameter in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._prepared_on(connection.connection) if self.name else self.sql, parameters)
            return cursor.fetchall()

    def _prepared_on(self, server) -> str:
        """Return the SQL that executes this statement on a connection, on which it is prepared at its first use."""
        names = _prepared.setdefault(server, set())
        if self.name not in names:
            with connection.wrap_database_errors:  # a lost connection is to be known as any other is
                server.execute(self.sql)
            names.add(self.name)
        return f"EXECUTE {self.name} ({', '.join(['%s'] * len(self.parameters))})"


def _replaced(parameter: Any, values: Mapping[Parameter, object], now: datetime.datetime) -> Any:
    if isinstance(parameter, Parameter):
        return values[parameter]
    return now if isinstance(parameter, datetime.datetime) else parameter


def compile_statement(rows: QuerySet, tables: Iterable[tuple[str, QuerySet]] = (), name: str = "") -> Statement:
    """Compile a query set; it may read named tables, each made of a query set of keys before all else.

    With a name it is prepared; each ``Parameter`` of it must be a text.
    """
    heads, parameters = [], []
    for table, keys in tables:
        sql, own_parameters = keys.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        heads.append(f"{table} (pk) AS MATERIALIZED ({sql})")
        parameters += own_parameters
    sql, own_parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    sql, parameters = f"WITH {', '.join(heads)} {sql}" if heads else sql, [*parameters, *own_parameters]
    return _named(name, sql, parameters) if name else Statement(sql, tuple(parameters))


def _named(name: str, sql: str, parameters: list) -> Statement:
    """Return a statement that can be prepared: constants are written out, and each other parameter stands once."""
    texts = [*dict.fromkeys(parameter for parameter in parameters if isinstance(parameter, Parameter))]
    moments = [parameter for parameter in parameters if isinstance(parameter, datetime.datetime)][:1]
    numbers = {parameter: f"${number}" for number, parameter in enumerate(texts, 1)}

    def written(parameter):
        if isinstance(parameter, datetime.datetime):
            return f"${len(texts) + 1}"  # the present, of which there is one
        return (
            numbers.get(parameter)
            if isinstance(parameter, Parameter)
            else connection.ops.compose_sql("%s", [parameter])
        )

    types = ", ".join([*["text"] * len(texts), *["timestamptz"] * len(moments)])
    return Statement(f"PREPARE {name} ({types}) AS {sql % tuple(map(written, parameters))}", (*texts, *moments), name)
