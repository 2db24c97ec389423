"""The list of sources, the page of each with everything that cites it, and its files."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from pkportal.charts.scales import bar_lengths
from pkportal.content.pages import HasPage
from pkportal.exchange.registry import resources_by_name
from pkportal.exchange.resources import SourceResource
from pkportal.sources.cited_by import CitingGroup, CitingRecord, cited_by
from pkportal.sources.models import Grade, Source
from pkportal.sources.reference_files import REFERENCE_FORMATS, as_citation_text, original_url
from pkportal.website.errors import takes_no_parameters
from pkportal.website.lists import FilteredList

from .filters import SourceFilter


class SourceList(FilteredList):
    """List of sources."""

    filterset_class = SourceFilter
    resource = SourceResource
    nouns = (_("source"), _("sources"))

    def get_queryset(self):
        """Return all sources: a source is public as soon as it is on record."""
        return Source.objects.published().for_list()


class SourcePage(DetailView):
    """One source with its grade, and everything public that cites it."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Return all sources; what cites one may be hidden."""
        return Source.objects.published().defer("search")

    def get_context_data(self, **kwargs):
        """Add the records that cite the source by model, with bars, and the file that has all of each model."""
        groups = cited_by(self.object)
        files = {
            resource._meta.model: reverse("data-file", args=[name, "csv"])
            for name, resource in resources_by_name().items()
        }
        return super().get_context_data(
            groups=[(group, group_bars(group), files.get(group.model)) for group in groups],
            group_lengths=[*zip(groups, bar_lengths([group.number for group in groups]), strict=True)],
            total=sum(group.number for group in groups),
            grades=Grade,
            citation=as_citation_text(self.object),
            original=original_url(self.object),
            **kwargs,
        )


def group_bars(group: CitingGroup) -> list[tuple[CitingRecord, float]]:
    """Pair each line of a model without pages, which is counted by record, with the length of its bar."""
    if issubclass(group.model, HasPage):
        return []
    return [*zip(group.lines, bar_lengths([line.number for line in group.lines]), strict=True)]


@require_safe
@takes_no_parameters
def source_file(request, code, ending):
    """Return one source as a file for a reference manager."""
    source = get_object_or_404(Source.objects.published().defer("search"), code=code)
    write, content_type = REFERENCE_FORMATS[ending]
    name = {"Content-Disposition": f'attachment; filename="{source.code}.{ending}"'}
    return HttpResponse(write(source), content_type=f"{content_type}; charset=utf-8", headers=name)
