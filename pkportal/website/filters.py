"""Filter sets of the public lists: several filters, a sort order, and facets beside the choices."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Func, Q, TextField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .asked_words import AskedWordsField
from .choices import (
    CONTRADICTION,
    NONE_LABEL,
    ChoicesField,
    Chosen,
    ListForm,
    RecordChoicesField,
    TextsField,
    YesNoField,
    all_named,
    nearest,
)
from .facets import CopiedFilter, FacetCount, FacetMixin, FacetOption, FacetTexts, is_column
from .notices import Notice, repeated_parameters, replaced, unknown_parameters, unknown_value
from .ordering import OrderingFilter
from .search.question import with_other_names


class ListFilterSet(django_filters.FilterSet):
    """Filter set of a list; a filter with ``method="queryset_method"`` calls the query set method of its own name."""

    form_class = ListForm

    def get_form_class(self):
        """Return what makes the form, with the field of each filter: as they are of this request, none is copied."""
        return partial(self.form_class, fields={name: each.field for name, each in self.filters.items()})

    def queryset_method(self, queryset, name, value):
        """Filter by the query set method that has the name of the filter."""
        return getattr(queryset, name)(value)

    def words_method(self, queryset, name, words):
        """Filter by the query set method that has the name of the filter, with what the words mean beside them."""
        if words not in self.words_meant:
            self.words_meant[words] = with_other_names(words)
        return getattr(queryset, name)(self.words_meant[words])

    @cached_property
    def words_meant(self) -> dict[str, str]:
        """Words that were looked up, with what they mean beside them: each once, and not again for every facet."""
        return {}

    def active_values(self) -> dict:
        """Return the cleaned value of each filter that is in use, by name; the sort order is no filter."""
        values = self.form.cleaned_data if self.is_bound and self.form.errors is not None else {}
        return {
            name: value
            for name, value in values.items()
            if value not in EMPTY_VALUES and not isinstance(self.filters[name], OrderingFilter)
        }

    def chosen(self, name) -> Chosen:
        """Return what was chosen of a filter with choices."""
        return self.active_values().get(name) or Chosen()

    def values_in_words(self, name, value) -> list[tuple[str, str]]:
        """Return the URL value and the words of each value of a filter, for the list of active filters."""
        if isinstance(value, Chosen):
            return [*value.in_url()]
        return [(self.form.data[name], getattr(self.filters[name], "in_words", str)(value))]

    def choice_filters(self) -> list[str]:
        """Return the names of the filters of which several values may be chosen."""
        return [name for name, each in self.filters.items() if isinstance(each, ChosenFilter)]

    def notices(self, query, other_labels=()) -> Iterator[Notice]:
        """Yield what a query asks that is not understood; ``other_labels`` are of the parameters of the page."""
        labels = {name: str(each.label) for name, each in self.filters.items()} | dict(other_labels)
        yield from unknown_parameters(query, labels)
        yield from repeated_parameters(query, [name for name in labels if name not in self.choice_filters()])
        errors_by_name = self.form.errors.as_data() if self.is_bound else {}
        for name in filter(errors_by_name.get, self.filters):
            errors = errors_by_name[name]
            if unknown := getattr(self.form.fields[name], "unknown", ()):
                for value, reason, near in unknown:
                    yield unknown_value(query, name, value, reason, near)
                continue
            for error in errors:
                (reason,) = error.messages
                near = self.meant(name, error)
                reason += "" if near else all_named(getattr(self.filters[name], "offered", ()))
                yield unknown_value(query, name, self.form.data.get(name), reason, near)

    def meant(self, name, error) -> list[str]:
        """Return what may have been meant by a wrong value: the nearest of a list, or the two readings of a date."""
        params = error.params or {}
        if error.code == CONTRADICTION:
            return []
        if meant := params.get("nearest"):
            return [*meant]
        choices = [(code, label) for code, label in getattr(self.form.fields[name], "choices", ()) if code]
        near = nearest(self.form.data.get(name, ""), choices) if choices else ""
        return [near] if near else []

    def renamed(self, query: QueryDict) -> QueryDict | None:
        """Return a query with each value as addresses have it in place of another way to write it, or None.

        A choice has its code in place of another name.
        """
        new = query
        for name, field in self.form.fields.items() if self.is_bound and self.form.errors is not None else ():
            for value, code in getattr(field, "renamed", ()):
                new = replaced(new, name, value, name, code)
        return None if new is query else new

    def qs_without(self, *names):
        """Return the rows that all active filters but some select, in no order."""
        queryset = self.queryset.order_by()
        for other, value in self.active_values().items():
            if other not in names:
                queryset = self.filters[other].filter(queryset, value)
        return queryset

    def facet_filters(self) -> dict:
        """Return the filters whose choices can be counted, by name."""
        return {name: it for name, it in self.filters.items() if isinstance(it, FacetMixin) and it.by}

    def set_options(self, counts: dict) -> None:
        """Reduce the choices of the form to those that have rows, and the chosen ones, each with its number."""
        for name, by_code in counts.items():
            field = self.form.fields[name]
            field.widget.options = [*self.filters[name].options(field, by_code, self.chosen(name))]
        for name, each in self.filters.items():
            if isinstance(each, OrderingFilter):
                field = self.form.fields[name]
                field.widget.options = each.options(field, self.order)

    @property
    def order(self) -> str:
        """The URL value of the sort order, an empty text for the list's own."""
        return (self.form.cleaned_data.get("sort") or "") if self.is_bound and self.form.errors is not None else ""


