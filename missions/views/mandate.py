"""The list of mandates, and the page of each."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from missions.charts.mandate_tree import mandate_tree
from missions.filters import MandateFilter
from missions.models import Mandate
from missions.resources import MandateResource
from pkportal.sources.references import references_to, with_sources
from pkportal.website.lists import FilteredList


class MandateList(FilteredList):
    """The list of mandates with its filters."""

    filterset_class = MandateFilter
    resource = MandateResource
    nouns = (_("mandate"), _("mandates"))

    def get_queryset(self):
        """List the mandates of public missions."""
        return Mandate.objects.published().for_list()


class MandatePage(DetailView):
    """One mandate: what it authorises, what it derives from, and the other mandates of its mission."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Load only mandates of public missions."""
        return with_sources(Mandate.objects.published().for_detail())

    def get_context_data(self, **kwargs):
        """Add the mandates of the mission in order of time, this one among them, with their tree lines."""
        mandate = self.object
        siblings = [*mandate.mission.mandates.published().for_list().order_by("adopted", "code")]
        here = siblings.index(mandate)
        return super().get_context_data(
            **kwargs,
            steps=mandate_tree(mandate, siblings),
            previous=siblings[here - 1] if here else None,
            next=siblings[here + 1] if here + 1 < len(siblings) else None,
            references=references_to(mandate),
        )
