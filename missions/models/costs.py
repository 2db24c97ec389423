"""What missions cost the nations: lives, and shares of the common bill."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import Checkable, checked_field
from pkportal.content.dates import DayField, PartialDateField, is_plausible
from pkportal.content.history import track_history
from pkportal.content.models import Part, RecordQuerySet
from pkportal.content.pages import Page
from pkportal.sources.models import BEST_SOURCE_FIRST, Source

from .country import Country
from .former_names import NamesNation, name_then
from .mission import Mission


class FatalityQuerySet(RecordQuerySet):
    """Query set of counts of deaths."""

    def latest_first(self):
        """Order the counts of each nation in a mission, the latest first; of two for one date, the better source's."""
        return self.select_related("source").order_by("country_id", "mission_id", "-as_of", *BEST_SOURCE_FIRST)

    def latest_of_each(self):
        """Keep the first of these counts of each nation in each mission."""
        return self.latest_first().distinct("country_id", "mission_id")

    def with_country_then(self):
        """Load what the nation was called on the date of each count."""
        return self.annotate(country_then=name_then(Fatality, "country", "as_of"))


@track_history()
class Fatality(NamesNation, Part, Checkable):
    """The deaths among a nation's people in a mission up to a date; such counts are never summed over dates."""

    key_fields = ["mission", "country", "as_of", "source"]
    reference_prefix = "FAT"
    shown_on = Page("mission", key="mission__code")
    part_of = "mission"
    checked_fields = ["mission_id", "country_id", "as_of", "cumulative", "scope", "source_id"]

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="fatalities", verbose_name=_("mission"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="fatalities", verbose_name=_("country"))
    as_of = PartialDateField(_("as of"))
    cumulative = models.PositiveIntegerField(_("deaths to date"))
    scope = models.CharField(
        _("scope"),
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text=_("Whose deaths are counted, where it is not only the mission's own people; shown in captions."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="fatalities", verbose_name=_("source"))
    is_checked = checked_field(*checked_fields)

    objects = FatalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("fatality count")
        verbose_name_plural = _("fatality counts")
        ordering = ["mission__code", "as_of", "country__iso3", "source__code"]
        constraints = [models.UniqueConstraint(fields=["mission", "country", "as_of", "source"], name="fatality_key")]

    def __str__(self):
        return f"{self.mission}, {self.country}, {self.as_of}: {self.cumulative}"


@track_history()
class CostShare(Checkable):
    """A nation's share in NATO's common funding over a period, in per cent."""

    key_fields = ["country", "period_from", "source"]
    reference_prefix = "CST"
    shown_on = Page("country", key="country__iso3")
    checked_fields = ["country_id", "period_from", "period_to", "share", "source_id"]

    country = models.ForeignKey(Country, models.PROTECT, related_name="cost_shares", verbose_name=_("country"))
    period_from = DayField(_("from"))
    period_to = DayField(_("to"))
    share = models.DecimalField(
        _("share in per cent"),
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="cost_shares", verbose_name=_("source"))
    is_checked = checked_field(*checked_fields)

    class Meta:
        verbose_name = _("cost share")
        verbose_name_plural = _("cost shares")
        ordering = ["period_from", "country__iso3", "source__code"]
        constraints = [
            models.UniqueConstraint(fields=["country", "period_from", "source"], name="cost_share_key"),
            models.CheckConstraint(
                name="cost_share_is_a_percentage",
                condition=Q(share__range=(0, 100)),
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
            models.CheckConstraint(
                name="cost_share_dates_are_plausible",
                condition=is_plausible("period_from", "period_to"),
                violation_error_message=_("A period has plausible dates, from 1900 on."),
            ),
            models.CheckConstraint(
                name="cost_share_ends_after_it_starts",
                condition=Q(period_to__gte=F("period_from")),
                violation_error_message=_("A period cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.country}, {self.period_from:%Y}–{self.period_to:%Y}: {self.share} %"
