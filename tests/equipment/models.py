"""Equipment: what a mission was equipped with."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F

from missions.models import Mission
from pkportal.content.checking import Checkable, checked_field
from pkportal.content.dates import PartialDateField
from pkportal.content.history import track_history
from pkportal.content.kept_counts import keep_counts
from pkportal.content.models import Part, RecordQuerySet
from pkportal.content.pages import Page, ResultFields, Searchable
from pkportal.content.search_index import search_field, search_query
from pkportal.sources.cited import Cites, cited_field
from pkportal.sources.fields import MarkdownField
from pkportal.sources.sourced import Sourced


class EquipmentQuerySet(RecordQuerySet):
    """Queries of equipment."""

    def for_list(self):
        """Load what a row of the list shows, the latest first."""
        columns = ["code", "name", "quantity", "date", "is_checked", "mission__code", "mission__name"]
        rows = self.select_related("mission").only(*columns, "mission__acronym")
        return rows.order_by(F("date").desc(nulls_last=True), "code")

    def q(self, words):
        """Keep equipment whose name or note has these words."""
        return self.filter(search=search_query(words))


@keep_counts(["mission", "is_checked"])
@track_history("sources")
class Equipment(Searchable, Part, Checkable, Cites, Sourced):
    """One sort of equipment of one mission: how many of it there were on a date."""

    key_fields = ["code"]
    reference_prefix = "EQ"
    part_of = "mission"
    page = Page("equipment-page", key="code")
    result_fields = ResultFields(title="name", text="note")
    search_fields = {"mission": "mission", "year": "date"}
    checked_fields = ["mission_id", "name", "quantity", "date", "note"]

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("name", max_length=160)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="equipment", verbose_name="mission")
    quantity = models.PositiveIntegerField("quantity")
    date = PartialDateField("date", null=True, blank=True)
    note = MarkdownField("note", blank=True)
    is_checked = checked_field(*checked_fields)
    cited = cited_field("note")
    search = search_field("name", "note")

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        verbose_name = "piece of equipment"
        verbose_name_plural = "equipment"
        ordering = ["code"]
        indexes = [
            GinIndex(fields=["search"], name="equipment_search"),
            GinIndex(fields=["cited"], name="equipment_cited"),
        ]

    def __str__(self):
        return self.name
