"""The sources: the list of them, and the page of each with all that rests on it."""

from django.urls import reverse
from django.views.generic import DetailView

from pkportal.exchange.registry import tables
from pkportal.reading.lists import FilteredList

from .citing import citing
from .filters import SourceFilter
from .links import is_external
from .models import Source
from .rows import SourceRows


class SourceList(FilteredList):
    """The sources, narrowed by what the visitor asks."""

    filterset_class = SourceFilter
    rows = SourceRows

    def get_queryset(self):
        """List all: a source is public as soon as it is on record."""
        return Source.objects.published().for_list()


class SourcePage(DetailView):
    """One source with its grade, and everything public that cites it."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Every source is public; what cites it may not be."""
        return Source.objects.published().defer("search")

    def get_context_data(self, **kwargs):
        """Say of each kind what cites the source, how much of it, and which file has the rest."""
        groups = citing(self.object)
        files = {rows._meta.model: reverse("data-file", args=[name, "csv"]) for name, rows in tables().items()}
        return super().get_context_data(
            groups=[(group, files.get(group.model)) for group in groups],
            total=sum(group.number for group in groups),
            original=self.object.url if is_external(self.object.url) else "",
            **kwargs,
        )
