"""Remedial actions: what was to be done about a lesson, and whether it was."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pkportal.content.dates import PartialDateField
from pkportal.content.history import track_history
from pkportal.content.models import Part, RecordQuerySet
from pkportal.content.pages import Page
from pkportal.sources.models import Source


class ActionStatus(models.TextChoices):
    """How far a remedial action had come."""

    PROPOSED = "proposed", _("proposed")
    TASKED = "tasked", _("tasked")
    IN_PROGRESS = "in-progress", _("in progress")
    IMPLEMENTED = "implemented", _("implemented")
    CANCELLED = "cancelled", _("cancelled")


class RemedialActionQuerySet(RecordQuerySet):
    """Query set of remedial actions."""

    def for_detail(self):
        """Load what the page of their lesson shows of each, in their order."""
        return self.select_related("source").defer("source__search").order_by("order")


@track_history()
class RemedialAction(Part):
    """What was to be done about a lesson, by whom, and whether it was done."""

    key_fields = ["lesson", "order"]
    reference_prefix = "ACT"
    shown_on = Page("lesson", key="lesson__number")
    part_of = "lesson"

    lesson = models.ForeignKey("Lesson", models.CASCADE, related_name="remedial_actions", verbose_name=_("lesson"))
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("text"), max_length=400)
    action_body = models.CharField(_("responsible body"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=ActionStatus, default=ActionStatus.PROPOSED)
    due = PartialDateField(_("due on"), null=True, blank=True)
    done = PartialDateField(_("done on"), null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="remedial_actions", verbose_name=_("source"))

    objects = RemedialActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("remedial action")
        verbose_name_plural = _("remedial actions")
        ordering = ["lesson__number", "order"]
        constraints = [models.UniqueConstraint(fields=["lesson", "order"], name="remedial_action_key")]

    def __str__(self):
        return self.text
