"""Filters of a table that has no list on the site: by its links, by its choices, and by what is yes or no."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.text import capfirst

from pkportal.content.pages import Searchable
from pkportal.exchange import record_widgets, widgets
from pkportal.exchange.columns import ExportResource, FileColumn
from pkportal.website.filters import ChoiceFilter, ListFilterSet, RecordChoiceFilter, YesNoFilter


@cache
def column_filters(resource: type[ExportResource]) -> type[ListFilterSet]:
    """Return the filter set of a table; a filter is called as its column, and takes what stands in a cell of it."""
    model = resource._meta.model
    filters = {column.column_name: column_filter(model, column) for column in resource().columns()}
    names: Mapping[str, Any] = {name: each for name, each in filters.items() if each}
    meta = type("Meta", (), {"model": model, "fields": ()})
    return type(f"{model.__name__}ColumnFilter", (ListFilterSet,), {**names, "Meta": meta})


def column_filter(model: Any, column: FileColumn) -> django_filters.Filter | None:
    """Return the filter of a column, or nothing for a text, a number or a date."""
    name, field = column.attribute, model._meta.get_field(column.attribute)
    label, linked = capfirst(str(field.verbose_name)), getattr(column.widget, "model", object)
    if isinstance(column.widget, record_widgets.RecordWidget) and issubclass(linked, Searchable):
        may_lack = column.is_many_to_many or field.null
        return RecordChoiceFilter(linked, name, label=label, without=Q(**{name: None}) if may_lack else None)
    if isinstance(column.widget, widgets.BooleanWidget):
        return YesNoFilter(name, label=label)
    if field.choices:
        return ChoiceFilter(name, label=label, choices=field.choices, without=Q(**{name: ""}) if field.blank else None)
    return None
