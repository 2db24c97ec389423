"""The front page of the admin: what an account has to do, what the record needs, and what was changed lately."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from pkportal.changes.imported_files import ImportedFile, ImportState
from pkportal.changes.models import OPEN, Act, ChangeSet, LogItem
from pkportal.changes.queues import QUEUES
from pkportal.content.models import Record
from pkportal.content.queries import count_each
from pkportal.content.registry import models_with

from .needs import NEEDS, Need, needs_of

LATEST = 8  # of what waits, and of the latest changes
IMPORTS = 5


class Tally(NamedTuple):
    """A number with what it counts, and the list of just that."""

    label: str
    number: int
    address: str


class NeedTallies(NamedTuple):
    """How many records need one thing: a tally for each kind of which some do."""

    label: str
    tallies: list[Tally]

    @property
    def number(self) -> int:
        """The number of records of all kinds."""
        return sum(tally.number for tally in self.tallies)


class RecentChange(NamedTuple):
    """A change of the record in words: when, by whom, what."""

    at: Any
    who: str
    what: str
    title: str
    address: str


def front_page(admin_site: Any, request: Any) -> dict[str, Any]:
    """Return what the front page shows to the account of a request: only what it may see in lists too."""
    models = [model for model, admin in admin_site._registry.items() if admin.has_view_permission(request)]
    records = [model for model in models_with(Record) if model in models]
    may_review = ChangeSet in models
    return {
        "tallies": queue_tallies(request.user) if may_review else [],
        "work": own_work(request.user) if may_review else [],
        "needs": need_tallies(records) if records else [],
        "recent": recent_changes(models) if records else [],
        "imports": recent_imports(may_review) if records else [],
    }


def queue_tallies(user: User) -> list[Tally]:
    """Count the change sets of each queue of an account, in one query."""
    counts = {name: Count("pk", filter=queue.condition(user)) for name, queue in QUEUES.items()}
    numbers = ChangeSet.objects.aggregate(**counts)
    address = reverse("admin:changes_changeset_changelist")
    return [Tally(queue.label, numbers[name], f"{address}?queue={name}") for name, queue in QUEUES.items()]


def own_work(user: User) -> Iterable[ChangeSet]:
    """Return the first of the open change sets whose next step is an account's: what is due first.

    Each has who asked for changes, if that was the last that happened to it.
    """
    mine = QUEUES["drafts"].condition(user) | QUEUES["waiting"].condition(user)
    sets = ChangeSet.objects.filter(mine, state__in=OPEN).select_related("opened_by", "assigned_to")
    last = LogItem.objects.filter(change_set=OuterRef("pk")).exclude(act=Act.COMMENTED).order_by("-at", "-pk")[:1]
    returned = Case(When(Q(act=Act.RETURNED), then="by_name"))
    sets = sets.annotate(returned_by=Subquery(last.annotate(returned=returned).values("returned")))
    return sets.order_by("due", "-saved_at")[:LATEST]


def need_tallies(models: list[Any]) -> list[NeedTallies]:
    """Count what the records of some kinds need, in one query."""
    rows = {
        (name, model): model._default_manager.filter(need.condition(model))
        for model in models
        for name, need in needs_of(model).items()
    }
    numbers = count_each({f"{name} {model._meta.label}": found for (name, model), found in rows.items()})
    return [
        NeedTallies(
            need.label,
            [
                need_tally(need, model, number)
                for of_need, model in rows
                if of_need == name and (number := numbers[f"{name} {model._meta.label}"])
            ],
        )
        for name, need in NEEDS.items()
    ]


def need_tally(need: Need, model: Any, number: int) -> Tally:
    """Return the number of records of a kind that need something, with the list of them."""
    opts = model._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    return Tally(capfirst(opts.verbose_name_plural), number, f"{address}?{need.query}")


def recent_changes(models: list[Any]) -> list[RecentChange]:
    """Return what was published and what was edited directly, the latest first; files have a list of their own."""
    published = LogItem.objects.filter(act__in=[Act.PUBLISHED, Act.FAILED]).select_related("change_set", "by")
    types = ContentType.objects.get_for_models(*models).values()
    edited = LogEntry.objects.filter(content_type__in=types).exclude(change_message__startswith="Imported from ")
    changes = [published_change(item) for item in published.order_by("-at")[:LATEST]] if ChangeSet in models else []
    changes += [
        edited_change(entry) for entry in edited.select_related("user", "content_type").order_by("-pk")[:LATEST]
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:LATEST]


def published_change(item: LogItem) -> RecentChange:
    """Return the publication of a change set in words."""
    change_set = item.change_set
    address = reverse("admin:changes_changeset_change", args=[change_set.pk])
    return RecentChange(item.at, item.by_name, item.get_act_display(), str(change_set), address)


def edited_change(entry: LogEntry) -> RecentChange:
    """Return an entry of the admin's log in words."""
    address = "" if entry.is_deletion() else entry.get_admin_url() or ""
    kind = entry.content_type.name if entry.content_type else ""
    done = gettext("Deleted.") if entry.is_deletion() else entry.get_change_message()
    what = f"{kind}: {done}"
    return RecentChange(entry.action_time, entry.user.get_username(), what, entry.object_repr, address)


def recent_imports(may_review: bool) -> list[RecentChange]:
    """Return the latest files that were stored or proposed; those that wait are for reviewers."""
    stored = [ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE]
    shown = [*stored, ImportState.PROPOSED] if may_review else stored
    files = ImportedFile.objects.filter(state__in=shown).select_related("change_set", "account")
    return [recent_import(imported, may_review) for imported in files[:IMPORTS]]


def recent_import(imported: ImportedFile, may_review: bool) -> RecentChange:
    """Return a file that was imported in words."""
    change_set = imported.change_set
    address = reverse("admin:changes_changeset_change", args=[change_set.pk]) if may_review and change_set else ""
    is_proposed = imported.state == ImportState.PROPOSED and change_set
    what = change_set.get_state_display() if is_proposed else imported.get_state_display()
    title = str(change_set) if may_review and change_set else imported.name
    return RecentChange(imported.sent_at, str(imported.account or ""), what, title, address)
