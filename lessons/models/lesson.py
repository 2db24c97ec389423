"""Lessons: what was observed, what follows from it, and how far NATO has learned it."""

from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from missions.models import Mission
from pkportal.content.checking import AIAssisted, checked_field
from pkportal.content.dates import PartialDateField
from pkportal.content.history import track_history
from pkportal.content.kept_counts import keep_counts
from pkportal.content.link_sets import keep_link_sets
from pkportal.content.models import Publishable, Status
from pkportal.content.name_order import name_key
from pkportal.content.pages import Page, PageQuerySet, ResultFields, Searchable
from pkportal.content.permanent_references import PermanentReferenceField
from pkportal.content.queries import IsAmong, compiled, keys_of
from pkportal.content.search_index import search_field, search_query
from pkportal.sources.cited import Cites, cited_field
from pkportal.sources.fields import MarkdownField
from pkportal.sources.models import Source
from pkportal.sources.sourced import Sourced

from .action import RemedialAction
from .proof import faults_of_proof
from .terms import CapabilityLine, LessonKind, Maturity
from .theme import Theme

TEXT_FIELDS = ["observation", "discussion", "conclusion", "recommendation", "applies_when", "does_not_apply_when"]


class ArrayIntersection(Func):
    """The values that two arrays have in common, sorted."""

    template = "ARRAY(SELECT unnest(%(expressions)s) ORDER BY 1)"
    arg_joiner = ") INTERSECT SELECT unnest("


@cache
def _linked_names():
    """Return the codes and names of the public missions and of the themes of a lesson, to annotate lessons with."""
    missions = Mission.objects.published().filter(lessons=OuterRef("pk")).order_by("-start_date", "code")
    themes = Theme.objects.filter(lessons=OuterRef("pk")).order_by("name__name_order")
    names = {
        "mission_names": missions.as_json(code="code", name="name", acronym="acronym"),
        "theme_names": themes.as_json(code="code", name="name"),
    }
    return {name: compiled(Lesson, subquery) for name, subquery in names.items()}


class LessonQuerySet(PageQuerySet):
    """Query set of lessons."""

    def for_list(self):
        """Load what one row of a list shows, with the public missions and the themes of each lesson."""
        missions = models.Prefetch("missions", Mission.objects.published().only("code", "name", "acronym"))
        themes = models.Prefetch("themes", Theme.objects.only("code", "name"))
        return self.only("number", "title", "kind", "maturity", "conclusion", "is_checked").prefetch_related(
            missions, themes
        )

    def list_values(self):
        """Load what one row of the public list shows as a dict, which costs less than a model instance."""
        return self.values("number", "title", "maturity", "conclusion", "is_checked").annotate(**_linked_names())

    def for_detail(self):
        """Load everything the lesson's own page shows, in a fixed number of queries."""
        missions = models.Prefetch("missions", Mission.objects.published().for_timeline())
        recurring = Lesson.objects.published().only("number", "title", "maturity").prefetch_related(missions)
        return (
            self.select_related("maturity_source")
            .defer("search", "maturity_source__search")
            .prefetch_related(
                missions,
                models.Prefetch("themes", Theme.objects.only("code", "name")),
                models.Prefetch("recurrence_of", recurring),
                models.Prefetch("recurs_in", recurring),
                models.Prefetch("remedial_actions", RemedialAction.objects.for_detail()),
            )
        )

    def q(self, words):
        """Keep lessons whose title or text has these words."""
        return self.filter(search=search_query(words))

    def dotmlpfi(self, lines):
        """Keep lessons whose remedy is along one of these lines of DOTMLPFI."""
        return self.filter(dotmlpfi__overlap=lines)

    def type(self, types):
        """Keep lessons of public missions of these types."""
        return self._of_missions(type__in=types)

    def region(self, regions):
        """Keep lessons of public missions in these regions."""
        return self._of_missions(region__in=regions)

    def _of_missions(self, **condition):
        missions = keys_of(Mission.objects.published().filter(**condition))
        links = Lesson.missions.through.objects.filter(IsAmong(F("mission"), missions), lesson=OuterRef("pk"))
        return self.filter(Exists(links))

    def newest(self, number):
        """Return the newest lessons, at most this many, in the order of their numbers."""
        return [*self.order_by("-number").for_links()[:number]][::-1]

    def count_of(self, mission):
        """Return the number of lessons of a mission as an SQL expression: ``count_of(OuterRef("pk"))``."""
        counted = self.filter(missions=mission).order_by().values("missions").annotate(number=Count("*"))
        return Coalesce(Subquery(counted.values("number")), 0)

    def concerning_most_of(self, missions):
        """Order the lessons of some missions by how many of these they concern (``mission_count``).

        ``lesson_count`` is the number of all of them.
        """
        counted = self.filter(missions__in=[mission.pk for mission in missions]).annotate(
            mission_count=Count("missions"), lesson_count=Window(Count("*"))
        )
        return counted.order_by("-mission_count", "-is_checked", "number").only(
            "number", "title", "maturity", "is_checked"
        )

    def related_to(self, lesson):
        """Keep lessons that share a theme or a mission with this one, the most closely related first.

        Each gets ``shared_themes``, ``shared_missions`` and ``shared_lines``. A shared theme or mission counts twice,
        a shared line of remedy once; a shared line alone does not relate two lessons.
        """
        themes = Theme.objects.filter(lessons=lesson).filter(lessons=OuterRef("pk")).order_by("name__name_order")
        missions = Mission.objects.published().filter(lessons=lesson).filter(lessons=OuterRef("pk"))
        missions = missions.order_by("start_date", "code")
        short_name = Coalesce(NullIf("acronym", Value("")), "name")
        lines = Value(lesson.dotmlpfi, output_field=self.model._meta.get_field("dotmlpfi"))
        return (
            self.exclude(pk=lesson.pk)
            .filter(Exists(themes) | Exists(missions))
            .annotate(
                shared_themes=ArraySubquery(themes.values("name")),
                shared_missions=ArraySubquery(missions.values_list(short_name)),
                shared_lines=ArrayIntersection("dotmlpfi", lines),
            )
            .order_by(-(2 * F("shared_themes__len") + 2 * F("shared_missions__len") + F("shared_lines__len")), "number")
        )


