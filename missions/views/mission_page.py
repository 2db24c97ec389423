"""The page of one mission; contributions and commands are shown for a date that the reader chooses.

Small tables come as JSON in the query of the record they belong to, which saves a query each: ``aims``, ``hosts``,
``before``, ``after``, ``names`` and ``figure_dates`` of the mission, and ``posts`` of a command, are lists of dicts.
All other records are model instances.
"""

from functools import cache, lru_cache
from itertools import chain

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef
from django.views.generic import DetailView

from missions.charts.strength import ContingentTable, contingent_map, strength_chart, sums_to_draw
from missions.filters import OnDateForm
from missions.models import (
    FORMER_COLUMNS,
    OTHER_NAME_COLUMNS,
    Appointment,
    Command,
    Contribution,
    Country,
    Mission,
    MissionName,
    Objective,
    comparable_total,
    contingent_groups,
    former_name,
    former_names,
    holders_on,
    is_stale,
    sums_of_nations,
    then_and_now,
)
from pkportal.changes.reader_notes import with_reader_notes
from pkportal.charts.tree_lines import as_tree
from pkportal.content.changelog import change_days
from pkportal.content.dates import PartialDate
from pkportal.content.queries import compiled
from pkportal.sources.references import references_to, source_codes_of, with_sources
from pkportal.website.notices import page_notices

from .mission_dates import choose_dates
from .mission_facts import facts_context

MAX_FIGURES = 300  # on one date, of the best sources
MAX_KEPT_DATES = 200  # of the chain of command, in a process
MAX_NEWEST_LESSONS = 100  # the newest
OUTSIDE = {"before", "after", "never"}  # of the life of a mission: nothing is shown for such a date
OUTER_PK = OuterRef("pk")  # the mission or the command of the outer query


class MissionPage(DetailView):
    """All that the record holds of one mission, in twelve queries."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Load the mission with its short lists; drafts are hidden from everybody."""
        missions = Mission.objects.published().with_last_stated().defer("search")
        return with_reader_notes(with_sources(missions)).annotate(**short_lists())

    def get_context_data(self, **kwargs):
        """Load the records of the mission, count what was checked, and number their sources."""
        mission = self.object
        form = OnDateForm(self.request.GET)
        on_date = form.cleaned_data["on"] if form.is_valid() else None
        life = mission.life_on(on_date) if on_date else ""
        known_date = mission.last_known_date if life == "beyond" else on_date
        dates = choose_dates(mission, known_date)
        command_date = known_date or mission.last_known_date
        related = mission_records(mission, None if life in OUTSIDE else dates.shown, command_date)
        groups = [ContingentTable(*group) for group in contingent_groups(related["contributions"], dates.shown)]
        own_commands = [command for command in related["commands"] if command.mission_id]
        records = [mission, *chain.from_iterable({**related, "commands": own_commands}.values())]
        json_rows = [*mission.aims, *named_appointments(related["commands"])]
        checks = [*(record.is_checked for record in records), *(row["is_checked"] for row in json_rows)]
        return super().get_context_data(
            **kwargs,
            **related,
            date_form=form,
            notices=page_notices(self.request, form),
            on_date=on_date,
            life=life,
            was_under_nato=mission.is_under_nato_on(dates.shown),
            dates=dates,
            contingent_groups=groups,
            map=contingent_map(groups[0], mission) if groups else None,
            is_cut=len(related["contributions"]) == MAX_FIGURES,
            figure_count=sum(row["figures"] for row in mission.figure_dates),
            stated_total=comparable_total(groups, related["totals"], groups[0].main_date) if groups else None,
            **strength_context(mission, related["totals"]),
            **death_context(mission, related["fatalities"]),
            **command_context(mission, related["commands"], command_date, life),
            mandate_rows=as_tree(related["mandates"], "derives_from_id"),
            references=references_to(*records, *json_rows),
            **facts_context(mission, related, on_date or mission.end_date),
            some_aims_checked=any(aim["is_checked"] for aim in mission.aims),
            statement_count=len(checks),
            checked_count=sum(checks),
            changes=change_days(mission),
        )


@cache
def short_lists():
    """Return the short lists of a mission, and the number of its lessons."""
    public = Mission.objects.published()
    hosts = Country.objects.filter(hosted_missions=OUTER_PK).order_by("name__name_order")
    aims = Objective.objects.filter(mission=OUTER_PK).order_by("order")
    names = MissionName.objects.filter(mission=OUTER_PK).order_by("kind", "name__name_order")
    figures = Contribution.objects.filter(mission=OUTER_PK).order_by("as_of").values("as_of")
    sums = sums_of_nations(Contribution.objects.filter(mission=OuterRef(OUTER_PK)))
    by_date = figures.annotate(nations=Count("country", distinct=True), figures=Count("*"))
    lists = {
        "names": names.as_json(**OTHER_NAME_COLUMNS),
        "hosts": hosts.as_json(iso3="iso3", name="name", former=former_names("pk").as_json(**FORMER_COLUMNS)),
        "aims": aims.as_json(
            reference="reference", text="text", met="met", source="met_source__code", is_checked="is_checked"
        ),
        "before": public.filter(successors=OUTER_PK).order_by("start_date").as_json(code="code", name="name"),
        "after": public.filter(predecessors=OUTER_PK).order_by("start_date").as_json(code="code", name="name"),
        "nation_sums": sums.as_json(**{name: name for name in ["as_of", "kind", "total", "nations", "doubtful"]}),
        "contributors": ArraySubquery(figures.order_by().values("country").distinct()),
        "figure_dates": by_date.as_json(as_of="as_of", nations="nations", figures="figures"),
        "lesson_count": Mission.lessons.field.model.objects.published().count_of(OUTER_PK),
    }
    return {name: compiled(Mission, subquery) for name, subquery in lists.items()}


