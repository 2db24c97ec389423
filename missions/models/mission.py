"""Missions: what they were for, where and when they ran, and what came of them."""

from functools import cache

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pkportal.content.checking import AIAssisted, checked_field
from pkportal.content.dates import PartialDateField, ends_after_it_starts
from pkportal.content.history import track_history
from pkportal.content.last_stated import LastStated
from pkportal.content.models import Publishable, RecordQuerySet
from pkportal.content.name_order import first_name_order
from pkportal.content.pages import OtherNames, Page, Period, ResultFields, Searchable, SearchMethod
from pkportal.content.queries import any_of, compiled
from pkportal.content.search_index import search_field, search_query
from pkportal.content.written_years import Years
from pkportal.sources.cited import Cites, cited_field
from pkportal.sources.fields import MarkdownField
from pkportal.sources.sourced import Sourced

from .active_years import ran_in
from .country import Country
from .evidence import MISSION_EVIDENCE, is_stale, newest_date, stale_condition
from .former_names import former_name
from .terms import MissionType, Region, State

# what a timeline shows of a mission
TIMELINE_FIELDS = ["code", "name", "acronym", "operation_names", "type", "region", "start_date", "end_date", "state"]
MISSION_ORDER = first_name_order("mission__acronym", "mission__name").asc()  # of what is a part of one
NAMED_HOSTS = models.Prefetch("host_countries", Country.objects.only("iso3", "name"))


@cache
def _hosts():
    hosts = Country.objects.filter(hosted_missions=OuterRef("pk")).order_by("name__name_order")
    hosts = hosts.alias(until=OuterRef("end_date"))
    return compiled(Mission, hosts.as_json(name="name", then=former_name("pk", "until")))


@cache
def _newest_evidence():
    goes_on = When(state=State.ONGOING, end_date=None, then=newest_date(MISSION_EVIDENCE, "start_date"))
    return compiled(Mission, Case(goes_on))


class MissionQuerySet(RecordQuerySet):
    """Query set of missions."""

    def with_last_stated(self):
        """Annotate ``last_stated``: the newest date of ``MISSION_EVIDENCE`` of a mission that goes on, else nothing."""
        return self.annotate(last_stated=_newest_evidence())

    def stale(self):
        """Keep missions that go on, as far as the record knows, though that was last stated over two years ago."""
        return self.filter(state=State.ONGOING, end_date=None).with_last_stated().filter(stale_condition())

    def for_timeline(self):
        """Load what a timeline shows of each mission, the earliest first."""
        return self.only(*TIMELINE_FIELDS).with_last_stated().order_by("start_date", "code")

    def for_map(self):
        """Load what a map shows of each mission: as for a timeline, with its place and its host countries."""
        return self.for_timeline().only(*TIMELINE_FIELDS, "latitude", "longitude").prefetch_related(NAMED_HOSTS)

    def for_list(self):
        """Load what one row of the public list shows, with its ``hosts``: their names, also as it ended."""
        return self.defer("search", "outcome", "cited").with_last_stated().annotate(hosts=_hosts())

    def q(self, words):
        """Keep missions whose names or text have these words."""
        return self.filter(search=search_query(words))

    def host(self, countries):
        """Keep missions that worked in one of these countries."""
        return self.filter(host_countries__in=countries).distinct()

    def contributor(self, countries):
        """Keep missions with a contribution of one of these nations."""
        figures = Mission._meta.get_field("contributions").related_model.objects.filter(country__in=countries)
        return self.filter(pk__in=figures.order_by().values("mission"))

    def of_nation(self, country):
        """Keep missions that a nation contributed to or hosted (``is_host``), without their long texts.

        ``figure_years`` are the years of its figures: how many there are, and how many of them are exact.
        """
        hosted = Mission.host_countries.through.objects.filter(mission=OuterRef("pk"), country=country)
        given = Mission._meta.get_field("contributions").related_model.objects.filter(
            mission=OuterRef("pk"), country=country
        )
        of_country = self.with_last_stated().annotate(
            is_host=Exists(hosted), figure_years=given.by_year().as_json(year="year", figures="figures", exact="exact")
        )
        return of_country.filter(Exists(given) | Q(is_host=True)).defer("search", "summary", "outcome", "cited")

    def command(self, commands):
        """Keep missions that were led from one of these commands or from one below it."""
        below = [Q(commands__in=command.subtree()) for command in commands]
        return self.filter(any_of(below)).distinct()

    def mandate(self, kinds):
        """Keep missions that have a mandate of one of these kinds."""
        return self.filter(mandates__kind__in=kinds).distinct()

    def active_in(self, years: Years):
        """Keep missions that ran in some of these years."""
        return self.filter(ran_in(years))


