"""Keyset paging: a page begins after the sort keys of the last row before it, so the millionth page costs as the first.

The order is that of the list, and total. Where a page begins is written in its address as a mark: the sort keys of a
row, signed, so that it stays right when that row is changed or taken away.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, F, Field, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Cast

from pkportal.content.contracts import fields_along
from pkportal.content.name_order import BY_NAME

MARK_PATTERN = r"^[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{43}$"


class Sql(NamedTuple):
    """A piece of SQL with its parameters."""

    text: str
    params: Sequence[Any]


class SortKey(NamedTuple):
    """One key of an order: its annotation, its expression, and where empty values come, if it may be empty."""

    name: str
    expression: Combinable
    is_descending: bool
    has_nulls: bool
    nulls_come_last: bool

    def turned_round(self) -> "SortKey":
        """Return the key of the opposite order."""
        return self._replace(is_descending=not self.is_descending, nulls_come_last=not self.nulls_come_last)

    def in_order(self) -> OrderBy:
        """Return the expression to order by."""
        first, last = (True, None) if not self.nulls_come_last else (None, True)
        if not self.has_nulls:
            first = last = None
        return OrderBy(F(self.name), self.is_descending, nulls_first=first, nulls_last=last)

    def is_equal_sql(self, column: Sql, value: Sql | None) -> Sql:
        """Return the condition that a row has this value."""
        if value is None:
            return Sql(f"{column.text} IS NULL", column.params)
        return Sql(f"{column.text} = {value.text}", [*column.params, *value.params])

    def is_later_sql(self, column: Sql, value: Sql | None) -> Sql:
        """Return the condition that a row comes after this value."""
        if value is None:
            return Sql("FALSE", []) if self.nulls_come_last else Sql(f"{column.text} IS NOT NULL", column.params)
        later = f"{column.text} {'<' if self.is_descending else '>'} {value.text}"
        params = [*column.params, *value.params]
        if self.has_nulls and self.nulls_come_last:
            return Sql(f"({later} OR {column.text} IS NULL)", [*params, *column.params])
        return Sql(later, params)

    def is_not_earlier_sql(self, column: Sql, value: Sql | None) -> Sql:
        """Return the condition that a row has this value or comes after it, in words that an index understands."""
        if self.has_nulls or value is None:
            return Sql("TRUE", [])
        sign = "<=" if self.is_descending else ">="
        return Sql(f"{column.text} {sign} {value.text}", [*column.params, *value.params])


class ComesAfter(Func):
    """True for a row whose sort keys come after some values, each a text or None; one condition of all keys."""

    output_field = BooleanField()

    def __init__(self, keys: Sequence[SortKey], fields: Sequence[Field], texts: Sequence[str | None]):
        values = [Cast(Value(text, TextField()), field) for text, field in zip(texts, fields, strict=True)]
        super().__init__(*(F(key.name) for key in keys), *values)
        self.keys, self.texts = keys, texts

    def as_sql(self, compiler, connection, **extra):
        """Return the SQL: later by the first key, or equal and later by those after it."""
        compiled = [Sql(*compiler.compile(part)) for part in self.source_expressions]
        columns, values = compiled[: len(self.keys)], compiled[len(self.keys) :]
        given = [None if text is None else value for text, value in zip(self.texts, values, strict=True)]
        parts = [*zip(self.keys, columns, given, strict=True)]
        later = Sql("FALSE", [])
        for key, column, value in reversed(parts):
            after, equal = key.is_later_sql(column, value), key.is_equal_sql(column, value)
            text = f"({after.text} OR ({equal.text} AND {later.text}))"
            later = Sql(text, [*after.params, *equal.params, *later.params])
        first, column, value = parts[0]
        bound = first.is_not_earlier_sql(column, value)
        return f"({bound.text} AND {later.text})", [*bound.params, *later.params]


def sort_keys(records: QuerySet) -> list[SortKey]:
    """Return the keys of the order of records; the primary key comes last, so that it is total."""
    query = records.query
    order = [*(query.order_by or (records.model._meta.ordering if query.default_ordering else ()))]
    if not {"pk", "-pk", "id", "-id"} & {part for part in order if isinstance(part, str)}:
        order.append("pk")
    return [_sort_key(records.model, f"sort_key_{number}", part) for number, part in enumerate(order)]


def _sort_key(model: Any, name: str, part: str | Combinable) -> SortKey:
    if isinstance(part, str):
        part = OrderBy(F(part.removeprefix("-")), descending=part.startswith("-"))
    elif not isinstance(part, OrderBy):
        part = OrderBy(part)
    nulls_come_last = not part.nulls_first if part.nulls_first or part.nulls_last else not part.descending
    return SortKey(name, part.expression, part.descending, may_be_empty(model, part.expression), nulls_come_last)


def may_be_empty(model: Any, expression: Combinable) -> bool:
    """True if an expression may be NULL; only what is a column is known never to be."""
    if not isinstance(expression, F):
        return True
    try:
        return any(field.null for field in fields_along(model, expression.name.removesuffix(BY_NAME)))
    except FieldDoesNotExist:
        return True


def annotated(records: QuerySet, keys: Iterable[SortKey]) -> QuerySet:
    """Return records with their sort keys, in the order of these."""
    with_keys = records.annotate(**{key.name: key.expression for key in keys})
    for key in keys:
        annotation = with_keys.query.annotations[key.name]
        try:
            annotation.output_field  # noqa: B018 - Django finds out here
        except FieldError:  # an order may mix columns of letters and of text, which no SELECT may
            annotation.output_field = TextField()
    return with_keys.order_by(*(key.in_order() for key in keys))


def rows_after(records: QuerySet, keys: Sequence[SortKey], texts: Sequence[str | None]) -> QuerySet:
    """Return the records that come after sort keys, which are given as the database writes them."""
    fields = [records.query.annotations[key.name].output_field for key in keys]
    return records.filter(ComesAfter(keys, fields, texts))


def write_mark(order: str, texts: Sequence[str | None]) -> str:
    """Return the mark of a row by its sort keys; it holds for one list in one order."""
    return _signer(order).sign_object([*texts])


def read_mark(order: str, keys: Sequence[SortKey], mark: str) -> list[str | None] | None:
    """Return the sort keys that a mark has, or None if we did not write it for this order."""
    try:
        texts = _signer(order).unsign_object(mark)
    except (BadSignature, ValueError):
        return None
    return texts if len(texts) == len(keys) else None


def _signer(order):
    return Signer(salt=f"pkportal.website.api {order}", sep=".")
