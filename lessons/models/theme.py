"""Themes, and what made missions hard under each of them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from missions.models import Mission
from pkportal.content.checking import AIAssisted, checked_field
from pkportal.content.history import track_history
from pkportal.content.models import Part, RecordQuerySet
from pkportal.content.pages import Page, ResultFields, Searchable
from pkportal.content.search_index import search_field, search_query
from pkportal.sources.cited import Cites, cited_field
from pkportal.sources.fields import MarkdownField
from pkportal.sources.sourced import Sourced


class Family(models.TextChoices):
    """The three families of challenges, and a fourth for themes that belong to none of them."""

    ASYMMETRIC = "asymmetric", _("asymmetric threats and insurgency")
    OPERATIONAL = "operational", _("logistics and operational limits")
    POLITICAL = "political", _("political and legal limits")
    PRACTICE = "practice", _("practice and people")


@track_history()
class Theme(Searchable, AIAssisted):
    """A subject that challenges and lessons of several missions have in common."""

    key_fields = ["code"]
    reference_prefix = "TH"
    page = Page("theme", key="code")
    result_fields = ResultFields(title="name", text="description")
    search_fields = {"theme": "pk", "type": "family"}
    checked_fields = ["name", "family", "description"]

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    family = models.CharField(_("group"), max_length=12, choices=Family)
    description = models.CharField(_("description"), max_length=300, blank=True)
    is_checked = checked_field(*checked_fields)
    search = search_field("name", "description", words=["code"])

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name__name_order"]
        indexes = [GinIndex(fields=["search"], name="theme_search")]

    def __str__(self):
        return self.name


class ChallengeQuerySet(RecordQuerySet):
    """Query set of challenges."""

    def for_list(self):
        """Load what one row of a list shows, with the mission and the theme."""
        own_fields = ["reference", "title", "text", "cited", "is_checked"]
        return self.select_related("mission", "theme").only(
            *own_fields, "theme__code", "theme__name", "mission__code", "mission__name", "mission__acronym"
        )

    def for_mission_page(self):
        """Load what the page of a mission shows of each of its challenges, with the theme."""
        return self.select_related("theme").defer("search", "theme__search")

    def q(self, words):
        """Keep challenges whose title or text has these words."""
        return self.filter(search=search_query(words))


@track_history("sources")
class Challenge(Searchable, Part, AIAssisted, Cites, Sourced):
    """A difficulty that one mission met, under one theme."""

    key_fields = ["mission", "title"]
    reference_prefix = "CH"
    part_of = "mission"
    page = Page("theme", key="theme__code")
    result_fields = ResultFields(title="title", text="text", details=("theme__name", "mission__name"))
    search_fields = {
        "mission": "mission",
        "theme": "theme",
        "type": ["theme__family", "mission__type"],
        "nation": ["mission__host_countries", "mission__contributions__country"],
        "region": "mission__region",
    }
    checked_fields = ["mission_id", "theme_id", "title", "text"]

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="challenges", verbose_name=_("mission"))
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="challenges", verbose_name=_("theme"))
    title = models.CharField(_("title"), max_length=160)
    text = MarkdownField(_("text"))
    is_checked = checked_field(*checked_fields)
    cited = cited_field("text")
    search = search_field("title", "text")

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["mission__code", "title__name_order"]
        indexes = [
            GinIndex(fields=["search"], name="challenge_search"),
            GinIndex(fields=["cited"], name="challenge_cited"),
        ]
        constraints = [models.UniqueConstraint(fields=["mission", "title"], name="challenge_key")]

    def __str__(self):
        return self.title

    @property
    def anchor(self):
        """Return the HTML id of the challenge on the page of its theme."""
        return self.reference
