"""The data for taking away: every table as a file, and what each of its columns means."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from pkportal.content.queries import count_each
from pkportal.exchange import columns, widgets
from pkportal.exchange.exporting import FORMATS, export_response
from pkportal.exchange.registry import resources_by_name


class ColumnDescription(NamedTuple):
    """One column of a file: what it is called, what it means, how its values are written, and its code list."""

    name: str
    meaning: str
    help: str
    format: str
    codes: list


class TableDescription(NamedTuple):
    """One file: what it holds, how many rows of it are public, its columns, and its list on the site if it has one."""

    name: str
    title: str
    about: str
    number: int
    columns: list
    page: str


def describe_column(column, model):
    """Say what a column means, in the model's own words."""
    if isinstance(column, columns.CheckedColumn):
        meaning = _("Its central claim was read in its source, and it was not edited since")
        return ColumnDescription(column.column_name, meaning, "", value_format(column), [])
    field = model._meta.get_field(column.attribute)
    choices = getattr(field, "base_field", field).choices or []
    return ColumnDescription(
        column.column_name, capfirst(field.verbose_name), field.help_text, value_format(column), [*choices]
    )


def value_format(column):
    """Say how a value stands in a cell."""
    cell = column.widget
    if column.is_links:
        return _("%(records)s by %(key)s, parted by semicolons") % record_names(cell)
    if column.is_link:
        return _("one of the %(records)s, by %(key)s") % record_names(cell)
    for kind, words in (
        (widgets.ChoicesWidget, _("codes, parted by semicolons")),
        (widgets.NumberWidget, _("number")),
        (widgets.BooleanWidget, _("yes or no")),
        (widgets.DateWidget, _("day: 1999-06-12")),
        (widgets.DateTimeWidget, _("moment in UTC: 2026-11-22T09:30:00Z")),
        (widgets.PartialDateWidget, _("date as far as known: 1999, 1999-06 or 1999-06-12")),
    ):
        if isinstance(cell, kind):
            return words
    return _("text")


def record_names(cell):
    """Name the kind of record that a cell names, and the key by which it does."""
    return {"records": cell.model._meta.verbose_name_plural, "key": cell.key}


def list_url(name):
    """Give the address of the list with the same name as a file, if the site has one."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class DataPage(TemplateView):
    """What can be taken away, how it is written, how to cite it and how to load it."""

    template_name = "website/data.html"

    def get_context_data(self, **kwargs):
        """Describe every table, counting all of them in one query."""
        found = resources_by_name()
        counts = count_each({name: rows._meta.model._default_manager.published() for name, rows in found.items()})
        described = [
            TableDescription(
                name,
                capfirst(rows._meta.model._meta.verbose_name_plural),
                rows._meta.model.__doc__,
                counts[name],
                [describe_column(column, rows._meta.model) for column in rows().columns()],
                list_url(name),
            )
            for name, rows in found.items()
        ]
        return super().get_context_data(
            tables=described, site_url=settings.SITE_URL, today=timezone.localdate(), **kwargs
        )


@require_safe
def table_file(request, name, format):
    """Stream every public row of one table, in the order of its natural key."""
    rows = resources_by_name().get(name)
    if rows is None or format not in FORMATS:
        raise Http404
    records = rows._meta.model._default_manager.published().order_by(*rows.key_order())
    return export_response(rows, records, format, name)