@track_history("sources", "host_countries", "predecessors")
class Mission(Searchable, Publishable, AIAssisted, Cites, Sourced, LastStated):
    """An operation or mission led or supported by NATO."""

    key_fields = ["code"]
    reference_prefix = "M"
    page = Page("mission", key="code")
    result_fields = ResultFields("name", text="summary", details=("operation_names", Period("start_date", "end_date")))
    names_in = OtherNames("other_names")
    also_called = ("operation", "operations")
    search_fields = {
        "mission": "pk",
        "type": "type",
        "region": "region",
        "nation": ["host_countries", "contributions__country"],
        "year": SearchMethod(MissionQuerySet.active_in, "start_date"),
    }
    checked_fields = [
        "name",
        "type",
        "region",
        "start_date",
        "end_date",
        "under_nato_from",
        "state",
        "legal_basis",
        "summary",
        "outcome",
    ]

    code = models.SlugField(
        _("code"), max_length=40, unique=True, help_text=_("Used in addresses and CSV files, such as kfor.")
    )
    name = models.CharField(_("name"), max_length=120, unique=True)
    acronym = models.CharField(_("acronym"), max_length=12, blank=True)
    operation_names = models.CharField(
        _("operation names"),
        max_length=160,
        blank=True,
        help_text=_("With their years where there were several, separated by semicolons."),
    )
    type = models.CharField(_("type"), max_length=30, choices=MissionType)
    region = models.CharField(_("region"), max_length=40, choices=Region)
    host_countries = models.ManyToManyField(
        Country, verbose_name=_("host countries"), related_name="hosted_missions", blank=True
    )
    start_date = PartialDateField(_("start"))
    end_date = PartialDateField(
        _("end"), null=True, blank=True, help_text=_("Empty while the mission is ongoing or its end is not known.")
    )
    under_nato_from = PartialDateField(
        _("led by NATO from"),
        null=True,
        blank=True,
        help_text=_("Only if others led the mission before NATO did."),
    )
    state = models.CharField(_("status of the mission"), max_length=24, choices=State)
    summary = MarkdownField(_("summary"))
    legal_basis = models.CharField(_("legal basis in words"), max_length=300, blank=True)
    lead_command = models.CharField(_("lead command as stated"), max_length=120, blank=True)
    peak_strength = models.PositiveIntegerField(_("peak strength"), null=True, blank=True)
    peak_strength_date = PartialDateField(_("date of the peak"), null=True, blank=True)
    predecessors = models.ManyToManyField(
        "self", verbose_name=_("predecessors"), symmetrical=False, related_name="successors", blank=True
    )
    outcome = MarkdownField(_("outcome"), blank=True, help_text=_("What was achieved and what was not."))
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    is_checked = checked_field(*checked_fields)
    cited = cited_field("summary", "outcome")
    search = search_field(["name", "acronym", "operation_names"], "summary", "outcome", "legal_basis", words=["code"])

    objects = MissionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["-start_date", "code"]
        indexes = [
            GinIndex(fields=["search"], name="mission_search"),
            GinIndex(fields=["cited"], name="mission_cited"),
            models.Index(fields=["-start_date", "code"], name="mission_latest_start"),
            models.Index(fields=["start_date", "id"], name="mission_earliest_start"),
            models.Index(F("end_date").desc(nulls_last=True), "id", name="mission_latest_end"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="mission_ends_after_it_starts",
                condition=ends_after_it_starts("start_date", "end_date"),
                violation_error_message=_("A mission cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="mission_starts_before_nato_leads_it",
                condition=ends_after_it_starts("start_date", "under_nato_from"),
                violation_error_message=_("A mission cannot be led by NATO before it starts."),
            ),
            models.CheckConstraint(
                name="mission_place_is_whole",
                # a CHECK passes when its condition is NULL
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, latitude__range=(-90, 90))
                & Q(longitude__isnull=False, longitude__range=(-180, 180)),
                violation_error_message=_("A place has a latitude and a longitude, or neither."),
            ),
        ]

    def __str__(self):
        return self.acronym or self.name

    @property
    def short_name(self):
        """Return its acronym, unless it is of its operation only, the name of its one operation, or its name."""
        only_operation = "" if ";" in self.operation_names else self.operation_names
        is_made_of_it = self.acronym == "O" + "".join(word[0] for word in only_operation.split())
        return (only_operation if is_made_of_it else self.acronym) or only_operation or self.name

    @property
    def operations(self):
        """Return the names of its operations in one line, without their years, unless its own name has them."""
        names = [name.partition("(")[0].strip() for name in self.operation_names.split(";")]
        others = [name for name in names if name and name.casefold() not in self.name.casefold()]
        words = ngettext("Operation %(names)s", "Operations %(names)s", len(others))
        return words % {"names": ", ".join(others)} if others else ""

    @cached_property
    def last_stated(self):
        """Return the newest date of evidence that it goes on; query sets annotate it, see ``with_last_stated``."""
        return Mission.objects.with_last_stated().values_list("last_stated", flat=True).get(pk=self.pk)

    @property
    def is_ongoing(self):
        """True if the record knows of no end, and says that it goes on."""
        return self.state == State.ONGOING and not self.end_date

    @property
    def is_stale(self):
        """True if it goes on, as far as the record knows, but that was last stated more than two years ago."""
        return self.is_ongoing and is_stale(self.last_stated)

    @property
    def last_known_date(self):
        """Return the last date on which it is known to have run: its end, or when it was last stated, or its start."""
        return self.end_date or (self.last_stated if self.is_ongoing else self.start_date)

    def is_under_nato_on(self, date):
        """True if NATO may have led it on a date; others led some missions at first."""
        return not self.under_nato_from or date.last >= self.under_nato_from.first

    def life_on(self, date):
        """Return where a date is outside what is known of its life, or an empty text.

        It is ``before`` its start or ``after`` its end, ``beyond`` the date as of which it was last stated to go on,
        or past a start whose end is ``unknown``; a mission that was not established ``never`` had one.
        """
        if self.state == State.NOT_ESTABLISHED:
            return "never"
        if date.last < self.start_date.first:
            return "before"
        if self.end_date:
            return "after" if date.first > self.end_date.last else ""
        if date.first <= self.last_known_date.last:
            return ""
        return "beyond" if self.is_ongoing else "unknown"

    def figures_address(self, **filters):
        """Return the address of the list of its contributions, with further filters: ``country="ITA"``."""
        return f"{reverse('contributions')}?{urlencode({'mission': self.code, **filters})}"

    def obstacles(self):
        """A mission needs a summary and a source, and cannot be its own predecessor."""
        if not self.summary:
            yield _("It has no summary.")
        if not self.cited and not self.sources.exists():
            yield _("It cites no source.")
        if self.predecessors.filter(pk=self.pk).exists():
            yield _("It is its own predecessor.")
