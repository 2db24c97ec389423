"""Stated totals: the strength of a whole mission, as a source states it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import Checkable, checked_field
from pkportal.content.dates import PartialDateField
from pkportal.content.history import track_history
from pkportal.content.models import Part
from pkportal.content.pages import Page
from pkportal.sources.models import Source

from .contribution_terms import ValueState
from .mission import Mission


@track_history()
class StatedTotal(Part, Checkable):
    """The strength of a whole mission at a date, as a source states it; contributions are compared with it."""

    key_fields = ["mission", "as_of", "source"]
    reference_prefix = "TOT"
    shown_on = Page("mission", key="mission__code")
    part_of = "mission"
    checked_fields = ["mission_id", "as_of", "troops", "police", "observers", "value_state", "total", "source_id"]

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="stated_totals", verbose_name=_("mission"))
    as_of = PartialDateField(_("as of"))
    troops = models.PositiveIntegerField(_("troops"), null=True, blank=True)
    police = models.PositiveIntegerField(_("police"), null=True, blank=True)
    observers = models.PositiveIntegerField(_("observers"), null=True, blank=True)
    value_state = models.CharField(
        _("precision"),
        max_length=10,
        choices=ValueState,
        default=ValueState.EXACT,
        db_default=ValueState.EXACT,
        help_text=_("How exactly the source states the total."),
    )
    total = models.PositiveIntegerField(_("total"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="stated_totals", verbose_name=_("source"))
    is_checked = checked_field(*checked_fields)

    class Meta:
        verbose_name = _("stated total")
        verbose_name_plural = _("stated totals")
        ordering = ["mission__code", "as_of", "source__code"]
        constraints = [models.UniqueConstraint(fields=["mission", "as_of", "source"], name="stated_total_key")]

    def __str__(self):
        return f"{self.mission}, {self.as_of}: {self.total}"
