"""The page of one mission: all that the record holds of it, its force and its commands on a date the reader chooses."""

from itertools import chain
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery
from django.views.generic import DetailView

from missions.charts.command_tree import sort_commands
from missions.charts.strength import ContingentTable, contingent_map, strength_chart
from missions.filters import OnDateForm
from missions.models import (
    Appointment,
    Command,
    Contribution,
    Country,
    Mission,
    Objective,
    comparable_total,
    contingent_groups,
)
from pkportal.charts.tree_lines import as_tree
from pkportal.content.changelog import change_days
from pkportal.content.dates import PartialDate
from pkportal.content.queries import nested
from pkportal.sources.footnotes import references_to, source_codes_of, with_sources

HERE = OuterRef("pk")


class MissionPage(DetailView):
    """All that the record holds of one mission, in twelve queries however much that is."""

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
        asked = OnDateForm(self.request.GET)
        dates = choose_dates(mission, asked.date)
        stood = asked.date or mission.last_known
        parts = mission_records(mission, dates.shown, stood)
        given = [ContingentTable(*group) for group in contingent_groups(parts["contributions"], dates.shown)]
        own = [it for it in parts["commands"] if it.mission_id]
        records = [mission, *chain.from_iterable({**parts, "commands": own}.values())]
        nested_rows = [*mission.aims, *named_appointments(parts["commands"])]
        checks = [*(it.is_checked for it in records), *(row["is_checked"] for row in nested_rows)]
        return super().get_context_data(
            **kwargs,
            **parts,
            asked=asked,
            dates=dates,
            contingent_groups=given,
            map=contingent_map(given[0], dates.shown, mission) if given else None,
            stated=comparable_total(given, parts["totals"], dates.shown),
            strength=strength_chart(mission, parts["totals"]),
            stood=stood,
            branches=as_tree(sort_commands([it for it in parts["commands"] if it.active]), "parent_id"),
            instruments=as_tree(parts["mandates"], "derives_from_id"),
            undated=[it for it in own if not it.active_from and not it.active_to],
            references=references_to(*records, *nested_rows),
            some_aims_checked=any(aim["is_checked"] for aim in mission.aims),
            statement_count=len(checks),
            checked_count=sum(checks),
            changes=change_days(mission),
        )


class FigureDates(NamedTuple):
    """The dates for which a mission has figures: all, the one that is shown, the latest and the fullest.

    ``nearness`` says how the date shown lies to the date that was asked for, where they are not the same.
    """

    all: list = []
    shown: PartialDate | None = None
    latest: PartialDate | None = None
    fullest: PartialDate | None = None
    nearness: str = ""


def choose_dates(mission, asked):
    """Show the date that was asked for, or the nearest before it that has figures, or else the first.

    When none is asked for, it is the latest date that has at least half as many nations as any: one late figure is no
    picture of a force.
    """
    counted = [(row["nations"], PartialDate(row["as_of"])) for row in mission.figure_dates]
    if not counted:
        return FigureDates()
    dates = [date for _nations, date in counted]
    most, fullest = max(counted)
    if asked:
        until = [date for date in dates if date.first <= asked.last]
        shown = asked if asked in dates else max(until, default=dates[0])
    else:
        shown = max(date for nations, date in counted if 2 * nations >= most)
    all_dates = [(date, nations) for nations, date in counted]
    return FigureDates(all_dates, shown, dates[-1], fullest, nearness(shown, asked) if asked else "")


def nearness(shown, asked):
    """Say whether a date lies within the one that was asked for, around it, before or after; nothing if it is it."""
    if shown == asked:
        return ""
    if asked.first <= shown.first and shown.last <= asked.last:
        return "within"
    if shown.first <= asked.first and asked.last <= shown.last:
        return "around"
    return "before" if shown.first <= asked.last else "after"


def mission_records(mission, date, stood):
    """Load everything that belongs to a mission; its challenges, lessons and topics by their related names."""
    figures = mission.contributions.published().for_list().filter(as_of=date).best_first()
    deaths = mission.fatalities.published().latest_of_each().select_related("country")
    return {
        "mandates": [*with_sources(mission.mandates.published().defer("search"))],
        "commands": [*mission_commands(mission, stood)],
        "contributions": [*figures],
        "totals": [*mission.stated_totals.published().select_related("source")],
        "fatalities": sorted(deaths, key=lambda it: -it.cumulative),
        "events": [*with_sources(mission.events.published().defer("search"))],
        "challenges": [*with_sources(mission.challenges.published().for_mission_page())],
        "lessons": [*mission.lessons.published().for_mission_page()],
        "topics": [*mission.topics.published().for_mission_page()],
    }


def named_appointments(commands):
    """Give the posts that the page names: all in the mission's own commands, those of the date in standing ones."""
    return [post for it in commands for post in it.posts if it.mission_id or (it.active and post["is_holder"])]


def mission_commands(mission, date):
    """Load the commands of a mission and those they report to, each with whether it stood on a date and who led it."""
    around = with_sources(Command.objects.published().around(mission)).select_related("country").defer("search")
    posts = Appointment.objects.filter(command=HERE).order_by("from_date", "person")
    return around.annotate(
        active=Exists(Command.objects.on(date).filter(pk=HERE)),
        posts=nested(
            posts.with_is_holder(date),
            rank="rank",
            person="person",
            country="country__name",
            start="from_date",
            end="to_date",
            is_holder="is_holder",
            is_checked="is_checked",
            source_codes=ArraySubquery(source_codes_of("appointments")),
        ),
    )
