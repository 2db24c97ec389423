"""Commands: the chain of command, and who was at the head of each."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import Checkable, checked_field
from pkportal.content.cycles import refuse_cycle
from pkportal.content.dates import PartialDate, PartialDateField, ends_after_it_starts, may_begin_by, may_reach
from pkportal.content.history import track_history
from pkportal.content.last_stated import LastStated
from pkportal.content.models import Part, RecordQuerySet
from pkportal.content.name_order import name_sort_key
from pkportal.content.pages import Page, Period, ResultFields, Searchable
from pkportal.content.search_index import search_field
from pkportal.sources.sourced import Sourced

from .chain_of_command import MISSION_COMMANDS_SQL, SUBTREE_SQL, SUPERIORS_SQL
from .country import Country
from .evidence import APPOINTMENT_EVIDENCE, COMMAND_EVIDENCE, is_stale, newest_date, stale_condition
from .former_names import NamesNation, name_then
from .mission import Mission
from .terms import State


class Level(models.TextChoices):
    """The level of a command in the chain."""

    STRATEGIC = "strategic", _("strategic")
    OPERATIONAL = "operational", _("operational")
    TACTICAL = "tactical", _("tactical")


def today() -> PartialDate:
    """Return today as a partial date."""
    return PartialDate(timezone.localdate().isoformat())


def mission_may_run(date: PartialDate, mission: str) -> Q:
    """Return the condition that the mission at the end of a lookup path, if there is one, may still run on a date."""
    ongoing = {f"{mission}__state": State.ONGOING, f"{mission}__end_date__isnull": True}
    return Q(**{f"{mission}__isnull": True}) | Q(**ongoing) | may_reach(date, f"{mission}__end_date")


class CommandQuerySet(RecordQuerySet):
    """Query set of commands."""

    def on(self, date):
        """Keep commands that may have been active on a date, which may be a month or a year.

        Without a known end a command counts as active as long as its mission runs. Without a known start it counts
        only on its last day, month or year; without either it never counts.
        """
        goes_on = mission_may_run(date, "mission") | may_reach(date, "active_from")
        lasts = may_reach(date, "active_to") | Q(active_to__isnull=True) & goes_on
        return self.filter(may_begin_by(date, "active_from", "active_to") & lasts)

    def with_last_stated(self):
        """Annotate ``last_stated``: the newest date of its holders, of their sources and of its own, or its start."""
        return self.annotate(last_stated=newest_date(COMMAND_EVIDENCE, "active_from"))

    def stale(self):
        """Keep commands that go on with their mission, as far as is known, last stated to do so over two years ago."""
        goes_on = mission_may_run(today(), "mission")
        return self.filter(goes_on, active_to=None).with_last_stated().filter(stale_condition())

    def for_list(self):
        """Load what the tree shows of each command."""
        own_fields = ["code", "name", "level", "parent_id", "place", "active_from", "active_to", "is_checked"]
        of_mission = ["mission__code", "mission__name", "mission__acronym", "mission__under_nato_from"]
        return self.select_related("mission", "country").only(
            *own_fields, *of_mission, "country__iso3", "country__name"
        )

    def for_detail(self):
        """Load a command with its mission and country; its neighbours in the tree are a query of their own."""
        return self.select_related("mission", "country").defer(
            "search", "country__search", "mission__search", "mission__summary", "mission__outcome"
        )

    def around(self, mission):
        """Keep the commands of a mission and all their superiors."""
        return self.filter(pk__in=RawSQL(MISSION_COMMANDS_SQL, [mission.pk]))  # noqa: S611 - our own text, and a number

    def near(self, command):
        """Keep all superiors of a command, those with the same superior, and those directly below it."""
        above = RawSQL(SUPERIORS_SQL, [command.parent_id])  # noqa: S611 - our own text, and a number
        near = Q(pk__in=above) | Q(parent__in=[command.pk, command.parent_id or command.pk])
        return self.filter(near).exclude(pk=command.pk)


@track_history("sources")
class Command(Searchable, Part, Checkable, Sourced, LastStated):
    """A headquarters or force: a permanent one, or one set up for a mission."""

    key_fields = ["code"]
    reference_prefix = "CMD"
    part_of = "mission"
    page = Page("command", key="code")
    result_fields = ResultFields("name", text="place", details=("mission__name", Period("active_from", "active_to")))
    search_fields = {
        "mission": "mission",
        "nation": "country",
        "type": ["level", "mission__type"],
        "region": "mission__region",
    }
    checked_fields = ["name", "level", "parent_id", "mission_id", "place", "country_id", "active_from", "active_to"]

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", verbose_name=_("reports to"), null=True, blank=True
    )
    mission = models.ForeignKey(
        Mission,
        models.PROTECT,
        related_name="commands",
        verbose_name=_("mission"),
        null=True,
        blank=True,
        help_text=_("Empty for a permanent command."),
    )
    place = models.CharField(_("place"), max_length=80, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="commands", verbose_name=_("country"), null=True, blank=True
    )
    active_from = PartialDateField(_("active from"), null=True, blank=True)
    active_to = PartialDateField(_("active to"), null=True, blank=True)
    is_checked = checked_field(*checked_fields)
    search = search_field("name", "place", words=["code"])

    objects = CommandQuerySet.as_manager()

    class Meta:
        verbose_name = _("command")
        verbose_name_plural = _("commands")
        ordering = ["name__name_order", "code"]
        indexes = [GinIndex(fields=["search"], name="command_search")]
        constraints = [
            models.CheckConstraint(
                name="command_ends_after_it_starts",
                condition=Q(active_from__isnull=True) | ends_after_it_starts("active_from", "active_to"),
                violation_error_message=_("A command cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return self.name

    def tree_order(self):
        """Return the sort key of the tree: higher levels, then standing commands before those of a mission, by name."""
        return Level.values.index(self.level), self.mission_id is not None, name_sort_key(self.name)

    def clean(self):
        """Refuse a command that would report to itself, directly or through others."""
        refuse_cycle(self, "parent")

    def life_on(self, date):
        """Return where a date is outside what is known of its life, or an empty text.

        It is ``before`` its start, ``after`` its end, or ``beyond`` the date as of which it was last stated.
        """
        if self.active_from and date.last < self.active_from.first:
            return "before"
        if self.active_to:
            return "after" if date.first > self.active_to.last else ""
        return "beyond" if self.last_stated and date.first > self.last_stated.last else ""

    def subtree(self):
        """Return this command and all below it as a subquery."""
        return RawSQL(SUBTREE_SQL, [self.pk])  # noqa: S611 - our own text; the key is a parameter


class AppointmentQuerySet(RecordQuerySet):
    """Query set of appointments."""

    def on(self, date):
        """Keep appointments that may have been held on a date, which may be a month or a year.

        On a day of handover both holders are kept. Without a known end an appointment lasts until a successor has
        certainly begun, but no longer than the command and its mission. Without a known start it counts only on its
        last day, month or year; without either it never counts.
        """
        day = date.first.isoformat()
        later = Appointment.objects.filter(command=OuterRef("command"), from_date__gt=OuterRef("from_date"))
        followed = Exists(later.filter(from_date__lt=day).exclude(from_date__in=[day[:4], day[:7]]))
        goes_on = Q(command__active_to__isnull=True) & mission_may_run(date, "command__mission")
        stays = ~followed & (may_reach(date, "command__active_to") | goes_on)
        lasts = may_reach(date, "to_date") | Q(to_date__isnull=True) & (may_reach(date, "from_date") | stays)
        return self.filter(may_begin_by(date, "from_date", "to_date") & lasts)

    def with_last_stated(self):
        """Annotate ``last_stated``: the newest date of its first day and of its own sources."""
        return self.annotate(last_stated=newest_date(APPOINTMENT_EVIDENCE, "from_date"))

    def stale(self):
        """Keep holders of today, as far as is known, whose post was last stated over two years ago."""
        return self.on(today()).filter(to_date=None).with_last_stated().filter(stale_condition())

    def with_country_then(self):
        """Load what the nation of each was called when the appointment began."""
        return self.annotate(country_then=name_then(Appointment, "country", "from_date"))

    def with_is_holder(self, date):
        """Annotate ``is_holder``: whether the person may have held the post on a date, as ``on`` decides."""
        return self.annotate(is_holder=Exists(type(self)(self.model).on(date).filter(pk=OuterRef("pk"))))


@track_history("sources")
class Appointment(NamesNation, Searchable, Part, Checkable, Sourced, LastStated):
    """One person's time as commander; a search for the person leads to the page of the command."""

    key_fields = ["command", "person", "from_date"]
    reference_prefix = "APP"
    part_of = "command__mission"
    page = Page("command", key="command__code")
    result_fields = ResultFields(
        "person", text="rank", details=("command__name", Period("from_date", "to_date")), is_person=True
    )
    search_fields = {"mission": "command__mission", "nation": "country"}
    checked_fields = ["command_id", "person", "rank", "country_id", "from_date", "to_date"]

    command = models.ForeignKey(Command, models.PROTECT, related_name="appointments", verbose_name=_("command"))
    person = models.CharField(_("person"), max_length=120)
    rank = models.CharField(_("rank"), max_length=60, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="appointments", verbose_name=_("country"), null=True, blank=True
    )
    from_date = PartialDateField(_("from"), null=True, blank=True)
    to_date = PartialDateField(_("to"), null=True, blank=True)
    is_checked = checked_field(*checked_fields)
    search = search_field("person", "rank", words=["from_date", "to_date"])

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["command__code", "from_date", "person__name_order"]
        indexes = [GinIndex(fields=["search"], name="appointment_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["command", "person", "from_date"], name="appointment_key", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(from_date__isnull=True) | ends_after_it_starts("from_date", "to_date"),
                violation_error_message=_("An appointment cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.rank} {self.person}".strip()

    @property
    def is_stale(self):
        """True if it goes on, as far as the record knows, but that was last stated more than two years ago.

        Query sets annotate ``last_stated`` and ``is_holder`` of today, see ``AppointmentQuerySet``.
        """
        return self.is_holder and not self.to_date and is_stale(self.last_stated)
