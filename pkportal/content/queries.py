"""Queries that join several query sets into one statement, or read a set of keys once."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Count, Func, Model, Q, QuerySet, TextField, Value
from django.db.models.expressions import BaseExpression, RawSQL


class IsAmong(Func):
    """True if a key is among those of an array: ``filter(IsAmong(F("mission"), keys_of(missions)))``.

    The array is made once a statement, where a join would look at its table for each row.
    """

    template, arg_joiner = "%(expressions)s)", " = ANY ("
    output_field = BooleanField()


def any_of(conditions: Iterable[Q]) -> Q:
    """Return the condition that at least one of some conditions holds."""
    return reduce(or_, conditions)


def keys_of(records: QuerySet) -> ArraySubquery:
    """Return the primary keys of records as an SQL array."""
    return ArraySubquery(records.order_by().values("pk"))


def compiled(model: type[Model], expression: BaseExpression) -> RawSQL:
    """Return an expression of the rows of a model as SQL, to be kept and annotated to many query sets of the model.

    To make a subquery anew for each page costs more than to run it.
    """
    query = model._base_manager.annotate(compiled=expression).query
    resolved = query.annotations["compiled"]
    text, params = query.get_compiler(connection=connection).compile(resolved)
    return RawSQL(text, params, output_field=resolved.output_field)  # noqa: S611 - made by Django


def union_all(querysets: Iterable[QuerySet]) -> QuerySet:
    """Return one query set of all rows of several, in their order: ``UNION ALL`` of columns that match."""
    first, *others = querysets
    return first.union(*others, all=True) if others else first


def count_each(querysets: Mapping[str, QuerySet]) -> dict[str, int]:
    """Count several query sets in one query: ``{"lesson": rows, …}`` gives ``{"lesson": 111, …}``."""
    counted = (
        rows.order_by().values(counted_name=Value(name)).annotate(counted=Count("pk"))
        for name, rows in querysets.items()
    )
    return dict(union_all(rows.values_list("counted_name", "counted") for rows in counted))


def unlisted_columns(model: type[Model]) -> Iterator[str]:
    """Yield the names of the columns that no list shows: texts, the codes they cite, the search column."""
    for field in model._meta.concrete_fields:
        computed = field.generated and not isinstance(field.output_field, BooleanField)
        if computed or isinstance(field, TextField):
            yield field.name
