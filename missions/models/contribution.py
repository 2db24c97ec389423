"""Contributions: what nations gave, as stated by sources, and which of several figures counts."""

from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, F, Max, Q, TextField, Value, When, Window
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import Checkable, checked_field
from pkportal.content.dates import PartialDate, PartialDateField, has_come, may_reach, months_before
from pkportal.content.history import track_history
from pkportal.content.kept_counts import keep_counts
from pkportal.content.models import Part, RecordQuerySet
from pkportal.content.queries import IsAmong, any_of
from pkportal.content.search_index import search_query, words_index
from pkportal.content.unaccent import unaccent
from pkportal.sources.models import BEST_SOURCE_FIRST, Source

from .contribution_terms import INEXACT, PEOPLE_FIRST, Basis, ContributionKind, Unit, ValueState
from .country import Country
from .figure_words import has_words
from .former_names import NamesNation, name_then
from .mission import Mission

MAX_FIGURE_AGE = 18  # months: an older figure says little about a force
MAX_COMPARED = 5000  # figures of which the latest of each kind are found
LIST_FIELDS = [
    "reference",
    "kind",
    "location",
    "as_of",
    "basis",
    "value_state",
    "quantity",
    "unit",
    "note",
    "doubt",
    "is_checked",
    "mission__code",
    "mission__name",
    "mission__acronym",
    "country__iso3",
    "country__name",
    "source__code",
    "source__title",
    "source__short_title",
    "source__grade",
]
FACET_FIELDS = ["mission", "country", "kind", "basis", "unit", "is_checked"]
DATE_FIELDS = ["mission", "kind", "basis", "unit", "is_checked", "as_of"]
SOURCE_FIELDS = ["mission", "source", "is_checked"]


class ContributionQuerySet(RecordQuerySet):
    """Query set of contributions."""

    def for_list(self):
        """Load what one row of a list shows, with the mission, the nation and the source."""
        rows = self.select_related("mission", "country", "source").with_country_then()
        return rows.only(*LIST_FIELDS, "mission__operation_names", "country__joined_on", "source__published")

    def list_values(self):
        """Load what one row of the public list shows as a dict, which costs less than a model instance."""
        short_name = name_then(Contribution, "country", "as_of", is_short=True)
        return (
            self.with_country_then().annotate(short_then=short_name).values(*LIST_FIELDS, "country_then", "short_then")
        )

    def with_country_then(self):
        """Load what the nation was called on the date of each figure."""
        return self.annotate(country_then=name_then(Contribution, "country", "as_of"))

    def in_time(self):
        """Load what a chart over time shows, the earliest first; for each date, the best source comes first."""
        keys = ["mission_id", "country_id", "source__code", "source__title", "source__short_title", "source__grade"]
        values = ["kind", "location", "as_of", "basis", "value_state", "quantity", "unit", "doubt", "is_checked"]
        return self.select_related("source").only(*keys, *values).order_by("as_of", *BEST_SOURCE_FIRST)

    def latest_first(self):
        """Order by date, the latest first; the order is total, and an index has it."""
        return self.order_by("-as_of", "mission_id", "country_id", "kind", "pk")

    def since(self, date):
        """Keep figures that may be of this date or later; a month or a year begins on its first day."""
        return self.filter(may_reach(date, "as_of"))

    def until(self, date):
        """Keep figures that may be of this date or earlier; a month or a year ends on its last day."""
        return self.filter(as_of__lte=date.last.isoformat())

    def q(self, words):
        """Keep figures that have these words: in place or note, or as their nation, mission, source or kind."""
        return self.filter(has_words(self.model, words))

    def place(self, places):
        """Keep figures whose place has the letters of one of these."""
        return self.filter(any_of([Q(location__unaccented__icontains=unaccent(place)) for place in places]))

    def source(self, texts):
        """Keep figures of the sources that have one of these codes, or all words of one of these texts."""
        return self.filter(any_of(Q(source__code__iexact=it) | Q(source__search=search_query(it)) for it in texts))

    def on(self, date):
        """Keep each nation's latest figures at or before a date, none older than eighteen months.

        A figure of just that date comes before the latest. Figures of the whole and figures by place are kept apart.
        What was delivered over a period counts only for a date within it.
        """
        oldest = PartialDate(months_before(date.first, MAX_FIGURE_AGE).isoformat())
        stocks = self.exclude(basis=Basis.DELIVERED).since(oldest).until(date)
        flows = self.filter(Q(as_of__startswith=date) | Q(as_of__in=[date[:4], date[:7]]), basis=Basis.DELIVERED)
        recency = Case(
            When(as_of=date, then=Value("9999")), default=Cast("as_of", TextField()), output_field=TextField()
        )
        same = ["mission", "country", "kind", "unit", "basis", Q(location="")]
        dated = (stocks | flows).order_by().annotate(recency=recency)
        latest = dated.annotate(latest=Window(Max("recency"), partition_by=same)).filter(recency=F("latest"))
        return self.filter(IsAmong(F("pk"), ArraySubquery(latest.values("pk"))))

    def best_first(self):
        """Order by the quality of the source, the best first, as ``headline`` expects the figures of one date."""
        return self.order_by(*BEST_SOURCE_FIRST)

    def by_year(self):
        """Count the figures of each year, which is a text, and those that are exact."""
        years = self.order_by().annotate(year=Substr("as_of", 1, 4)).values("year")
        exact = Count(Value(1), filter=~Q(value_state__in=INEXACT))
        return years.annotate(figures=Count("*"), exact=exact).order_by("year")

    def newest_people(self, number):
        """Keep the newest figures that count people, at most this many."""
        newest = self.filter(unit=Unit.PERSONNEL).order_by("-as_of", "pk")[:number]
        return self.filter(IsAmong(F("pk"), ArraySubquery(newest.values("pk"))))

    def latest_of_each(self, number):
        """Keep the latest figure of each nation in each mission, by kind, unit, place and basis; the first so many.

        Of two figures for one date it is the better source's. The latest missions come first. Only the newest figures
        are compared, some thousands: to sort a million takes seconds.
        """
        newest = self.order_by("-as_of", "pk")[:MAX_COMPARED]
        compared = self.filter(IsAmong(F("pk"), ArraySubquery(newest.values("pk"))))
        same = ["country_id", "mission__start_date", "mission_id", "kind", "unit", "location", "basis"]
        order = ["country_id", "-mission__start_date", *same[2:], "-as_of", *BEST_SOURCE_FIRST]
        latest = compared.order_by(*order).distinct(*same)[:number]
        return self.filter(IsAmong(F("pk"), ArraySubquery(latest.values("pk")))).order_by(*order)


