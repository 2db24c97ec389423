"""Lists that can be filtered, sorted, paged and taken away as a file, all by their address."""

from django.http import Http404, HttpResponse
from django.urls import path, re_path, reverse
from django_filters.views import FilterView

from pkportal.exchange.files import FORMATS, file_response


class FilteredList(FilterView):
    """Rows narrowed by what the visitor asks; the same address with .csv or .json is the same rows in order."""

    rows = None
    paginate_by = 50
    template_name_suffix = "_list"

    def get(self, request, *args, **kwargs):
        """Answer with a page, or with a file where the address ends like one."""
        if "format" not in kwargs:
            return super().get(request, *args, **kwargs)
        if self.rows is None:
            raise Http404
        self.filterset = self.get_filterset(self.get_filterset_class())
        if self.filterset.is_bound and not self.filterset.is_valid():
            return self.refuse(self.filterset.form)
        name = request.resolver_match.url_name.removesuffix("-file")
        return file_response(self.rows, self.filterset.qs, kwargs["format"], name)

    def refuse(self, form):
        """Say in plain text why a question makes no sense: a file has no field to say it beside."""
        errors = (f"{field}: {error}\n" for field, errors in form.errors.items() for error in errors)
        return HttpResponse(errors, status=400, content_type="text/plain; charset=utf-8")

    def paginate_queryset(self, queryset, page_size):
        """Give the nearest page there is: an address that was kept too long is no error."""
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get("page"))
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        """Say how many rows answer, and where the same rows are files."""
        context = super().get_context_data(**kwargs)
        return {**context, "count": context["paginator"].count, "files": self.files()}

    def files(self):
        """Pair each format with the address of this selection in it."""
        if self.rows is None:
            return []
        asked = self.request.GET.copy()
        asked.pop("page", None)
        query = f"?{asked.urlencode()}" if asked else ""
        name = f"{self.request.resolver_match.view_name}-file"
        return [(ending, reverse(name, kwargs={"format": ending}) + query) for ending in FORMATS]


def list_paths(name, view):
    """Give a list its two addresses: ``missions/`` called missions, ``missions.csv`` and .json called missions-file."""
    show = view.as_view()
    return [
        path(f"{name}/", show, name=name),
        re_path(rf"^{name}\.(?P<format>{'|'.join(FORMATS)})$", show, name=f"{name}-file"),
    ]