def mission_records(mission, figure_date, command_date):
    """Load everything that belongs to a mission; its challenges, lessons and topics by their related names."""
    figures = mission.contributions.published().for_list()
    figures = figures.on(figure_date).best_first() if figure_date else figures.none()
    deaths = [*mission.fatalities.published().latest_first().with_country_then().select_related("country")]
    latest = {fatality.country_id: fatality for fatality in reversed(deaths)}
    return {
        "mandates": [*with_sources(mission.mandates.published().defer("search"))],
        "commands": [*mission_commands(mission, command_date)],
        "contributions": [*figures[:MAX_FIGURES]],
        "totals": [*mission.stated_totals.published().select_related("source")],
        "fatalities": sorted(latest.values(), key=lambda fatality: -fatality.cumulative),
        "earlier_fatalities": [fatality for fatality in deaths if fatality is not latest[fatality.country_id]],
        "events": [*with_sources(mission.events.published().defer("search"))],
        "challenges": [*with_sources(mission.challenges.published().for_mission_page())],
        "lessons": mission.lessons.published().newest(MAX_NEWEST_LESSONS),
        "topics": [*mission.topics.published().for_links()],
    }


def strength_context(mission, totals):
    """Return the context for the strength over time: as stated for the whole, and as sums of the nations on record."""
    sums = sums_to_draw(mission)
    return {"strength": strength_chart(mission, totals, sums), "nation_sums": sums}


def death_context(mission, counts):
    """Return the context for the deaths: whose are counted, and of how many nations that were in the mission."""
    return {
        "death_scopes": sorted({count.scope for count in counts}),
        "nation_count": len({*mission.contributors, *(count.country_id for count in counts)}),
    }


def command_context(mission, commands, date, life):
    """Return the context for the commands active on a date, with their ``holders``.

    Nothing stands above a mission before it was under NATO, and nothing is shown outside its life.
    """
    is_under_nato = mission.is_under_nato_on(date)
    active = [it for it in commands if it.active and (is_under_nato or it.mission_id == mission.pk)]
    shown = [] if life in OUTSIDE else sorted(active, key=Command.tree_order)
    for command in shown:
        command.holders = holders_on(date, command.posts)
    for post in chain.from_iterable(command.posts for command in commands):
        post["country"] = then_and_now(post["country_then"], post["country"])
        post["is_stale"] = post["is_holder"] and not post["end"] and was_stated_long_ago(post)
    return {
        "command_date": date,
        "command_rows": as_tree(shown, "parent_id"),
        "is_under_nato": is_under_nato,
        "undated": [it for it in commands if it.mission_id and not it.active_from and not it.active_to],
    }


def was_stated_long_ago(post):
    """True if an appointment was last stated more than two years ago."""
    return bool(post["stated"]) and is_stale(PartialDate(post["stated"]))


def named_appointments(commands):
    """Return the appointments that the page names: all of its own commands, of standing ones the holders."""
    return [
        post
        for command in commands
        for post in command.posts
        if command.mission_id or (command.active and post["is_holder"])
    ]


def mission_commands(mission, date):
    """Load the commands of a mission and their superiors, whether each was ``active`` on a date, and its ``posts``."""
    around = with_sources(Command.objects.published().around(mission)).select_related("country").defer("search")
    return around.annotate(**command_on(date))


@lru_cache(MAX_KEPT_DATES)
def command_on(date):
    """Return whether a command was active on a date, and its appointments."""
    posts = Appointment.objects.filter(command=OUTER_PK).order_by("from_date", "person__name_order")
    posts = posts.with_is_holder(date).with_last_stated()
    columns = {"rank": "rank", "person": "person", "country": "country__name", "start": "from_date", "end": "to_date"}
    columns |= {"reference": "reference", "stated": "last_stated", "country_then": former_name("country", "from_date")}
    codes = ArraySubquery(source_codes_of("appointments"))
    rows = posts.as_json(**columns, is_holder="is_holder", is_checked="is_checked", source_codes=codes)
    active = Exists(Command.objects.on(date).filter(pk=OUTER_PK))
    return {"active": compiled(Command, active), "posts": compiled(Command, rows)}
