"""The data page: every table as a file, with a description of its columns."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Model
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from pkportal.content.queries import count_each
from pkportal.exchange import columns, record_widgets, widgets
from pkportal.exchange.exporting import FORMATS, export_response
from pkportal.exchange.registry import resources_by_name

from .errors import takes_no_parameters
from .sitemap import list_url


class ColumnDescription(NamedTuple):
    """A column of a file: its name, meaning, help text, the format of its values, and its choices."""

    name: str
    meaning: str
    help: str
    format: str
    codes: list[tuple[str, str]]


class TableDescription(NamedTuple):
    """A file: title, description, number of public rows, columns, and the URL of its list if the site has one."""

    name: str
    title: str
    about: str
    number: int
    columns: list[ColumnDescription]
    page: str


def describe_column(column: columns.FileColumn, model: type[Model]) -> ColumnDescription:
    """Describe a column by the verbose name and the help text of its field."""
    if isinstance(column, columns.CheckedColumn):
        meaning = _("Whether the central claim was compared with its source, and the record has not been edited since")
        return ColumnDescription(column.column_name, meaning, "", value_format(column), [])
    if isinstance(column, columns.ComputedColumn):
        about = _("In files of this site only: it is computed, and ignored when a file is loaded.")
        return ColumnDescription(column.column_name, column.meaning, about, value_format(column), [])
    field = model._meta.get_field(column.attribute)
    choices = getattr(field, "base_field", field).choices or []
    return ColumnDescription(
        column.column_name, capfirst(field.verbose_name), field.help_text, value_format(column), [*choices]
    )


def value_format(column: columns.FileColumn) -> str:
    """Say in words how a value is written in a cell."""
    widget = column.widget
    if column.is_many_to_many:
        return _("%(records)s by %(key)s, separated by semicolons") % record_names(widget)
    if column.is_foreign_key:
        return _("one of the %(records)s, by %(key)s") % record_names(widget)
    for widget_class, words in (
        (widgets.ChoicesWidget, _("codes, separated by semicolons")),
        (widgets.NumberWidget, _("number")),
        (widgets.BooleanWidget, _("yes or no")),
        (widgets.DateWidget, _("day: 1999-06-12")),
        (widgets.DateTimeWidget, _("date and time in UTC: 2026-11-22T09:30:00Z")),
        (widgets.PartialDateWidget, _("date as far as known: 1999, 1999-06 or 1999-06-12")),
    ):
        if isinstance(widget, widget_class):
            return words
    return _("text")


def record_names(widget: record_widgets.RecordWidget) -> dict[str, str]:
    """Return the plural name of the model that a cell refers to, and the key it uses."""
    return {"records": widget.model._meta.verbose_name_plural, "key": widget.key}


def describe_table(name: str, resource: type[columns.ExportResource], number: int) -> TableDescription:
    """Describe a file by the verbose name and the docstring of its model."""
    model = resource._meta.model
    return TableDescription(
        name,
        title=capfirst(model._meta.verbose_name_plural),
        about=model.__doc__,
        number=number,
        columns=[describe_column(column, model) for column in resource().public_columns()],
        page=list_url(name),
    )


class DataPage(TemplateView):
    """Page of all files: what they hold, how values are written, how to cite and how to load them."""

    template_name = "website/data.html"

    def get_context_data(self, **kwargs):
        """Describe every table, counting all of them in one query."""
        resources = resources_by_name()
        counts = count_each({name: it._meta.model._default_manager.published() for name, it in resources.items()})
        return super().get_context_data(
            tables=[describe_table(name, resource, counts[name]) for name, resource in resources.items()],
            site_url=settings.SITE_URL,
            today=timezone.localdate(),
            **kwargs,
        )


@require_safe
@takes_no_parameters
def table_file(request, name, format):
    """Stream every public row of one table, in the order of its natural key."""
    resource = resources_by_name().get(name)
    if resource is None or format not in FORMATS:
        raise Http404
    records = resource._meta.model._default_manager.published().order_by(*resource.key_order())
    return export_response(resource, records, format, name)
