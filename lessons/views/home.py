"""The front page: what runs now, what the record holds and how far it is checked, and where to begin."""

from collections import Counter

from django.views.generic import TemplateView

from lessons.models import Lesson, Theme, Topic
from missions.charts.maps import running_map
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from missions.models import Contribution, Country, Mandate, Mission, MissionType, Region, State
from pkportal.content.check_counts import check_counts
from pkportal.sources.models import Source

NEWEST = 5
FIRST_YEAR = 1990


class Home(TemplateView):
    """The ways into the record, in nine queries."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        """Load what the page shows; every number on it is the length of the list it links."""
        kinds = check_counts()
        missions = [*Mission.objects.published().for_map()]
        running = [it for it in missions if it.state == State.ONGOING]
        contributors = [*Country.objects.contributors()]
        lanes = mission_timeline(missions, first_year=FIRST_YEAR)
        lessons = Lesson.objects.published().filter(is_checked=True).order_by("-published_at", "-number")
        return super().get_context_data(
            **kwargs,
            kinds=kinds,
            total=sum(kind.total for kind in kinds),
            checked=sum(kind.checked for kind in kinds),
            sums=record_totals(kinds, missions, running),
            running=sorted(running, key=lambda it: it.start_date, reverse=True),
            map=running_map(running, contributors),
            lanes=lanes,
            legend=timeline_legend(lanes),
            newest=lessons.only("number", "title", "conclusion")[:NEWEST],
            types=count_choices(MissionType, (it.type for it in missions)),
            regions=count_choices(Region, (it.region for it in missions)),
            contributors=contributors,
            themes=Theme.objects.published().only("code", "name"),
            topics=Topic.objects.published().for_list(),
        )


def record_totals(kinds, missions, running):
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


def count_choices(codes, values):
    """List the codes that occur, with their labels and how often they do."""
    found = Counter(values)
    return [(value, label, found[value]) for value, label in codes.choices if found[value]]
