"""The commands: the tree of them and the page of each."""

from django.db.models import F
from django.views.generic import DetailView, ListView

from missions.models import Command, Level
from pkportal.reading.notes import references_to, with_sources


class CommandTree(ListView):
    """Every command under the one it reports to, in one query."""

    def get_queryset(self):
        """Show standing commands and those of missions that the public may read."""
        return Command.objects.published().for_list()

    def get_context_data(self, **kwargs):
        """Hang the commands on each other."""
        commands = self.object_list
        standing = sum(it.mission is None for it in commands)
        return super().get_context_data(
            **kwargs,
            tops=tree(commands),
            standing_count=standing,
            theatre_count=len(commands) - standing,
            checked_count=sum(it.is_checked for it in commands),
        )


class CommandPage(DetailView):
    """One command: its place in the tree and who held it."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Show what the public may read."""
        return with_sources(Command.objects.published().for_detail())

    def get_context_data(self, **kwargs):
        """Load what stands above and below the command, who held it, and the sources of all that."""
        command = self.object
        public = Command.objects.published()
        posts = with_sources(command.appointments.select_related("country").defer("country__search"))
        posts = [*posts.order_by(F("from_date").asc(nulls_last=True), "person", "pk")]
        return super().get_context_data(
            **kwargs,
            superiors=chain_above(command, public.above(command).only("code", "name", "parent_id")),
            branches=in_order(command.children.published().for_list()),
            posts=posts,
            references=references_to(command, *posts),
        )


def tree(commands):
    """Hang each command under the one it reports to; one that reports to nobody, or to a hidden one, is a top."""
    known = {it.pk: it for it in commands}
    for it in commands:
        it.branches = []
    tops = []
    for it in in_order(commands):
        (known[it.parent_id].branches if it.parent_id in known else tops).append(it)
    return tops


def in_order(commands):
    """Put higher levels first, then standing commands before those of a mission, then names."""
    return sorted(commands, key=lambda it: (Level.values.index(it.level), it.mission_id is not None, it.name))


def chain_above(command, commands):
    """List the superiors from the highest down, as far up as all are public."""
    known = {it.pk: it for it in commands}
    found = []
    key = command.parent_id
    while key in known:  # each is taken out once, so that even a circle comes to an end
        found.insert(0, known.pop(key))
        key = found[0].parent_id
    return found
