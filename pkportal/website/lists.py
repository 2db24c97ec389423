"""Lists that can be filtered, sorted, paged, shown in several ways and taken away as a file, all by their address."""

import sys
from functools import lru_cache
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.urls import path, re_path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django_filters.views import FilterView

from pkportal.exchange.exporting import FORMATS, export_response
from pkportal.sources.markdown import plain_text

from .facets import Facets, count_facets

ALL_ROWS = sys.maxsize


class DisplayMode(NamedTuple):
    """One way to show a selection: its word in the address, its name, and the rows of a page, unless as the list's own.

    A list that offers it has a template ``<model>_<word>.html``, and may have a method ``as_<word>`` that makes what
    the template needs of the rows. A picture of a selection shows the ``WHOLE`` of it.
    """

    url_value: str
    label: str
    page_size: int | None = None

    @property
    def is_whole(self):
        """Say whether it shows all rows at once, in an order of its own."""
        return self.page_size == ALL_ROWS


TABLE = DisplayMode("table", _("Table"))
CARDS = DisplayMode("cards", _("Cards"))


class ActiveFilter(NamedTuple):
    """A question that was answered: its name and answer in words, and the address without it."""

    question: str
    answer: str
    address: str

    def __str__(self):
        return f"{self.question}: {self.answer}"


class FilteredList(FilterView):
    """Rows narrowed by what the visitor asks; the same address with .csv or .json is the same rows in order.

    ``nouns`` says what one row is and what several are. A list with ``display_modes`` shows itself in the first unless asked.
    """

    rows = None
    nouns = (_("record"), _("records"))
    display_modes = ()
    paginate_by = 50
    template_name_suffix = "_list"

    def get(self, request, *args, **kwargs):
        """Answer with a page, with its changed part for htmx, or with a file where the address ends like one."""
        request.GET = without_blanks(request.GET)
        if "format" in kwargs:
            return self.file(kwargs["format"])
        response = super().get(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        if request.htmx:
            response["HX-Push-Url"] = self.address(request.GET)
        return response

    def file(self, ending):
        """Give the selection as a file, or say in plain text why the question makes no sense."""
        if self.rows is None:
            raise Http404
        self.filterset = self.get_filterset(self.get_filterset_class())
        if self.filterset.is_bound and not self.filterset.is_valid():
            return self.refuse(self.filterset.form)
        name = self.request.resolver_match.url_name.removesuffix("-file")
        return export_response(self.rows, self.filterset.qs, ending, name)

    def refuse(self, form):
        """Say why: a file has no field to say it beside."""
        errors = (f"{field}: {error}\n" for field, errors in form.errors.items() for error in errors)
        return HttpResponse(errors, status=400, content_type="text/plain; charset=utf-8")

    def paginate_queryset(self, queryset, page_size):
        """Count the rows with all facets, and give the nearest page: an address that was kept too long is no error."""
        self.facets = self.counted()
        paginator = self.get_paginator(queryset, page_size)
        paginator.count = self.facets.total
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def counted(self):
        """Count what answers, and what any other answer would give; of a question without sense there is nothing."""
        if self.filterset.is_bound and not self.filterset.is_valid():
            return Facets(0, {})
        facets = count_facets(self.filterset)
        self.filterset.show_counts(facets.codes)
        return facets

    @property
    def display_mode(self):
        """Give the way to show the rows that was asked for, or else the first."""
        word = self.request.GET.get("view")
        return next(
            (mode for mode in self.display_modes if mode.url_value == word),
            self.display_modes[0] if self.display_modes else None,
        )

    def get_paginate_by(self, queryset):
        """Take the size of a page from the way the rows are shown."""
        return (self.display_mode and self.display_mode.page_size) or self.paginate_by

    def get_context_data(self, **kwargs):
        """Say what was asked, how many rows answer, how else they may be shown, and where they are files."""
        context = super().get_context_data(**kwargs)
        count = context["paginator"].count
        active_filters = self.active_filters()
        return {
            **context,
            **self.shown(context["page_obj"]),
            "frame": "website/frame.html" if self.request.htmx else "base.html",
            "active_filters": active_filters,
            "clear": self.address(self.other(**dict.fromkeys(self.filterset.filters))),
            "filter_summary": "; ".join(map(str, active_filters)),
            "count": count,
            "noun": self.nouns[count != 1],
            "files": self.files(),
        }

    def shown(self, rows):
        """Give what the template of the rows needs."""
        if not self.display_mode:
            return {}
        model = self.filterset_class._meta.model._meta
        make = getattr(self, f"as_{self.display_mode.url_value}", None)
        return {
            **(make(rows) if make else {}),
            "display_mode": self.display_mode,
            "view_template": f"{model.app_label}/{model.model_name}_{self.display_mode.url_value}.html",
            "display_modes": [(mode, self.address(self.other(view=mode.url_value))) for mode in self.display_modes],
        }

    def active_filters(self):
        """List the questions that were answered, each with the address that takes it back."""
        if self.filterset.is_bound and not self.filterset.is_valid():
            return []
        filters = self.filterset.filters
        return [
            ActiveFilter(
                filters[name].label, self.filterset.in_words(name, answer), self.address(self.other(**{name: None}))
            )
            for name, answer in self.filterset.answers().items()
        ]

    def other(self, **changes):
        """Change some of what was asked, from the first page on; a way of showing that needs no word has none."""
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, answer in changes.items():
            query.pop(name, None)
            if answer and not (name == "view" and answer == self.display_modes[0].url_value):
                query[name] = answer
        return query

    def address(self, query):
        """Give the address of this list with a query."""
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def files(self):
        """Pair each format with the address of this selection in it."""
        if self.rows is None:
            return []
        query = self.other(view=None)
        query = f"?{query.urlencode()}" if query else ""
        name = f"{self.request.resolver_match.view_name}-file"
        return [(ending, reverse(name, kwargs={"format": ending}) + query) for ending in FORMATS]


def without_blanks(query):
    """Drop the questions that were left open: a form sends them all."""
    kept = query.copy()
    for name, answers in query.lists():
        if not any(answers):
            del kept[name]
    kept._mutable = False
    return kept


def list_paths(name, view):
    """Give a list its two addresses: ``missions/`` called missions, ``missions.csv`` and .json called missions-file."""
    show = view.as_view()
    return [
        path(f"{name}/", show, name=name),
        re_path(rf"^{name}\.(?P<format>{'|'.join(FORMATS)})$", show, name=f"{name}-file"),
    ]


def url_prefix(page):
    """Give what stands before the code in the addresses of one kind of page: to ask for each costs more than a row."""
    return reverse(page, args=["AAA"]).removesuffix("AAA/")


@lru_cache(1000)
def first_words(text, words):
    """Give the first words of a text, without markup and citations; the same texts are shown again and again."""
    first = plain_text(text).split(None, words)
    return f"{' '.join(first[:words])} …" if len(first) > words else " ".join(first)
