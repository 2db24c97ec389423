"""The front page: what runs now, what the record holds and how far it is checked, and where to begin."""

from collections import Counter

from django.views.generic import TemplateView

from lessons.models import Lesson, Theme, Topic
from missions.models import Contribution, Country, Mandate, Mission, MissionType, Region, State
from pkportal.reading.checks import how_far_checked
from pkportal.sourcing.models import Source

NEWEST = 5


class Home(TemplateView):
    """The ways into the record, in eight queries."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        """Load what the page shows; every number on it is the length of the list it links."""
        kinds = how_far_checked()
        totals = {kind.model: kind.total for kind in kinds}
        missions = Mission.objects.published()
        pairs = [*missions.order_by().values_list("type", "region", "state")]
        types, regions, states = (Counter(column) for column in zip(*pairs, strict=True)) if pairs else (Counter(),) * 3
        lessons = Lesson.objects.published().filter(is_checked=True).order_by("-published_at", "-number")
        return super().get_context_data(
            **kwargs,
            kinds=kinds,
            total=sum(kind.total for kind in kinds),
            checked=sum(kind.checked for kind in kinds),
            mission_count=totals.get(Mission, 0),
            running_count=states[State.ONGOING],
            contribution_count=totals.get(Contribution, 0),
            mandate_count=totals.get(Mandate, 0),
            lesson_count=totals.get(Lesson, 0),
            country_count=Country.objects.published().count(),
            source_count=Source.objects.published().count(),
            running=missions.filter(state=State.ONGOING)
            .only("code", "name", "acronym", "start_date")
            .order_by("start_date"),
            newest=lessons.only("number", "title", "conclusion")[:NEWEST],
            types=[(value, label, types[value]) for value, label in MissionType.choices if types[value]],
            regions=[(value, label, regions[value]) for value, label in Region.choices if regions[value]],
            themes=Theme.objects.published().only("code", "name"),
            topics=Topic.objects.published().for_list(),
        )
