"""SQL of models: names, values and expressions as the parts of a statement that reads and writes whole tables.

A statement is always run with parameters, because the context of history comes as parameters too: each per cent sign
that is part of it is doubled.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, GeneratedField, Model, Q
from django.db.models.expressions import DatabaseDefault
from django.db.models.fields import NOT_PROVIDED
from django.db.models.sql import Query

NULL = "NULL"


def run_sql(statement: str, parameters: Iterable[Any] = ()) -> list[tuple]:
    """Run a statement, and return its rows if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, tuple(parameters))
        return cursor.fetchall() if cursor.description else []


def run_and_count(statement: str, parameters: Iterable[Any] = ()) -> int:
    """Run a statement, and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, tuple(parameters))
        return cursor.rowcount


def analyze(table: str) -> None:
    """Let the planner know a table that is a moment old, by a small sample."""
    run_sql("SET LOCAL default_statistics_target = 10")
    run_sql(f"ANALYZE {table}")
    run_sql("SET LOCAL default_statistics_target TO DEFAULT")


def only_value(statement: str, parameters: Iterable[Any] = ()) -> Any:
    """Return the one value that a statement selects."""
    ((found,),) = run_sql(statement, parameters)
    return found


def db_name(name: str) -> str:
    """Return a name of the database in quotation marks."""
    return connection.ops.quote_name(name)


def literal(constant: Any) -> str:
    """Return a value as it is written in a statement."""
    return connection.ops.compose_sql("%s", [constant]).replace("%", "%%")


def listed(names: Iterable[str]) -> str:
    """Return names with commas."""
    return ", ".join(names)


def expression_sql(model: type[Model], expression: Any) -> str:
    """Return an expression over the columns of a model, which stand in it without the name of a table."""
    query = Query(model, alias_cols=False)
    resolved = expression.resolve_expression(query)
    text, parameters = query.get_compiler(connection=connection).compile(resolved)
    return connection.ops.compose_sql(text, parameters).replace("%", "%%")


def condition_sql(model: type[Model], condition: Q) -> str:
    """Return a condition as a CHECK constraint of the model's table has it: with what is unknown it is not broken."""
    query = Query(model, alias_cols=False)
    where = query.build_where(condition)
    text, parameters = query.get_compiler(connection=connection).compile(where)
    return connection.ops.compose_sql(text, parameters).replace("%", "%%")


def generated_sql(field: GeneratedField) -> str:
    """Return how the database computes a generated column."""
    text, parameters = field.generated_sql(connection)
    return connection.ops.compose_sql(text, parameters).replace("%", "%%")


def default_sql(field: Field) -> str:
    """Return the value that a column of a new row has if nothing is said; NULL also where the database gives one."""
    given = field.pre_save(field.model(), True)
    if isinstance(given, DatabaseDefault):
        return NULL
    return literal(field.get_db_prep_save(given, connection))


def is_given_by_database(field: Field) -> bool:
    """True if only the database knows what a new row has in a column, such as the next reference."""
    return field.db_default is not NOT_PROVIDED and isinstance(field.pre_save(field.model(), True), DatabaseDefault)


def stored_fields(model: type[Model]) -> list[Field]:
    """Return the fields of a model's table that are stored and not computed, without the primary key."""
    return [field for field in model._meta.concrete_fields if not (field.generated or field.primary_key)]


def digest_sql(model: type[Model], alias: str, links: Sequence[str] = ()) -> str:
    """Return the digest of all that is stored of a record, and of its links."""
    columns = [f"{alias}.{db_name(field.column)}" for field in stored_fields(model)]
    return f"md5(ROW({listed([*columns, *links])})::text)"


def copy_in(statement: str, lines: str) -> None:
    """Copy lines into a table."""
    if lines:
        with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
            copy.write(lines)
