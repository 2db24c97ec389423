"""Events: what happened in a mission, in order of time."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from pkportal.dates import PartialDateField
from pkportal.publishing.history import recorded
from pkportal.publishing.models import PartQuerySet
from pkportal.publishing.pages import Paged
from pkportal.reading.vectors import search_field
from pkportal.sourcing.checking import Assisted, checked_field
from pkportal.sourcing.cited import cited_field
from pkportal.sourcing.fields import MarkdownField
from pkportal.sourcing.sourced import Sourced

from .mission import Mission


class EventKind(models.TextChoices):
    """What sort of thing happened."""

    MANDATE = "mandate", _("mandate")
    DEPLOYMENT = "deployment", _("deployment")
    TRANSFER = "transfer-of-authority", _("transfer of authority")
    INCIDENT = "incident", _("incident")
    POLITICAL = "political", _("political")
    DRAWDOWN = "drawdown", _("drawdown")
    END = "end", _("end")


@recorded("sources")
class Event(Paged, Assisted, Sourced):
    """One dated happening of one mission."""

    natural_key = ["mission", "date", "title"]
    part_of = "mission"
    page = ("mission", "mission__code")
    hit = ("title", "text")
    answers = {
        "mission": "mission",
        "type": ["kind", "mission__type"],
        "year": "date",
        "nation": ["mission__host_countries", "mission__contributions__country"],
        "region": "mission__region",
    }
    checked_fields = ["mission_id", "date", "kind", "title", "text"]

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="events", verbose_name=_("mission"))
    date = PartialDateField(_("date"))
    kind = models.CharField(_("kind"), max_length=24, choices=EventKind)
    title = models.CharField(_("title"), max_length=160)
    text = MarkdownField(_("text"), blank=True)
    is_checked = checked_field(*checked_fields)
    cited = cited_field("text")
    search = search_field("title", "text")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["mission__code", "date", "title"]
        indexes = [GinIndex(fields=["search"], name="event_search"), GinIndex(fields=["cited"], name="event_cited")]
        constraints = [models.UniqueConstraint(fields=["mission", "date", "title"], name="event_key")]

    def __str__(self):
        return f"{self.date} {self.title}"
