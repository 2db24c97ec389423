"""Sort orders of lists, each of which can be turned round."""

import django_filters
from django.contrib.postgres.fields import ArrayField
from django.db.models import Choices, Func, IntegerField, TextField, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .facets import CopiedFilter, FacetOption, FacetSelect

CHOICE_ERRORS = {"invalid_choice": _("This is not one of the choices.")}


class ListedOrder(Func):
    """The place of a column's value in its list of choices: ``ListedOrder("kind", EventKind).asc()``."""

    function = "array_position"
    output_field = IntegerField()

    def __init__(self, column, choices: type[Choices]):
        super().__init__(Cast(Value([*choices.values]), ArrayField(TextField())), Cast(column, TextField()))


def opposite(value: str) -> str:
    """Return the URL value of the same order from the other end: ``-start`` of ``start``."""
    return value.removeprefix("-") if value.startswith("-") else f"-{value}"


def turned_round(column):
    """Return a column of an order in the other direction; empty values keep their end, and groups their order."""
    if isinstance(column, str):
        return opposite(column)
    if not isinstance(column, OrderBy):
        return column
    return OrderBy(column.expression, not column.descending, column.nulls_first, column.nulls_last)


class OrderingFilter(CopiedFilter, django_filters.ChoiceFilter):
    """Sort order of a list; the primary key comes last, so that the order is total and pages never overlap.

    ``OrderingFilter(_("latest first"), {"start": (_("earliest first"), "start_date", "name")})``: the label of the
    list's own order, then the label and the columns of each value. ``-start`` turns it round; it is not offered, as
    the heads of columns lead to it.
    """

    def __init__(self, default, orders, **kwargs):
        self.offered = ["", *orders]
        self.orders = {value: columns for value, (_label, *columns) in orders.items()}
        labels = {value: label for value, (label, *_columns) in orders.items()}
        for value, columns in [*self.orders.items()]:
            self.orders.setdefault(opposite(value), [turned_round(column) for column in columns])
            labels.setdefault(opposite(value), pgettext_lazy("sort order", "turned round"))
        super().__init__(
            label=_("Sort by"),
            widget=FacetSelect({"form": "filters"}),  # it is outside of the form, beside the rows
            choices=[*labels.items()],
            empty_label=default,
            null_label=None,
            error_messages=CHOICE_ERRORS,
            **kwargs,
        )

    def filter(self, queryset, value):
        """Sort the rows."""
        return queryset.order_by(*self.orders[value], "pk") if value else queryset

    def options(self, field, value):
        """Return the orders that are offered, and the present one."""
        return [FacetOption(code, label) for code, label in field.choices if code in self.offered or code == value]
