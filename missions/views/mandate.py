"""The mandates: the list of the instruments and the page of each."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from missions.charts.mandate_tree import mandate_tree
from missions.filters import MandateFilter
from missions.models import Mandate
from missions.resources import MandateResource
from pkportal.sources.footnotes import references_to, with_sources
from pkportal.website.lists import FilteredList


class MandateList(FilteredList):
    """The instruments, narrowed by what the visitor asks."""

    filterset_class = MandateFilter
    resource = MandateResource
    nouns = (_("mandate"), _("mandates"))

    def get_queryset(self):
        """List the instruments of missions that the public may read."""
        return Mandate.objects.published().for_list()


class MandatePage(DetailView):
    """One instrument: what it authorises, what it follows from, and what else its mission rests on."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Show what the public may read."""
        return with_sources(Mandate.objects.published().for_detail())

    def get_context_data(self, **kwargs):
        """Add the instruments of the mission in the order of their dates, this one among them, and their lines."""
        mandate = self.object
        siblings = [*mandate.mission.mandates.published().for_list().order_by("adopted", "code")]
        place = siblings.index(mandate)
        return super().get_context_data(
            **kwargs,
            steps=mandate_tree(mandate, siblings),
            previous=siblings[place - 1] if place else None,
            next=siblings[place + 1] if place + 1 < len(siblings) else None,
            references=references_to(mandate),
        )
