"""Objectives: what missions were sent to achieve, and how far a source says that they did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import AIAssisted, checked_field
from pkportal.content.history import track_history
from pkportal.content.models import Part
from pkportal.content.pages import Page
from pkportal.sources.models import Source

from .mission import Mission


class Met(models.TextChoices):
    """How far an objective was reached, where a source says so."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT = "not", _("not met")


@track_history()
class Objective(Part, AIAssisted):
    """One aim of a mission."""

    key_fields = ["mission", "order"]
    reference_prefix = "OBJ"
    shown_on = Page("mission", key="mission__code")
    part_of = "mission"
    checked_fields = ["mission_id", "text"]

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="objectives", verbose_name=_("mission"))
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("text"), max_length=300)
    met = models.CharField(_("met"), max_length=8, choices=Met, blank=True, help_text=_("Only where a source says so."))
    met_source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="judged_objectives",
        verbose_name=_("source of this assessment"),
        null=True,
        blank=True,
    )
    is_checked = checked_field("mission_id", "text")

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["mission__code", "order"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "order"], name="objective_key"),
            models.CheckConstraint(
                name="objective_judged_by_a_source",
                condition=Q(met="") | Q(met_source__isnull=False),
                violation_error_message=_("Whether an objective was met is said with a source."),
            ),
        ]

    def __str__(self):
        return self.text
