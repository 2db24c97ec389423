"""Filters of the list of equipment."""

from missions.models import Mission
from pkportal.website.filters import ListFilterSet, OrderingFilter, RecordChoiceFilter, SearchFilter, YesNoFilter

from .models import Equipment


class EquipmentFilter(ListFilterSet):
    """Equipment by words, mission and check."""

    q = SearchFilter()
    mission = RecordChoiceFilter(Mission, label="Mission")
    checked = YesNoFilter("is_checked", label="Checked")
    sort = OrderingFilter("latest first", {"name": ("by name", "name__name_order")})

    class Meta:
        model = Equipment
        fields = []
