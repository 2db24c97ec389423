"""The nations: the list of them, and what the record holds of each."""

from collections import Counter
from itertools import chain

from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from missions.charts.contribution_series import contribution_series, cost_share_chart, with_bar_lengths
from missions.charts.coverage import country_coverage
from missions.charts.tenures import tenure_timeline
from missions.filters import CountryFilter
from missions.models import Country, Mission
from missions.resources import CountryResource
from pkportal.content.dates import PartialDate
from pkportal.sources.footnotes import references_to, with_sources
from pkportal.website.lists import FilteredList

MISSION_TEXTS = [f"mission__{name}" for name in ["search", "summary", "outcome", "cited"]]
MAX_LESSONS = 6  # lessons; the others are a link away


class CountryList(FilteredList):
    """The nations, narrowed by what the visitor asks; few enough for one page."""

    filterset_class = CountryFilter
    resource = CountryResource
    nouns = (_("nation"), _("nations"))
    paginate_by = 100

    def get_queryset(self):
        """List every country that the record names."""
        return Country.objects.for_list()


class CountryPage(DetailView):
    """All that the record holds of one nation."""

    queryset = Country.objects.defer("search")

    def get(self, request, *args, **kwargs):
        """Send a code in small letters to the one address of the page."""
        self.object = self.get_object()
        if self.object.iso3 != self.kwargs["iso3"]:
            return redirect(self.object, permanent=True)
        return self.render_to_response(self.get_context_data())

    def get_object(self, queryset=None):
        """Find the nation by its code, however it is written."""
        return get_object_or_404(self.get_queryset(), iso3=self.kwargs["iso3"].upper())

    def get_context_data(self, **kwargs):
        """Load the parts of the page, draw them, count what was checked, and number the sources of them all."""
        country = self.object
        parts = country_records(country)
        records = [*chain(parts["figures"], parts["posts"], parts["losses"], parts["shares"])]
        return super().get_context_data(
            **kwargs,
            **parts,
            **country_charts(country, parts),
            is_ally=country.is_ally_on(timezone.localdate()),
            references=references_to(*records),
            statement_count=len(records),
            checked_count=sum(it.is_checked for it in records),
        )


def country_records(country):
    """Load what belongs to a nation and is public."""
    figures = country.contributions.published()
    missions = [*Mission.objects.published().of_nation(country).prefetch_related(Prefetch("lessons", listed_lessons()))]
    posts = with_sources(country.appointments.published().select_related("command__mission"))
    posts = posts.with_is_holder(PartialDate(timezone.localdate().isoformat()))
    posts = posts.defer("search", "command__search", *(f"command__{name}" for name in MISSION_TEXTS))
    losses = (
        country.fatalities.published()
        .latest_of_each()
        .select_related("mission")
        .defer("source__search", *MISSION_TEXTS)
    )
    shares = country.cost_shares.published().select_related("source").defer("source__search")
    return {
        "figures": with_bar_lengths([*figures.for_list().latest_of_each()]),
        "points": [*figures.in_time()],
        "missions": missions,
        "hosted": [it for it in missions if it.is_host],
        "posts": [*posts.order_by(F("from_date").desc(nulls_last=True), "person", "pk")],
        "losses": sorted(losses, key=lambda it: it.mission.start_date, reverse=True),
        "shares": [*shares.order_by("-period_from", "source__code")],
    }


def listed_lessons():
    """Give what a list shows of public lessons; the room above is reached by the word of the mission."""
    found = Mission._meta.get_field("lessons").related_model.objects.published()
    return found.only("number", "title", "maturity", "is_checked").order_by("number")


def country_charts(country, parts):
    """Draw what a nation gave, led and paid, and choose the lessons that concern most of its missions."""
    points, posts = parts["points"], parts["posts"]
    given = [it for it in parts["missions"] if it.pk in {point.mission_id for point in points}]
    taught = [it for it in parts["missions"] if it.lessons.all()]
    concerned = Counter(lesson for mission in taught for lesson in mission.lessons.all())
    most = sorted(concerned, key=lambda it: (-concerned[it], not it.is_checked, it.number))
    return {
        "given": given,
        "years": country_coverage(country, given, points) if given else None,
        "courses": contribution_series(country, given, points),
        "drawn_posts": tenure_timeline(posts, lambda it: it.command.get_absolute_url(), lambda it: it.command.name),
        "drawn_shares": cost_share_chart(country, parts["shares"]),
        "taught": taught,
        "lessons": [(lesson, concerned[lesson]) for lesson in most[:MAX_LESSONS]],
        "lesson_count": len(concerned),
    }
