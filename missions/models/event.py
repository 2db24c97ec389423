"""Events: what happened in a mission, in order of time."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import AIAssisted, checked_field
from pkportal.content.dates import PartialDateField, may_reach
from pkportal.content.history import track_history
from pkportal.content.models import Part, RecordQuerySet
from pkportal.content.pages import Page, ResultFields, Searchable
from pkportal.content.search_index import search_field, search_query
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
    POLITICAL = "political", _("political event")
    DRAWDOWN = "drawdown", _("drawdown")
    END = "end", _("end of the mission")


class EventQuerySet(RecordQuerySet):
    """Query set of events."""

    def for_list(self):
        """Load what one row of the list shows, the latest first."""
        own_fields = ["reference", "date", "kind", "title", "text", "cited", "is_checked", "ai_assisted"]
        rows = self.select_related("mission").only(*own_fields, "mission__code", "mission__name", "mission__acronym")
        return rows.order_by("-date", "mission__code", "title__name_order")

    def q(self, words):
        """Keep events whose title or text has these words."""
        return self.filter(search=search_query(words))

    def since(self, date):
        """Keep what may have happened on this date or later; a month or a year begins on its first day."""
        return self.filter(may_reach(date, "date"))

    def until(self, date):
        """Keep what may have happened on this date or earlier; a month or a year ends on its last day."""
        return self.filter(date__lte=date.last.isoformat())


@track_history("sources")
class Event(Searchable, Part, AIAssisted, Cites, Sourced):
    """One dated event of one mission."""

    key_fields = ["mission", "date", "title"]
    reference_prefix = "EV"
    part_of = "mission"
    page = Page("mission", key="mission__code")
    result_fields = ResultFields(title="title", text="text", details=("date", "mission__name"))
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

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["mission__code", "date", "title__name_order"]
        indexes = [GinIndex(fields=["search"], name="event_search"), GinIndex(fields=["cited"], name="event_cited")]
        constraints = [models.UniqueConstraint(fields=["mission", "date", "title"], name="event_key")]

    def __str__(self):
        return f"{self.date} {self.title}"