class Unnest(Func):
    """Each row once for every element of an array: ``by=Unnest("dotmlpfi")``."""

    function = "unnest"
    set_returning = True
    output_field = TextField()


class SearchFilter(CopiedFilter, django_filters.CharFilter):
    """Words to look for, as a search engine takes them, with what they mean: ``ROE -air "armed reconnaissance"``."""

    field_class = AskedWordsField

    def __init__(self, *args, **kwargs):
        widget = forms.TextInput(attrs={"type": "search"})
        defaults = {"label": _("Words"), "method": "words_method", "max_length": 200, "widget": widget}
        super().__init__(*args, **{**defaults, **kwargs})


class ChosenFilter(FacetMixin, django_filters.Filter):
    """One or several choices: rows have any of those chosen, and none of those after a minus.

    With ``by=`` the query set method of the filter's own name is asked, with a list of all values. ``without`` is the
    condition of rows that have no value: ``Q(themes=None)``.
    """

    field_class: Any = ChoicesField

    def __init__(self, *args, without=None, **kwargs):
        super().__init__(*args, has_none=without is not None, **kwargs)
        self.without = without

    @property
    def asks_method(self) -> bool:
        """True if the query set method of its own name is asked, with a list of values."""
        return bool(self.explicit_by)

    def to_value(self, value):
        """Return what the column has for the value of a choice."""
        return value

    def filter(self, queryset, value):
        """Keep the rows that were chosen."""
        if not value:
            return queryset
        if value.included:
            queryset = self.keep(queryset, value.included)
        return queryset.exclude(self.condition(queryset.model, value.excluded)) if value.excluded else queryset

    def keep(self, queryset, choices):
        """Keep the rows that have any of some choices, each of them once."""
        values = self.values_of(choices)
        is_plain = self.asks_method or len(values) == 1 or is_column(queryset.model, self.field_name)
        if is_plain and len(values) == len(choices):
            return self.rows_with(queryset, values)
        return queryset.filter(self.condition(queryset.model, choices))

    def values_of(self, choices):
        """Return the values of choices; that of no value is none."""
        return [self.to_value(choice.value) for choice in choices if choice.value is not None]

    def rows_with(self, queryset, values):
        """Keep the rows with any of some values; a row that has several of them may come several times."""
        if self.asks_method:
            return getattr(queryset, self.field_name)(values)
        return queryset.filter(self.column_condition(values))

    def column_condition(self, values):
        """Return the condition that the column has any of some values."""
        return Q(**({f"{self.field_name}__in": values} if len(values) > 1 else {self.field_name: values[0]}))

    def condition(self, model, choices):
        """Return the condition that a row has any of some choices; other tables are read in a subquery."""
        values, rows, condition = self.values_of(choices), model._default_manager.order_by(), Q()
        if values and not self.asks_method and is_column(model, self.field_name):
            condition = self.column_condition(values)
        elif values:
            condition = Q(pk__in=self.rows_with(rows, values).values("pk"))
        if len(values) < len(choices):
            condition |= Q(pk__in=rows.filter(self.without).values("pk"))
        return condition

    def options(self, field, counts, chosen):
        """Yield the choices that have rows, and the chosen ones, in the order of the list."""
        in_url = dict(chosen.in_url())
        for code, label in field.all_labels():
            number = counts.get(code, FacetCount()).number
            if number or code in in_url:
                yield FacetOption(code, label, number)
        yield from excluded_options(chosen)


def excluded_options(chosen: Chosen) -> list[FacetOption]:
    """Return the choices that were chosen with a minus, so that the form keeps them."""
    return [FacetOption(value, words) for value, words in Chosen(excluded=chosen.excluded).in_url()]


class ChoiceFilter(ChosenFilter):
    """Some of a list of choices: ``ChoiceFilter(choices=Basis.choices)``."""


class YesNoFilter(ChoiceFilter):
    """Yes or no."""

    field_class = YesNoField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[("yes", _("yes")), ("no", _("no"))], **kwargs)

    def to_value(self, value):
        """Return the boolean of the column."""
        return value == "yes"

    def code_of(self, value):
        """Return yes or no for what the database writes as true or false."""
        return {"true": "yes", "false": "no"}[value]


class TextFilter(ChosenFilter):
    """Some texts to look for, of which rows have any: the query set method of its own name is asked."""

    field_class = TextsField
    asks_method = True
    by = None  # any text may be written, so there is nothing to count

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, label=label, widget=FacetTexts({"aria-label": label}), **kwargs)


class RecordChoiceFilter(ChosenFilter):
    """Some public records, chosen by name and kept in the address by their codes: ``RecordChoiceFilter(Country)``."""

    field_class = RecordChoicesField

    def __init__(self, model, *args, **kwargs):
        super().__init__(*args, model=model, **kwargs)
        self.choice_model = model

    def options(self, field, counts, chosen):
        """Yield the records that have rows, and the chosen ones, by name, without loading the others."""
        for code, label, _value in chosen.included:
            if code not in counts:
                yield FacetOption(code, label, 0)
        for code, (label, number) in counts.items():
            yield FacetOption(code, label or NONE_LABEL, number)
        yield from excluded_options(chosen)
