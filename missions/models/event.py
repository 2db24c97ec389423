"""Events: what happened in a mission, in order of time."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import AIAssisted, checked_field
from pkportal.content.dates import PartialDateField
from pkportal.content.history import track_history
from pkportal.content.models import Part
from pkportal.content.pages import Page, ResultFields, Searchable
from pkportal.content.search_index import search_field
from pkportal.sources.cited import Cites, cited_field
from pkportal.sources.fields import MarkdownField
from pkportal.sources.sourced import Sourced

from .mission import Mission


class EventKind(models.TextChoices):
    """What sort of event it was."""

    MANDATE = "mandate", _("mandate")
    DEPLOYMENT = "deployment", _("deployment")
    TRANSFER = "transfer-of-authority", _("transfer of authority")
    INCIDENT = "incident", _("incident")
    POLITICAL = "political", _("political")
    DRAWDOWN = "drawdown", _("drawdown")
    END = "end", _("end")


@track_history("sources")
class Event(Searchable, Part, AIAssisted, Cites, Sourced):
    """One dated event of one mission."""

    key_fields = ["mission", "date", "title"]
    part_of = "mission"
    page = Page("mission", key="mission__code")
    result_fields = ResultFields(title="title", text="text")
    search_fields = {
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
    search = search_field("title", "text", words=["date"])

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["mission__code", "date", "title"]
        indexes = [GinIndex(fields=["search"], name="event_search"), GinIndex(fields=["cited"], name="event_cited")]
        constraints = [models.UniqueConstraint(fields=["mission", "date", "title"], name="event_key")]

    def __str__(self):
        return f"{self.date} {self.title}"
