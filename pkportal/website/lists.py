"""Public lists: filtered, sorted, paginated, in several display modes and as files, each state with its own URL."""

import sys
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import path, re_path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters.views import FilterView

from pkportal.content.version import EDITION
from pkportal.exchange.columns import ExportResource
from pkportal.exchange.exporting import CONTENT_TYPES

from .active_filters import active_filters
from .choices import MAX_TEXT, nearest, quoted
from .errors import refuse_parameters
from .facet_counts import count_facets
from .files import EXPLAINED, FILE_LABELS, columns_notices, public_file
from .list_paginator import ListPaginator
from .notices import EVERY_PAGE, said, unknown_value, with_values, wrong_page
from .packages import Selection
from .releases.list_changes import changes_response
from .releases.tables import title_of_table

ALL_ROWS = sys.maxsize
ONE_PAGE = 500  # fewer rows stand on one page
MAX_PRINTED = 5_000  # rows on the page that is for printing


class DisplayMode(NamedTuple):
    """A display mode: URL value, label, page size (None = the list's).

    A list that offers it has a template ``<model>_<url_value>.html``, and may have a method ``as_<url_value>`` that
    returns what the template needs of the rows. A chart of a selection has ``ALL_ROWS``.
    """

    url_value: str
    label: str
    page_size: int | None = None

    @property
    def has_all_rows(self) -> bool:
        """True if it shows all rows at once, in an order of its own."""
        return self.page_size == ALL_ROWS


TABLE = DisplayMode("table", _("Table"))
CARDS = DisplayMode("cards", _("Cards"))


