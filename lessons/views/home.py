"""The front page."""

from collections import Counter

from django.views.generic import TemplateView

from lessons.models import Lesson, Theme, Topic
from missions.charts.maps import running_map
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from missions.models import (
    Contribution,
    Country,
    Mandate,
    Mission,
    MissionType,
    Region,
    State,
    bulk_figures,
    figures_by_source,
    shares_by_grade,
)
from pkportal.content.check_counts import check_counts_with
from pkportal.sources.models import Source

MAX_NEWEST = 5  # lessons


class Home(TemplateView):
    """What goes on, what the record holds, how far it is checked, and where to begin; in nine queries."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        """Load what the page shows; every number on it is the number of rows of the list that it links to."""
        counts, by_source = check_counts_with([figures_by_source()])
        missions = [*Mission.objects.published().for_map()]
        running = [mission for mission in missions if mission.state == State.ONGOING]
        contributors = [*Country.objects.contributors()]
        timeline = mission_timeline(missions)
        lessons = Lesson.objects.published().filter(is_checked=True).order_by("-published_at", "-number")
        return super().get_context_data(
            **kwargs,
            check_counts=counts,
            total=sum(count.total for count in counts),
            checked=sum(count.checked for count in counts),
            **bulk_context(counts, by_source),
            totals=record_totals(counts, missions, running),
            running=sorted(running, key=lambda mission: mission.start_date, reverse=True),
            map=running_map(running, contributors),
            timeline=timeline,
            first_year=min((mission.start_date.year for mission in missions), default=None),
            legend=timeline_legend(timeline),
            newest_lessons=lessons.only("number", "title", "conclusion")[:MAX_NEWEST],
            types=count_choices(MissionType, (mission.type for mission in missions)),
            regions=count_choices(Region, (mission.region for mission in missions)),
            contributors=contributors,
            themes=Theme.objects.published().only("code", "name"),
            topics=Topic.objects.published().for_links(),
        )


def bulk_context(counts, by_source):
    """Return the context for the checked share without figures taken over in bulk, and by the grade of the source."""
    bulk = bulk_figures(by_source)
    return {
        "bulk": bulk,
        "total_without_bulk": sum(count.total for count in counts) - bulk.share.total,
        "checked_without_bulk": sum(count.checked for count in counts) - bulk.share.checked,
        "shares_by_grade": shares_by_grade(by_source),
    }


def record_totals(counts, missions, running):
    """Return the number of rows of each list that the page links to."""
    totals = {count.model: count.total for count in counts}
    return {
        "missions": len(missions),
        "running": len(running),
        "stale": sum(mission.is_stale for mission in running),
        "contributions": totals.get(Contribution, 0),
        "mandates": totals.get(Mandate, 0),
        "lessons": totals.get(Lesson, 0),
        "countries": Country.objects.published().count(),
        "sources": Source.objects.published().count(),
    }


def count_choices(codes, values):
    """Return the codes that occur, each with its label and how often it occurs."""
    counts = Counter(values)
    return [(value, label, counts[value]) for value, label in codes.choices if counts[value]]
