"""The missions: the list of them and the page of each."""

from itertools import chain
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.views.generic import DetailView

from missions.filters import MissionFilter
from missions.models import (
    Appointment,
    Basis,
    Contribution,
    ContributionKind,
    Country,
    Level,
    Mission,
    Objective,
)
from missions.rows import MissionRows
from pkportal.dates import PartialDate
from pkportal.reading.lists import FilteredList
from pkportal.reading.notes import nested, references_to, sources_of, with_sources

HERE = OuterRef("pk")


class MissionList(FilteredList):
    """The missions, narrowed by what the visitor asks."""

    filterset_class = MissionFilter
    rows = MissionRows

    def get_queryset(self):
        """List what the public may read, staff included: a list is no preview."""
        return Mission.objects.published().for_list()


class MissionPage(DetailView):
    """All that the record holds of one mission, in eleven queries however much that is."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Load the mission with the short lists its page opens with; a draft is there for nobody."""
        public = Mission.objects.published()
        figures = Contribution.objects.filter(mission=HERE).order_by()
        by_date = figures.values("as_of").annotate(nations=Count("country", distinct=True))
        return with_sources(public.defer("search")).annotate(
            hosts=nested(Country.objects.filter(hosted_missions=HERE).order_by("name"), iso3="iso3", name="name"),
            aims=nested(
                Objective.objects.filter(mission=HERE).order_by("order"),
                text="text",
                met="met",
                source="met_source__code",
                is_checked="is_checked",
            ),
            before=nested(public.filter(successors=HERE).order_by("start_date"), code="code", name="name"),
            after=nested(public.filter(predecessors=HERE).order_by("start_date"), code="code", name="name"),
            figure_count=Subquery(figures.values("mission").annotate(count=Count("pk")).values("count")),
            figure_dates=nested(by_date.order_by("as_of"), as_of="as_of", nations="nations"),
        )

    def get_context_data(self, **kwargs):
        """Load the parts of the mission, count what was checked, and number the sources of them all."""
        mission = self.object
        dates = dates_of(mission)
        parts = parts_of(mission, dates.shown)
        records = [mission, *chain.from_iterable(parts.values())]
        nested_rows = [*mission.aims, *(post for command in parts["commands"] for post in command.posts)]
        checks = [*(it.is_checked for it in records), *(row["is_checked"] for row in nested_rows)]
        return super().get_context_data(
            **kwargs,
            **parts,
            dates=dates,
            references=references_to(*records, *nested_rows),
            some_aims_checked=any(aim["is_checked"] for aim in mission.aims),
            statement_count=len(checks),
            checked_count=sum(checks),
        )


class FigureDates(NamedTuple):
    """Three of the dates for which a mission has figures, or nothing where it has none."""

    shown: PartialDate | None = None
    latest: PartialDate | None = None
    fullest: PartialDate | None = None


def dates_of(mission):
    """Show the latest date that has at least half as many nations as any: one late figure is no picture of a force."""
    counted = [(row["nations"], PartialDate(row["as_of"])) for row in mission.figure_dates]
    if not counted:
        return FigureDates()
    most, fullest = max(counted)
    shown = max(date for nations, date in counted if 2 * nations >= most)
    return FigureDates(shown, counted[-1][1], fullest)


def parts_of(mission, date):
    """Load everything that belongs to a mission; rooms above this one are reached by the words of the mission."""
    figures = mission.contributions.published().for_list().filter(as_of=date)
    deaths = mission.fatalities.published().order_by("country_id", "-as_of", "-cumulative").distinct("country_id")
    challenges = mission.challenges.published().select_related("theme").defer("search", "theme__search")
    commands = mission.commands.published().select_related("country").defer("search")
    return {
        "mandates": [*with_sources(mission.mandates.published().defer("search"))],
        "commands": sorted(with_posts(with_sources(commands)), key=lambda it: Level.values.index(it.level)),
        "contributions": sorted(figures, key=place_of),
        "totals": [*mission.stated_totals.published().select_related("source")],
        "fatalities": sorted(deaths.select_related("country", "source"), key=lambda it: -it.cumulative),
        "events": [*with_sources(mission.events.published().defer("search"))],
        "challenges": [*with_sources(challenges)],
        "lessons": [*mission.lessons.published().only("number", "title", "maturity", "conclusion", "is_checked")],
        "topics": [*mission.topics.published().only("code", "title", "summary", "is_checked")],
    }


def place_of(figure):
    """Give the place of a figure among those of one date: like with like, the deployed and the largest first."""
    kind, basis = ContributionKind.values.index(figure.kind), Basis.values.index(figure.basis)
    return kind, figure.unit, basis, -figure.quantity, figure.country.name, figure.pk


def with_posts(commands):
    """Load with each command who led it, and when."""
    posts = Appointment.objects.filter(command=HERE).order_by("from_date", "person")
    return commands.annotate(
        posts=nested(
            posts,
            rank="rank",
            person="person",
            country="country__name",
            start="from_date",
            end="to_date",
            is_checked="is_checked",
            source_codes=ArraySubquery(sources_of("appointments")),
        )
    )
