"""The list of nations, and the page of each."""

from itertools import chain

from django.db.models import F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from missions.charts.contribution_series import contribution_series, cost_share_chart, with_bar_lengths
from missions.charts.coverage import country_coverage
from missions.charts.tenures import tenure_timeline
from missions.filters import CountryFilter, OnDateForm
from missions.filters.country import DEATH_COUNT, DEATH_SCOPES
from missions.models import (
    OTHER_NAME_COLUMNS,
    Country,
    CountryName,
    Mission,
    name_on,
    with_former_names,
)
from missions.resources import CountryResource
from pkportal.content.dates import PartialDate
from pkportal.sources.references import references_to, with_sources
from pkportal.website.lists import FilteredList
from pkportal.website.notices import page_notices

from .country_date import date_context

MISSION_TEXTS = [f"mission__{name}" for name in ["search", "summary", "outcome", "cited"]]
MAX_LESSONS = 6  # the others are a link away, as are further figures
MAX_LATEST = 200  # figures in the table, those of the latest missions
MAX_CHARTED = 400  # figures in the charts over time, the newest


class CountryList(FilteredList):
    """The list of nations with its filters."""

    filterset_class = CountryFilter
    resource = CountryResource
    nouns = (_("nation"), _("nations"))

    def get_queryset(self):
        """List every country; none is hidden."""
        return Country.objects.order_by("name__name_order")

    def load_rows(self, queryset):
        """Count the figures, missions and deaths of the countries on the page alone, and say whose deaths they are."""
        return queryset.for_list().annotate(death_count=DEATH_COUNT, death_scopes=DEATH_SCOPES)

    def get_context_data(self, **kwargs):
        """Add, for each mission where other deaths than those of its own people are counted, whose they are."""
        context = super().get_context_data(**kwargs)
        scopes = {row["mission"]: row["scope"] for country in context["page_obj"] for row in country.death_scopes}
        return {**context, "death_scopes": sorted(scopes.items())}


class CountryPage(DetailView):
    """All that the record holds of one nation."""

    slug_field = slug_url_kwarg = "iso3"

    def get_queryset(self):
        """Load the nation with its other names."""
        names = CountryName.objects.filter(country=OuterRef("pk")).order_by("kind", "name__name_order")
        countries = Country.objects.defer("search").annotate(names=names.as_json(**OTHER_NAME_COLUMNS))
        return with_former_names(countries)

    def get_context_data(self, **kwargs):
        """Load the records of the nation, draw their charts, count what was checked, and number the sources."""
        country = self.object
        form = OnDateForm(self.request.GET)
        date = form.cleaned_data["on"] if form.is_valid() else None
        related = country_records(country)
        records = [*chain(related["latest_figures"], related["posts"], related["deaths"], related["cost_shares"])]
        on_date = date_context(country, related, date)
        also_cited = [*on_date.get("figures_on_date", []), *on_date.get("posts_on_date", [])]
        return super().get_context_data(
            **kwargs,
            **related,
            **country_charts(country, related),
            **on_date,
            form=form,
            notices=page_notices(self.request, form),
            date=date,
            called_then=name_on(country.former, date) if date else "",
            names=[CountryName(**row) for row in country.names],
            is_ally=country.is_ally_on(timezone.localdate()),
            references=references_to(*records, *also_cited),
            statement_count=len(records),
            checked_count=sum(record.is_checked for record in records),
        )


def country_records(country):
    """Load the public records of a nation; of figures, so many that the page stays readable."""
    figures = country.contributions.published()
    public_lessons = Mission.lessons.field.model.objects.published()
    of_nation = Mission.objects.published().of_nation(country)
    missions = [*of_nation.annotate(lesson_count=public_lessons.count_of(OuterRef("pk")))]
    with_lessons = [mission for mission in missions if mission.lesson_count]
    posts = with_sources(country.appointments.published().select_related("command__mission"))
    posts = posts.with_country_then().with_is_holder(PartialDate(timezone.localdate().isoformat())).with_last_stated()
    posts = posts.defer("search", "command__search", *(f"command__{name}" for name in MISSION_TEXTS))
    deaths = (
        country.fatalities.published()
        .latest_of_each()
        .select_related("mission")
        .defer("source__search", *MISSION_TEXTS)
    )
    shares = country.cost_shares.published().select_related("source").defer("source__search")
    return {
        "latest_figures": with_bar_lengths([*figures.for_list().latest_of_each(MAX_LATEST)]),
        "charted_figures": [*figures.newest_people(MAX_CHARTED).in_time()],
        "missions": missions,
        "hosted": [mission for mission in missions if mission.is_host],
        "missions_with_lessons": with_lessons,
        "lessons": [*public_lessons.concerning_most_of(with_lessons)[:MAX_LESSONS]],
        "posts": [*posts.order_by(F("from_date").desc(nulls_last=True), "person__name_order", "pk")],
        "deaths": sorted(deaths, key=lambda fatality: fatality.mission.start_date, reverse=True),
        "cost_shares": [*shares.order_by("-period_from", "source__code")],
    }


def country_charts(country, related):
    """Draw what a nation gave, led and paid, and count its figures in each mission."""
    posts = related["posts"]
    contributed_to = [mission for mission in related["missions"] if mission.figure_years]
    figure_counts = {it.pk: sum(row["figures"] for row in it.figure_years) for it in contributed_to}
    for figure in related["latest_figures"]:
        figure.figure_count = figure_counts[figure.mission_id]
    return {
        "contributed_to": contributed_to,
        "mission_count": len({*figure_counts, *(count.mission_id for count in related["deaths"])}),
        "figure_count": sum(figure_counts.values()),
        "is_cut": len(related["latest_figures"]) == MAX_LATEST,
        "coverage": country_coverage(country, contributed_to) if contributed_to else None,
        "all_series": contribution_series(country, contributed_to, related["charted_figures"]),
        "posts_timeline": tenure_timeline(
            posts, lambda post: post.command.get_absolute_url(), lambda post: post.command.name
        ),
        "shares_chart": cost_share_chart(country, related["cost_shares"]),
        "lesson_count": next((lesson.lesson_count for lesson in related["lessons"]), 0),
    }
