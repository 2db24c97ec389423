"""The tree of commands, and the page of each."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.views.generic import DetailView, ListView

from missions.charts.command_tree import command_surroundings, command_tree, superiors_of
from missions.charts.tenures import tenure_timeline
from missions.filters import CommandsForm, OnDateForm
from missions.models import FORMER_COLUMNS, Appointment, Command, called_on, former_names, holders_on, is_stale
from pkportal.content.dates import PartialDate
from pkportal.sources.references import references_to, with_sources
from pkportal.website.checked_choice import checked_choices, records_with
from pkportal.website.notices import page_notices

YEAR_STEP = 5  # the chooser offers every fifth year
NOT_IN_LIFE = {"before", "after"}  # of the life of a command: nothing is shown for such a date


class CommandTree(ListView):
    """The tree of commands, of all times or of one date with the holders of that date."""

    def get_queryset(self):
        """Load standing commands and those of public missions."""
        return Command.objects.published().for_list().with_last_stated()

    def get_context_data(self, **kwargs):
        """Arrange the commands as a tree and count them; a date that cannot be read shows none."""
        form = CommandsForm(self.request.GET)
        has_date_error = "on" in form.errors
        on_date = form.cleaned_data.get("on")
        commands = [] if has_date_error else [*self.object_list]
        stated = [command.last_stated for command in commands if command.last_stated]
        record_end = max(stated, default=None)
        is_beyond = bool(on_date and record_end and on_date.first > record_end.last)
        in_tree = commands_on(commands, record_end if is_beyond else on_date) if on_date else commands
        counted = [command for command in in_tree if not getattr(command, "ancestor_only", False)]
        choices = checked_choices(self.request, counted, form.is_checked)
        if form.is_checked is not None:
            counted = records_with(counted, form.is_checked)
            in_tree = with_superiors(counted, in_tree)
        standing = sum(command.mission is None for command in counted)
        return super().get_context_data(
            **kwargs,
            form=form,
            notices=page_notices(self.request, form),
            date=on_date,
            is_beyond=is_beyond,
            record_start=min((it.active_from for it in commands if it.active_from), default=None),
            record_end=record_end,
            years=years_to_choose(self.object_list),
            top_commands=command_tree(in_tree),
            undated=undated(commands) if on_date else [],
            standing_count=standing,
            theatre_count=len(counted) - standing,
            choices=choices,
        )


def with_superiors(kept, commands):
    """Return commands to keep and their superiors; one that is not among them is ``shown_for_place``."""
    by_key, shown = {command.pk: command for command in commands}, {command.pk for command in kept}
    superiors = {it.pk: it for command in kept for it in superiors_of(command, by_key)}
    for superior in superiors.values():
        superior.shown_for_place = superior.pk not in shown
    return [*(superiors | {it.pk: it for it in kept}).values()]


def undated(commands):
    """Return the commands of which neither the start nor the end is known, in the order of the tree."""
    return sorted((it for it in commands if not (it.active_from or it.active_to)), key=Command.tree_order)


def years_to_choose(commands):
    """Return every fifth year from the first command that was made for a mission to this year."""
    this_year = timezone.localdate().year
    first = min((it.active_from.year for it in commands if it.mission and it.active_from), default=this_year)
    return range(first + -first % YEAR_STEP, this_year + 1, YEAR_STEP)


def commands_on(commands, date):
    """Return the commands active on a date and their superiors, each with its ``holders`` on that date.

    A superior that was not active on the date itself is marked ``ancestor_only``, one that was last stated more than
    two years before it ``is_stale``. Nothing stands above the command of a mission that was not yet under NATO.
    """
    active = {*Command.objects.on(date).values_list("pk", flat=True)}
    holders: dict[int, list[dict[str, Any]]] = {}
    posts = Appointment.objects.published().on(date).with_last_stated().with_country_then().select_related("country")
    for post in posts.order_by("from_date", "person__name_order").defer("country__search"):
        tenure = {"start": post.from_date, "end": post.to_date, "stated": post.last_stated, "is_holder": True}
        holders.setdefault(post.command_id, []).append({**tenure, "appointment": post})
    for command in commands:
        if command.mission and not command.mission.is_under_nato_on(date):
            command.parent_id = None
    by_key = {command.pk: command for command in commands}
    kept: dict[int, Command] = {}
    for command in commands:
        if command.pk in active:
            kept |= {it.pk: it for it in [command, *superiors_of(command, by_key)]}
    for command in kept.values():
        command.ancestor_only = command.pk not in active
        command.holders = holders_on(date, holders.get(command.pk, []))
        command.is_stale = not command.active_to and is_stale(command.last_stated, date.first)
    return [*kept.values()]


class CommandPage(DetailView):
    """One command: its place in the tree, of all times or on a date, and its holders."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Show what the public may read, with the former names of the country that a command is in."""
        former = former_names("country").as_json(**FORMER_COLUMNS)
        return with_sources(Command.objects.published().for_detail().with_last_stated()).annotate(former=former)

    def get_context_data(self, **kwargs):
        """Load the commands around this one in the tree, its holders, and the sources of all of them."""
        command, country = self.object, self.object.country
        form = OnDateForm(self.request.GET)
        on_date = form.cleaned_data["on"] if form.is_valid() else None
        near = [*Command.objects.published().near(command).for_list().with_last_stated()]
        posts = with_sources(command.appointments.select_related("country").defer("search", "country__search"))
        posts = posts.with_is_holder(PartialDate(timezone.localdate().isoformat()))
        posts = posts.with_last_stated().with_country_then()
        posts = [*posts.order_by(F("from_date").asc(nulls_last=True), "person__name_order", "pk")]
        return super().get_context_data(
            **kwargs,
            **tree_context(command, near, on_date),
            form=form,
            notices=page_notices(self.request, form),
            date=on_date,
            country_called=country and called_on(command.former, country.name, on_date or command.active_to),
            is_stale=not command.active_to and is_stale(command.last_stated),
            posts=posts,
            posts_timeline=tenure_timeline(posts, lambda post: f"#{post.reference}"),
            references=references_to(command, *posts),
        )


def tree_context(command, near, date):
    """Return the context for the place of a command in the tree, of all times or on a date, with the holders then.

    Outside the life of the command nothing is shown; after the end of its record, what was last stated.
    """
    life = command.life_on(date) if date else ""
    if life in NOT_IN_LIFE:
        return {"life": life}
    if date:
        shown_date = command.last_stated if life == "beyond" else date
        near = [it for it in commands_on([command, *near], shown_date) if it != command]
    by_key = {it.pk: it for it in near}
    superiors = superiors_of(command, by_key)
    below = [other for other in near if other.parent_id == command.pk and other not in superiors]
    mission = command.mission
    return {
        "life": life,
        "was_under_nato": not (mission and mission.under_nato_from) or bool(date and mission.is_under_nato_on(date)),
        "superiors": superiors,
        "branches": sorted(below, key=Command.tree_order),
        "has_past_branches": not date and any(other.active_to or command.active_to for other in below),
        "surroundings": command_surroundings(command, by_key),
    }
