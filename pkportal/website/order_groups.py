"""Pages of a long list in an order that begins with columns of few values: the nation, the kind, yes or no.

No index has an order by the name of a nation. But how many rows each nation has is counted at little cost, so it is
known of which nations the rows of a page are; only these are sorted, and an index by nation leads to them.
"""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import BooleanField, F, Field, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.lookups import Exact

from pkportal.content.dates import PartialDateField
from pkportal.content.kept_counts import columns_read, count_groups
from pkportal.content.queries import any_of

MANY = 10_000  # rows before a page in its group from which on the group is divided by date


class GroupedColumn(NamedTuple):
    """A part of an order that depends on one column of the model; ``name`` is the field of this column."""

    name: str
    order: OrderBy
    is_related: bool

    def key(self, model: type[Model]) -> Any:
        """Return the expression by which a group of rows is sorted; that of a related record is worked out once."""
        if not self.is_related:
            return self.order.expression
        one = model._base_manager.filter(**{self.name: OuterRef(self.name)}).order_by()
        return Subquery(one.values(key_of_group=self.order.expression)[:1])


class PageGroups(NamedTuple):
    """The condition of the rows among which those of a page are, how many of the list come before, and their number.

    They have the same ``key``, or several.
    """

    condition: Q
    before: int
    number: int
    key: tuple | None


def page_groups(rows: QuerySet, first: int, until: int) -> PageGroups | None:
    """Return the groups of rows in which a page is; None if the order does not begin with columns of few values.

    In a large group the date that comes next leads to the page, or else the date with which the order begins.
    """
    columns = grouped_columns(rows)
    groups = narrowed(rows, columns, first, until) if columns else None
    date = date_column(rows, len(columns))
    before = groups.before if groups else 0
    if date is None or first - before < MANY or (columns and (groups is None or groups.key is None)):
        return groups
    within = rows.filter(groups.condition) if groups else rows
    finer = narrowed(within, [date], first - before, until - before)
    if finer is None:
        return groups
    condition = groups.condition & finer.condition if groups else finer.condition
    return PageGroups(condition, before + finer.before, finer.number, finer.key)


def narrowed(rows: QuerySet, columns: list[GroupedColumn], first: int, until: int) -> PageGroups | None:
    """Return the groups of rows, by some columns, in which a page is; None if there are no such rows."""
    chosen: list[tuple[tuple, list[tuple], int]] = []
    start = before = 0
    for key, peers in groupby(counted_groups(rows, columns), lambda group: group[len(columns) : -1]):
        groups = [*peers]
        number = sum(group[-1] for group in groups)
        if before < until and before + number > first:
            start = start if chosen else before
            chosen.append((key, groups, number))
        before += number
    if not chosen:
        return None
    condition = any_of(values_condition(columns, group) for _key, groups, _number in chosen for group in groups)
    only_key = chosen[0][0] if len(chosen) == 1 else None
    if only_key:
        condition &= indexed_condition(rows.model, columns, only_key)
    return PageGroups(condition, start, sum(number for _key, _groups, number in chosen), only_key)


def indexed_condition(model: type[Model], columns: list[GroupedColumn], key: tuple) -> Q:
    """Return the condition that keys have some values, of those by which there is an index: only they lead to it."""
    parts = [(column.order.expression, value) for column, value in zip(columns, key, strict=True)]
    return Q(*(Exact(expression, value) for expression, value in parts if is_indexed(model, expression)))


def counted_groups(rows: QuerySet, columns: list[GroupedColumn]) -> Iterable[tuple]:
    """Return the values of the columns, their keys and the number of rows of each group, in the order of the list."""
    names = [column.name for column in columns]
    keys = {f"key_of_{column.name}": column for column in columns}
    own = {name: column.key(rows.model) for name, column in keys.items() if not column.is_related}
    related = {name: column.key(rows.model) for name, column in keys.items() if column.is_related}
    groups = count_groups(rows.order_by(), *names, **own).annotate(**related)
    orders = [ordered_by(F(name), column.order) for name, column in keys.items()]
    return groups.order_by(*orders).values_list(*names, *keys, "number")


def values_condition(columns: list[GroupedColumn], group: tuple) -> Q:
    """Return the condition of the rows of a group."""
    return Q(**{column.name: value for column, value in zip(columns, group, strict=False)})


def ordered_by(expression: Any, order: OrderBy) -> OrderBy:
    """Return the order by an expression in the direction of another order."""
    return OrderBy(expression, order.descending, order.nulls_first, order.nulls_last)


def grouped_columns(rows: QuerySet) -> list[GroupedColumn]:
    """Return the columns with which the order begins that have few values each."""
    columns: list[GroupedColumn] = []
    for column in rows.query.order_by:
        order = order_of(column)
        field = only_column(rows.model, order.expression)
        if field is None or not has_few_values(field) or field.name in [each.name for each in columns]:
            break
        columns.append(GroupedColumn(field.name, order, field.is_relation))
    return columns


def date_column(rows: QuerySet, place: int) -> GroupedColumn | None:
    """Return the column of the order at a place if it is a date; None if an index may have the whole order."""
    orders = [order_of(column) for column in rows.query.order_by]
    field = only_column(rows.model, orders[place].expression) if len(orders) > place else None
    is_whole = not place and all(only_own_columns(rows.model, order.expression) for order in orders)
    is_date = isinstance(field, PartialDateField) and not is_whole
    return GroupedColumn(field.name, orders[place], False) if field and is_date else None


def order_of(column: Any) -> OrderBy:
    """Return what an order is written as, a name with or without a minus or an expression, as an expression."""
    if isinstance(column, str):
        return OrderBy(F(column.removeprefix("-")), descending=column.startswith("-"))
    return column if isinstance(column, OrderBy) else OrderBy(column)


@cache
def only_column(model: type[Model], expression: Any) -> Field | None:
    """Return the one column of the model that an expression depends on, None if there are several."""
    read = columns_read(model._base_manager.values(key_of_group=expression))
    fields = [field for field in model._meta.concrete_fields if read and field.column in read]
    return fields[0] if len(fields) == 1 else None


@cache
def only_own_columns(model: type[Model], expression: Any) -> bool:
    """True if an expression reads no other table."""
    return " JOIN " not in str(model._base_manager.order_by().values(key_of_group=expression).query)


def has_few_values(field: Field) -> bool:
    """True for a link to another record, a choice out of a list, and yes or no."""
    plain = field.output_field if field.generated else field
    return bool(field.is_relation or plain.choices or isinstance(plain, BooleanField))


def is_indexed(model: type[Model], expression: Any) -> bool:
    """True if an index of the model begins with an expression."""
    return any(expression == index.expressions[0] for index in model._meta.indexes if index.expressions)
