"""The contributions: every stated figure of what a nation gave."""

from missions.filters import ContributionFilter
from missions.models import Contribution
from missions.rows import ContributionRows
from pkportal.reading.lists import FilteredList


class ContributionList(FilteredList):
    """The stated figures, narrowed by what the visitor asks."""

    filterset_class = ContributionFilter
    rows = ContributionRows

    def get_queryset(self):
        """List the figures of missions that the public may read, the latest first."""
        return Contribution.objects.published().for_list().latest_first()
