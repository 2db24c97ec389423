"""The commands: the tree of them and the page of each."""

from django.db.models import F
from django.utils import timezone
from django.views.generic import DetailView, ListView

from missions.charts.command_tree import command_surroundings, command_tree, sort_commands, superiors_of
from missions.charts.tenures import tenure_timeline
from missions.filters import OnDateForm
from missions.models import Appointment, Command
from pkportal.content.dates import PartialDate
from pkportal.sources.footnotes import references_to, with_sources

YEARS = range(1995, 2026, 5)


class CommandTree(ListView):
    """Every command under the one it reports to, at all times or on a date with those who held it then."""

    def get_queryset(self):
        """Show standing commands and those of missions that the public may read."""
        return Command.objects.published().for_list()

    def get_context_data(self, **kwargs):
        """Hang the commands on each other; a wrong date shows none."""
        form = OnDateForm(self.request.GET)
        commands = [] if form.errors else [*self.object_list]
        shown = commands_on(commands, form.date) if form.date else commands
        counted = [it for it in shown if not getattr(it, "ancestor_only", False)]
        standing = sum(it.mission is None for it in counted)
        return super().get_context_data(
            **kwargs,
            form=form,
            date=form.date,
            years=YEARS,
            today=timezone.localdate(),
            tops=command_tree(shown),
            undated=sort_commands(it for it in commands if form.date and not (it.active_from or it.active_to)),
            standing_count=standing,
            theatre_count=len(counted) - standing,
            all_count=len(counted),
            checked_count=sum(it.is_checked for it in counted),
        )


def commands_on(commands, date):
    """Keep what stood on a date, with its holders then, and, muted, what it reports to although that did not stand."""
    stood = {*Command.objects.on(date).values_list("pk", flat=True)}
    holders = {}
    for post in Appointment.objects.published().on(date).select_related("country").defer("country__search"):
        holders.setdefault(post.command_id, []).append(post)
    known = {it.pk: it for it in commands}
    kept = {}
    for command in commands:
        if command.pk in stood:
            kept |= {it.pk: it for it in [command, *superiors_of(command, known)]}
    for command in kept.values():
        command.ancestor_only = command.pk not in stood
        command.holders = holders.get(command.pk, [])
    return [*kept.values()]


class CommandPage(DetailView):
    """One command: its place in the tree and who held it."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Show what the public may read."""
        return with_sources(Command.objects.published().for_detail())

    def get_context_data(self, **kwargs):
        """Load what stands around the command, who held it, and the sources of all that."""
        command = self.object
        near = {it.pk: it for it in Command.objects.published().near(command).for_list()}
        posts = with_sources(command.appointments.select_related("country").defer("search", "country__search"))
        posts = posts.with_is_holder(PartialDate(timezone.localdate().isoformat()))
        posts = [*posts.order_by(F("from_date").asc(nulls_last=True), "person", "pk")]
        superiors = superiors_of(command, near)
        return super().get_context_data(
            **kwargs,
            superiors=superiors,
            branches=sort_commands(it for it in near.values() if it.parent_id == command.pk and it not in superiors),
            place=command_surroundings(command, near),
            posts=posts,
            drawn_posts=tenure_timeline(posts, lambda post: f"#post-{post.pk}"),
            references=references_to(command, *posts),
        )
