"""Tables of the API: every file of the record, with the questions of its list, or with filters of its columns."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import get_urlconf, resolve

from pkportal.exchange.columns import ExportResource, FileColumn
from pkportal.exchange.explaining import explaining_columns
from pkportal.exchange.registry import resources_by_name
from pkportal.website.filters import ListFilterSet
from pkportal.website.lists import FilteredList
from pkportal.website.notices import Notice, repeated_parameters, unknown_parameters, with_values
from pkportal.website.sitemap import list_url

from .column_filters import column_filters
from .page_form import ColumnsForm, PageForm


class ApiTable(NamedTuple):
    """One table: the name of its file, and its resource."""

    name: str
    resource: type[ExportResource]

    @property
    def model(self) -> Any:
        """The model of its records."""
        return self.resource._meta.model

    def columns(self) -> list[FileColumn]:
        """Return the columns of its public file."""
        return _public_columns(self.resource)

    def all_columns(self) -> list[FileColumn]:
        """Return the columns of its public file, and those that explain a row to its reader."""
        return [*self.columns(), *_explaining_columns(self.resource)]

    def list_view(self) -> type[FilteredList] | None:
        """Return the view of its list, or None if the site has none."""
        if not (address := list_url(self.name)):
            return None
        view = getattr(resolve(address, get_urlconf() or settings.ROOT_URLCONF).func, "view_class", None)
        return view if view and issubclass(view, FilteredList) else None

    def filterset(self, request: HttpRequest) -> ListFilterSet:
        """Return the filters of its list, or of its columns if the site has no list of it, bound to a request."""
        view_class = self.list_view()
        if view_class is None:
            return column_filters(self.resource)(with_values(request.GET) or None, queryset=self.published())
        view = view_class()
        view.setup(request)
        return view.get_filterset(view_class.filterset_class)

    def published(self) -> QuerySet:
        """Return all its public records, in the order of its file."""
        return self.model._default_manager.published().order_by(*self.resource.key_order())

    def listed(self) -> QuerySet:
        """Return all its public records, in the order of its list where the site has one."""
        view_class = self.list_view()
        return view_class().get_queryset() if view_class else self.published()


@cache
def _public_columns(resource):
    """Return the columns of a public file, made once: a page of rows costs little more than they do."""
    return resource().public_columns()


@cache
def _explaining_columns(resource):
    """Return the columns that explain a row, made once."""
    return explaining_columns(resource())


def api_tables() -> list[ApiTable]:
    """Return all tables, in the order of their files."""
    return [ApiTable(name, resource) for name, resource in resources_by_name().items()]


def names_of(columns: Iterable[FileColumn]) -> list[str]:
    """Return the names of columns."""
    return [column.column_name for column in columns]


class AskedColumns:
    """What a request asks of one record: its columns. ``form`` has the parameters that are known."""

    form_class: type[ColumnsForm] = ColumnsForm

    def __init__(self, table: ApiTable, request: HttpRequest):
        self.table, self.query = table, with_values(request.GET)
        self.form = self.form_class(self.query, columns=names_of(table.all_columns()))

    def notices(self) -> Iterator[Notice]:
        """Yield what was asked and is not understood."""
        yield from self.unknown(self.form.labels())
        yield from self.form.notices()

    def unknown(self, labels: dict[str, str]) -> Iterator[Notice]:
        """Yield the parameters that are not known, and those that come several times."""
        yield from unknown_parameters(self.query, labels)
        yield from repeated_parameters(self.query, labels)

    @property
    def columns(self) -> list[FileColumn]:
        """The columns that were asked for, in the order of the file."""
        asked = self.form.columns
        return [it for it in self.table.all_columns() if it.column_name in asked] if asked else self.table.columns()


class AskedPage(AskedColumns):
    """What a request asks of a table: which records, in which order, which page of them, and which columns."""

    form_class = PageForm
    form: PageForm

    def __init__(self, table: ApiTable, request: HttpRequest):
        super().__init__(table, request)
        asks_no_more = all(name in self.form.fields for name in self.query)
        self.filterset = None if asks_no_more else table.filterset(request)

    def unknown(self, labels: dict[str, str]) -> Iterator[Notice]:
        """Yield what the filters of the list do not understand."""
        if self.filterset is None:
            return super().unknown(labels)
        return self.filterset.notices(self.query, labels)

    def renamed(self) -> QueryDict | None:
        """Return the query with the code of each choice in place of another name of it, or None if it has none."""
        return self.filterset.renamed(self.query) if self.filterset else None

    @property
    def order(self) -> str:
        """The name of the order in which a mark is a place."""
        return f"{self.table.name} {self.filterset.order if self.filterset else ''}"

    def records(self) -> QuerySet:
        """Return the records that were asked for, of all pages."""
        return self.filterset.qs if self.filterset else self.table.listed()
