"""The list of the missions."""

from missions.filters import MissionFilter
from missions.models import Mission
from missions.rows import MissionRows
from pkportal.reading.lists import FilteredList


class MissionList(FilteredList):
    """The missions, narrowed by what the visitor asks."""

    filterset_class = MissionFilter
    rows = MissionRows

    def get_queryset(self):
        """List what the public may read, staff included: a list is no preview."""
        return Mission.objects.published().for_list()
