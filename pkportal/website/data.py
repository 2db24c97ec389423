"""The data page: every table as a file, with a description of its columns."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from pkportal.content.queries import count_each
from pkportal.exchange import columns
from pkportal.exchange.explaining import explaining_columns
from pkportal.exchange.exporting import CONTENT_TYPES
from pkportal.exchange.registry import resources_by_name

from .column_descriptions import ColumnDescription, describe_column
from .errors import refuse_parameters
from .files import FILE_LABELS, columns_notices, public_file
from .notices import unknown_parameters
from .packages import Selection
from .releases.listing import listed_releases, structured_data
from .releases.tables import title_of_table
from .sitemap import list_url


class TableDescription(NamedTuple):
    """A file: title, description, number of public rows, columns, and the URL of its list if the site has one.

    ``explaining`` are the columns that it has if all are asked for.
    """

    name: str
    title: str
    about: str
    number: int
    columns: list[ColumnDescription]
    explaining: list[ColumnDescription]
    page: str


def describe_table(name: str, resource: type[columns.ExportResource], number: int) -> TableDescription:
    """Describe a file by the verbose name and the docstring of its model."""
    model = resource._meta.model
    return TableDescription(
        name,
        title=title_of_table(model),
        about=model.__doc__,
        number=number,
        columns=[describe_column(column, model) for column in resource().public_columns()],
        explaining=[describe_column(column, model) for column in explaining_columns(resource())],
        page=list_url(name),
    )


class DataPage(TemplateView):
    """Page of all files: what they hold, how values are written, how to cite and how to load them."""

    template_name = "website/data.html"

    def get_context_data(self, **kwargs):
        """Describe every table, counting all of them in one query, and list the releases in another."""
        resources = resources_by_name()
        counts = count_each({name: it._meta.model._default_manager.published() for name, it in resources.items()})
        releases = listed_releases()
        return super().get_context_data(
            tables=[describe_table(name, resource, counts[name]) for name, resource in resources.items()],
            formats=[*CONTENT_TYPES],
            site_url=settings.SITE_URL,
            releases=releases,
            structured_data=structured_data(releases[0].release) if releases else "",
            today=timezone.localdate(),
            **kwargs,
        )


@require_safe
def table_file(request, name, format):
    """Stream every public row of one table, in the order of its natural key."""
    resource = resources_by_name().get(name)
    if resource is None or format not in CONTENT_TYPES:
        raise Http404
    notices = [*unknown_parameters(request.GET, FILE_LABELS), *columns_notices(request.GET)]
    if notices:
        return refuse_parameters(request, notices)
    records = resource._meta.model._default_manager.published().order_by(*resource.key_order())
    address = f"{settings.SITE_URL}{reverse('data')}#columns-{name}"
    selection = Selection(title_of_table(resource._meta.model), [], address)
    return public_file(request, resource, records, format, selection)