@keep_counts(["kind", "maturity", "is_checked", "dotmlpfi", "status", "published_at"])
@keep_link_sets("missions", "themes")
@track_history("sources", "missions", "themes", "recurrence_of")
class Lesson(Searchable, Publishable, AIAssisted, Cites, Sourced):
    """An issue or a best practice: what was observed, what to conclude from it, and what should be done."""

    key_fields = ["number"]
    reference_prefix = "PK-L"
    page = Page("lesson", key="number")
    result_fields = ResultFields(title="title", text="conclusion", details=("number", "kind"))
    search_fields = {
        "mission": "missions",
        "theme": "themes",
        "type": ["kind", "maturity", "missions__type"],
        "nation": ["missions__host_countries", "missions__contributions__country"],
        "region": "missions__region",
    }
    checked_fields = ["title", "kind", "maturity", "maturity_source_id", *TEXT_FIELDS]

    number = PermanentReferenceField(
        _("number"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^PK-L-[0-9]{4,}\Z", _("A lesson's number is like PK-L-0042."))],
        help_text=_("For example PK-L-0042. It is given when the lesson is saved, and never used again."),
    )
    title = models.CharField(_("title"), max_length=120, help_text=_("Write it as a rule, not as a subject."))
    kind = models.CharField(_("kind"), max_length=14, choices=LessonKind, default=LessonKind.ISSUE)
    maturity = models.CharField(_("stage"), max_length=18, choices=Maturity, default=Maturity.OBSERVATION)
    maturity_source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="proved_lessons",
        verbose_name=_("proof of the stage"),
        null=True,
        blank=True,
        help_text=_("The source that shows this stage; a lesson learned must have one."),
    )
    maturity_as_of = PartialDateField(_("date of the stage"), null=True, blank=True)
    observation = MarkdownField(_("observation"))
    discussion = MarkdownField(_("discussion"), blank=True)
    conclusion = MarkdownField(_("conclusion"), blank=True)
    recommendation = MarkdownField(_("recommendation"), blank=True)
    applies_when = MarkdownField(_("applies when"), blank=True)
    does_not_apply_when = MarkdownField(_("does not apply when"), blank=True)
    missions = models.ManyToManyField(Mission, verbose_name=_("missions"), related_name="lessons", blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="lessons", blank=True)
    dotmlpfi = ArrayField(
        models.CharField(max_length=16, choices=CapabilityLine),
        verbose_name=_("capability areas (DOTMLPFI)"),
        default=list,
        blank=True,
    )
    recurrence_of = models.ManyToManyField(
        "self", verbose_name=_("recurrence of"), symmetrical=False, related_name="recurs_in", blank=True
    )
    reference = models.GeneratedField(  # the number itself
        expression=F("number"),
        output_field=models.CharField(_("reference"), max_length=12),
        db_persist=True,
        unique=True,
    )
    is_checked = checked_field(*checked_fields)
    cited = cited_field(*TEXT_FIELDS)
    search = search_field("title", *TEXT_FIELDS, words=["number"])

    objects = LessonQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["number"]
        indexes = [
            GinIndex(fields=["search"], name="lesson_search"),
            GinIndex(fields=["cited"], name="lesson_cited"),
            # late pages in this order are found without the rows, which have long texts
            models.Index(name_key("title"), "id", include=["status", "published_at", "title"], name="lesson_by_title"),
            models.Index(
                fields=["-published_at", "-number"], name="lesson_newest_checked", condition=Q(is_checked=True)
            ),
            models.Index(fields=["id", "published_at"], name="lesson_public", condition=Q(status=Status.PUBLISHED)),
            # all that the facets of the list count by: the texts of 100,000 lessons need not be read for them
            models.Index(
                fields=["maturity", "kind", "is_checked", "dotmlpfi", "status", "published_at", "id"],
                name="lesson_facets",
            ),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="lesson_number_is_one",
                condition=Q(number__regex=r"^PK-L-[0-9]{4,}$"),
                violation_error_message=_("A lesson's number is like PK-L-0042."),
            ),
            models.CheckConstraint(
                name="lesson_learned_has_proof",
                condition=~Q(maturity=Maturity.LEARNED) | Q(maturity_source__isnull=False),
                violation_error_message=_("A lesson learned needs the source that shows it."),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def path(self):
        """Return each step of maturity with ``past``, ``here`` or ``ahead``, relative to the lesson's own maturity."""
        steps_of_issue = [Maturity.OBSERVATION, Maturity.IDENTIFIED, Maturity.LEARNED]
        steps_of_practice = [Maturity.OBSERVATION, Maturity.BEST_PRACTICE]
        steps = steps_of_practice if Maturity.BEST_PRACTICE in {self.kind, self.maturity} else steps_of_issue
        if self.maturity not in steps:  # a best practice can be identified and learned as any lesson can
            steps = steps_of_issue
        here = steps.index(self.maturity)
        return [(step, "past" if i < here else "ahead" if i > here else "here") for i, step in enumerate(steps)]

    def reasons(self):
        """Return why ``related_to`` found this lesson: pairs of what is shared, and the names of what is shared."""
        lines = [CapabilityLine(line).label for line in self.shared_lines]
        shared = [
            (ngettext("same theme", "same themes", len(self.shared_themes)), self.shared_themes),
            (ngettext("same mission", "same missions", len(self.shared_missions)), self.shared_missions),
            (ngettext("same capability area", "same capability areas", len(lines)), lines),
        ]
        return [(label, ", ".join(map(str, names))) for label, names in shared if names]

    def recurrence(self):
        """Return the lessons it repeats, itself, and those that repeat it, by the start of their first missions."""

        def first_start(lesson):
            return min((mission.start_date for mission in lesson.missions.all()), default="")

        chain = [*self.recurrence_of.all(), self, *self.recurs_in.all()]
        return sorted(chain, key=lambda lesson: (first_start(lesson), lesson.number))

    def obstacles(self):
        """A lesson needs a conclusion and a source, and cannot be a recurrence of itself."""
        if not self.conclusion:
            yield _("It has no conclusion.")
        if not self.cited and not self.sources.exists():
            yield _("It cites no source.")
        if self.recurrence_of.filter(pk=self.pk).exists():
            yield _("It is a recurrence of itself.")
        if self.maturity == Maturity.LEARNED and self.maturity_source:
            yield from faults_of_proof(self)
