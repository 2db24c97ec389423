"""The list of equipment and the page of each piece."""

from django.views.generic import DetailView

from pkportal.sources.references import references_to, with_sources
from pkportal.website.lists import FilteredList

from .filters import EquipmentFilter
from .models import Equipment
from .resources import EquipmentResource


class EquipmentList(FilteredList):
    """What missions were equipped with."""

    filterset_class = EquipmentFilter
    resource = EquipmentResource
    nouns = ("piece of equipment", "pieces of equipment")

    def get_queryset(self):
        """List the equipment of published missions."""
        return Equipment.objects.published().for_list()


class EquipmentPage(DetailView):
    """One piece of equipment, with its references."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Load published equipment only."""
        return with_sources(Equipment.objects.published().select_related("mission"))

    def get_context_data(self, **kwargs):
        """Add the numbered references of the note."""
        return super().get_context_data(**kwargs, references=references_to(self.object))
