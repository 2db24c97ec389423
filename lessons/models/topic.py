"""Topics: what the portal says about its subject, each sentence with its source."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from missions.models import Mission
from pkportal.content.checking import AIAssisted, checked_field
from pkportal.content.history import event_model, track_history
from pkportal.content.models import Publishable
from pkportal.content.pages import Page, PageQuerySet, ResultFields, Searchable
from pkportal.content.search_index import search_field
from pkportal.sources.cited import Cites, cited_field
from pkportal.sources.fields import MarkdownField

from .lesson import Lesson


class TopicQuerySet(PageQuerySet):
    """Query set of topics."""

    def for_detail(self):
        """Load everything the topic's own page shows, in a fixed number of queries.

        ``text_written_at`` is when the text was first on record as it is: what it counts was counted by then.
        """
        same_text = event_model(self.model).objects.filter(pgh_obj=OuterRef("pk"), text=OuterRef("text"))
        written_at = models.Subquery(same_text.order_by("pgh_id").values("pgh_created_at")[:1])
        return (
            self.defer("search")
            .annotate(text_written_at=written_at)
            .prefetch_related(
                models.Prefetch("missions", Mission.objects.published().for_timeline()),
                models.Prefetch("lessons", Lesson.objects.published().for_list()),
                models.Prefetch("related", Topic.objects.published().for_links()),
            )
        )

    def neighbours_of(self, topic):
        """Return the topics before and after this one in their order; None where there is none."""
        topics = [None, *self.only("code", "title"), None]
        position = topics.index(topic)
        return topics[position - 1], topics[position + 1]


@track_history("missions", "lessons", "related")
class Topic(Searchable, Publishable, AIAssisted, Cites):
    """An overview article, linked to the missions and lessons that it mentions."""

    key_fields = ["code"]
    reference_prefix = "TOP"
    page = Page("topic", key="code")
    result_fields = ResultFields(title="title", text="summary")
    search_fields = {
        "mission": "missions",
        "theme": "lessons__themes",
        "type": "missions__type",
        "region": "missions__region",
    }
    checked_fields = ["title", "summary", "text"]

    code = models.SlugField(_("code"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=120, unique=True)
    summary = models.CharField(_("summary"), max_length=300)
    text = MarkdownField(_("text"))
    missions = models.ManyToManyField(Mission, verbose_name=_("missions"), related_name="topics", blank=True)
    lessons = models.ManyToManyField(Lesson, verbose_name=_("lessons"), related_name="topics", blank=True)
    related = models.ManyToManyField(
        "self", verbose_name=_("related topics"), symmetrical=False, related_name="+", blank=True
    )
    is_checked = checked_field(*checked_fields)
    cited = cited_field("text")
    search = search_field("title", "summary", "text", words=["code"])

    objects = TopicQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "code"]
        indexes = [GinIndex(fields=["search"], name="topic_search"), GinIndex(fields=["cited"], name="topic_cited")]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self):
        return self.title

    def obstacles(self):
        """A topic needs a text; it may be without sources when it speaks of this site alone."""
        if not self.text:
            yield _("It has no text.")