class FilteredList(FilterView):
    """List view with filters, facets, display modes, htmx fragments, and the same URL with .csv and so on as a file.

    ``resource`` makes the files, ``nouns`` names one row and several. The first of ``display_modes`` is the default.
    """

    resource: type[ExportResource] | None = None
    nouns = (_("record"), _("records"))
    display_modes: tuple[DisplayMode, ...] = ()
    paginate_by = 50
    template_name_suffix = "_list"
    strict = False  # a value that is not understood is said, and the others select the rows

    def get(self, request, *args, **kwargs):
        """Return a page, a fragment of it for htmx, or a file if the URL ends in a format.

        Another name of a choice, ``country=UK``, leads on to the address with its code.
        """
        self.filterset = self.get_filterset(self.get_filterset_class())
        if renamed := self.filterset.renamed(self.query):
            return HttpResponsePermanentRedirect(self.address(renamed))
        if "format" in kwargs:
            return self.file_response(kwargs["format"])
        if "changes" in kwargs:
            return changes_response(self, kwargs["changes"])
        response = super().get(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        if request.htmx:
            response["HX-Push-Url"] = self.address(self.query)
        return response

    @cached_property
    def query(self):
        """The parameters of the request that have a value."""
        return with_values(self.request.GET)

    def get_filterset_kwargs(self, filterset_class):
        """Bind the filters to the parameters that have a value."""
        return {**super().get_filterset_kwargs(filterset_class), "data": self.query or None}

    def get_filterset(self, filterset_class):
        """Return the filters of the request, made once."""
        return getattr(self, "filterset", None) or super().get_filterset(filterset_class)

    def file_response(self, file_format):
        """Return all selected rows as a file, or 400 with what was not understood."""
        if self.resource is None:
            raise Http404
        notices = [*self.filterset.notices(self.query, FILE_LABELS), *columns_notices(self.query)]
        if notices:
            return refuse_parameters(self.request, notices)
        query = self.query_with(columns=None)
        page = reverse(self.request.resolver_match.view_name.removesuffix("-file"))
        address = f"{settings.SITE_URL}{page}{f'?{query.urlencode()}' if query else ''}"
        title = title_of_table(self.resource._meta.model)
        selection = Selection(title, [str(active) for active in active_filters(self)], address)
        return public_file(self.request, self.resource, self.filterset.qs, file_format, selection)

    @cached_property
    def facets(self):
        """The number of selected rows and the counts of all choices.

        They are the same on every page, in every order and view, and are kept while the content stays as it is.
        """
        edition = self.request.environ.get(EDITION)
        if edition is None:
            return count_facets(self.filterset)
        names = self.filterset.active_values()
        values = {name: tuple(sorted({*self.query.getlist(name)})) for name in names}
        return edition.keep((type(self), *sorted(values.items())), lambda: count_facets(self.filterset))

    def load_rows(self, queryset):
        """Return the query set with what one row of the page shows; files and counts do without it."""
        return queryset

    def paginate_queryset(self, queryset, page_size):
        """Return the nearest page for a page number that does not exist; the facets have counted the rows."""
        paginator = ListPaginator(self.load_rows(queryset), page_size, self.facets.total, queryset)
        page = paginator.get_page(1 if self.is_for_print else self.query.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_paginate_by(self, queryset):
        """Return the number of rows on a page: a short list has one page, and so has a display mode with all rows."""
        if self.display_mode and self.display_mode.page_size:
            return self.display_mode.page_size
        if self.is_for_print:
            return MAX_PRINTED
        return ONE_PAGE if self.facets.total < ONE_PAGE else self.paginate_by

    @cached_property
    def is_for_print(self):
        """True if all rows are to stand on one page, so that they can be printed."""
        return self.query.get("page") == EVERY_PAGE

    @cached_property
    def display_mode(self):
        """The display mode that the URL names, or the first one, or None for a list without any."""
        by_value = {mode.url_value: mode for mode in reversed(self.display_modes)}
        return by_value.get(self.query.get("view"), self.display_modes[0] if self.display_modes else None)

    def get_context_data(self, **kwargs):
        """Add the active filters, the number of rows, the display modes and the files."""
        context = super().get_context_data(**kwargs)
        self.filterset.set_options(self.facets.counts)
        filters_in_use = active_filters(self)
        singular, plural = self.nouns
        notices = [*self.filterset.notices(self.query, self.view_labels()), *self.view_notices(context["page_obj"])]
        return {
            **context,
            **self.display_context(context["page_obj"]),
            "base_template": "website/frame.html" if self.request.htmx else "base.html",
            "query": self.query,
            "notices": [said(notice, self.request.path) for notice in notices],
            "active_filters": filters_in_use,
            "clear_url": self.address(self.query_with(**dict.fromkeys(self.filterset.filters))),
            "filter_summary": "; ".join(map(str, filters_in_use)),
            "count": self.facets.total,
            "noun": singular if self.facets.total == 1 else plural,
            "files": self.files(),
            "explained_files": self.files(EXPLAINED),
            "api_url": self.resource and reverse(f"api:{self.resource.name}") + self.query_of_rows(),
            "changes_url": self.changes_url(),
            "print_url": self.print_url(context["page_obj"]),
        }

    def display_context(self, rows):
        """Return the display modes with their URLs, and what the template of the present one needs."""
        if not self.display_mode:
            return {}
        model = self.filterset_class._meta.model._meta
        rows_context = getattr(self, f"as_{self.display_mode.url_value}", None)
        return {
            **(rows_context(rows) if rows_context else {}),
            "display_mode": self.display_mode,
            "display_template": f"{model.app_label}/{model.model_name}_{self.display_mode.url_value}.html",
            "display_modes": [
                (mode, self.address(self.query_with(view=mode.url_value))) for mode in self.display_modes
            ],
        }

    def view_labels(self):
        """Return the parameters that a page has and a file has not, with their labels."""
        return {"page": _("Page"), **({"view": _("Show as")} if self.display_modes else {})}

    def view_notices(self, page):
        """Yield what was not understood of the parameters that choose the page and the display mode."""
        yield from wrong_page(self.query, page)
        asked = self.query.get("view")
        modes = [(mode.url_value, mode.label) for mode in self.display_modes]
        if asked and modes and asked not in dict(modes):
            reason = gettext("“%(value)s” is not a way to show this list.") % {"value": quoted(asked)}
            near = nearest(asked, modes)
            yield unknown_value(self.query, "view", asked, reason, [near] if near else [])

    def query_without(self, name, value):
        """Return the query without one value of a parameter, from the first page."""
        query = self.query_with(**{name: None})
        others = [other for other in self.query.getlist(name) if other != value]
        if others and name in self.filterset.choice_filters():
            query.setlist(name, others)
        return query

    def query_with(self, **changes):
        """Return the query with some parameters changed, from the first page; the default display mode has none.

        A value that is too long to mean anything is left out: every link of the page would repeat it.
        """
        query = self.query.copy()
        query.pop("page", None)
        for name, values in self.query.lists():
            if any(len(value) > MAX_TEXT for value in values):
                query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value and not (name == "view" and value == self.display_modes[0].url_value):
                query[name] = value
        return query

    def address(self, query):
        """Return the URL of this list with a query."""
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def print_url(self, page):
        """Return the URL of all rows on one page, or nothing if this page has them."""
        if self.is_for_print or not page.has_other_pages():
            return ""
        query = self.query_with()
        query["page"] = EVERY_PAGE
        return self.address(query)

    def files(self, columns=None):
        """List each file format with the URL of the selected rows in it."""
        if self.resource is None:
            return []
        query = self.query_of_rows(columns=columns)
        addresses = file_addresses(f"{self.request.resolver_match.view_name}-file")
        return [(file_format, address + query) for file_format, address in addresses.items()]

    def query_of_rows(self, **changes):
        """Return the query that selects these rows, with its question mark, or nothing for all of them."""
        query = self.query_with(view=None, **changes)
        return f"?{query.urlencode()}" if query else ""

    def changes_url(self):
        """Return the URL of what changed in the selection since the newest release."""
        query = self.query_of_rows(sort=None)
        return reverse(f"{self.request.resolver_match.view_name}-changes") + query if self.resource else ""


@cache
def file_addresses(view_name: str) -> dict[str, str]:
    """Return the address of a list in each file format: the same for every page, which has them twice."""
    return {file_format: reverse(view_name, kwargs={"format": file_format}) for file_format in CONTENT_TYPES}


def list_paths(name: str, view: type[FilteredList]) -> list:
    """Return the URLs of a list: ``missions/`` named missions, ``missions.csv`` and so on named missions-file.

    ``missions/changes/`` and ``missions/changes.csv`` have what changed in a selection since a release.
    """
    list_view = view.as_view()
    return [
        path(f"{name}/", list_view, name=name),
        path(f"{name}/changes/", list_view, {"changes": "html"}, name=f"{name}-changes"),
        path(f"{name}/changes.csv", list_view, {"changes": "csv"}, name=f"{name}-changes-file"),
        re_path(rf"^{name}\.(?P<format>{'|'.join(CONTENT_TYPES)})$", list_view, name=f"{name}-file"),
    ]
