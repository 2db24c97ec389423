"""The front page: what runs now, what the record holds and how far it is checked, and where to begin."""

from collections import Counter

from django.views.generic import TemplateView

from lessons.models import Lesson, Theme, Topic
from missions.figures.maps import running_map
from missions.figures.spans import legend_of, timeline_of
from missions.models import Contribution, Country, Mandate, Mission, MissionType, Region, State
from pkportal.reading.checks import how_far_checked
from pkportal.sourcing.models import Source

NEWEST = 5
FIRST_YEAR = 1990


class Home(TemplateView):
    """The ways into the record, in nine queries."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        """Load what the page shows; every number on it is the length of the list it links."""
        kinds = how_far_checked()
        missions = [*Mission.objects.published().for_map()]
        running = [it for it in missions if it.state == State.ONGOING]
        contributors = [*Country.objects.contributors()]
        lanes = timeline_of(missions, first_year=FIRST_YEAR)
        lessons = Lesson.objects.published().filter(is_checked=True).order_by("-published_at", "-number")
        return super().get_context_data(
            **kwargs,
            kinds=kinds,
            total=sum(kind.total for kind in kinds),
            checked=sum(kind.checked for kind in kinds),
            sums=sums_of(kinds, missions, running),
            running=sorted(running, key=lambda it: it.start_date, reverse=True),
            map=running_map(running, contributors),
            lanes=lanes,
            legend=legend_of(lanes),
            newest=lessons.only("number", "title", "conclusion")[:NEWEST],
            types=counted(MissionType, (it.type for it in missions)),
            regions=counted(Region, (it.region for it in missions)),
            contributors=contributors,
            themes=Theme.objects.published().only("code", "name"),
            topics=Topic.objects.published().for_list(),
        )


def sums_of(kinds, missions, running):
    """Count what each of the lists holds."""
    totals = {kind.model: kind.total for kind in kinds}
    return {
        "missions": len(missions),
        "running": len(running),
        "contributions": totals.get(Contribution, 0),
        "mandates": totals.get(Mandate, 0),
        "lessons": totals.get(Lesson, 0),
        "countries": Country.objects.published().count(),
        "sources": Source.objects.published().count(),
    }


def counted(codes, values):
    """List the codes that occur, with their labels and how often they do."""
    found = Counter(values)
    return [(value, label, found[value]) for value, label in codes.choices if found[value]]