# what the facets of the list are counted by, without the many dates, without the many nations, and with both
@keep_counts(FACET_FIELDS, DATE_FIELDS, [*FACET_FIELDS, "value_state", "as_of"], SOURCE_FIELDS)
@track_history()
class Contribution(NamesNation, Part, Checkable):
    """One figure as one source states it: what one nation contributed to one mission on one date."""

    key_fields = ["mission", "country", "kind", "unit", "location", "as_of", "basis", "source"]
    reference_prefix = "FIG"
    reference_digits = 5
    part_of = "mission"
    checked_fields = [
        "mission_id",
        "country_id",
        "kind",
        "location",
        "as_of",
        "basis",
        "value_state",
        "quantity",
        "unit",
        "note",
        "source_id",
    ]

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="contributions", verbose_name=_("mission"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="contributions", verbose_name=_("country"))
    kind = models.CharField(_("kind"), max_length=28, choices=ContributionKind)
    location = models.CharField(_("location"), max_length=80, blank=True)
    as_of = PartialDateField(_("as of"))
    basis = models.CharField(_("counted as"), max_length=16, choices=Basis, default=Basis.DEPLOYED)
    value_state = models.CharField(_("precision"), max_length=10, choices=ValueState, default=ValueState.EXACT)
    quantity = models.PositiveBigIntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    note = models.CharField(_("note"), max_length=300, blank=True)
    doubt = models.CharField(
        _("reason for doubt"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("Why the figure may be wrong. It is shown as doubtful until it is checked."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="contributions", verbose_name=_("source"))
    is_checked = checked_field(*checked_fields)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = [
            *["mission__code", "as_of", "country__iso3", "kind", "unit", "location__name_order", "basis"],
            "source__code",
        ]
        indexes = [
            # what is counted of a mission and of a nation is read from these alone
            models.Index(
                fields=["mission", "as_of", "country", "value_state", "is_checked"], name="contribution_counts"
            ),
            models.Index(fields=["country", "mission", "as_of", "value_state"], name="contribution_nations"),
            models.Index(fields=["country", "as_of"]),
            # the order of the lists, and what their filters ask for: rows that are left out are not read
            models.Index(
                fields=["-as_of", "mission", "country", "kind", "id", "basis", "unit", "value_state", "is_checked"],
                name="contribution_latest",
            ),
            # all that the facets of the list count by: a quarter of the bytes of the rows
            models.Index(
                fields=["mission", "country", "kind", "basis", "unit", "is_checked", "as_of"],
                name="contribution_facets",
            ),
            models.Index(
                *[PEOPLE_FIRST, F("quantity").desc(), "id"], include=["mission", "unit"], name="contribution_largest"
            ),
            words_index("location", "note", name="contribution_words"),
        ]
        constraints = [
            models.CheckConstraint(
                name="contribution_deployed_has_come",
                condition=~Q(basis=Basis.DEPLOYED) | has_come("as_of"),
                violation_error_message=_("Nobody is deployed yet on a future date: choose “authorised” or “pledged”."),
            ),
            models.UniqueConstraint(
                fields=["mission", "country", "kind", "unit", "location", "as_of", "basis", "source"],
                name="contribution_key",
                violation_error_message=_("This source is already on record with a figure for that."),
            ),
        ]

    @property
    def open_doubt(self):
        """Return why the figure may be wrong, until somebody has checked it; else an empty text."""
        return "" if self.is_checked else self.doubt

    def permanent_address(self):
        """Return the address of the row in the list of the nation's figures for this mission at this date."""
        words = {"mission": self.mission.code, "country": self.country.iso3, "from": self.as_of, "to": self.as_of}
        return f"{reverse('contributions')}?{urlencode(words)}#{self.reference}"

    @property
    def unit_in_words(self):
        """Return the word after the quantity: 1 ship, 2 ships."""
        return Unit(self.unit).noun_for(self.quantity)

    def __str__(self):
        return f"{self.mission}, {self.country}, {self.as_of}: {self.quantity} {self.unit_in_words}"
