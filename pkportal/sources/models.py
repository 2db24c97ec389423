"""Where the portal's claims come from."""

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from pkportal.content.dates import PartialDateField
from pkportal.content.history import track_history
from pkportal.content.models import RecordQuerySet
from pkportal.content.name_order import name_key
from pkportal.content.pages import Page, ResultFields, Searchable
from pkportal.content.queries import any_of
from pkportal.content.search_index import search_field, search_query
from pkportal.content.unaccent import unaccent


class Grade(models.TextChoices):
    """How close a source is to what it reports."""

    A = "A", _("primary legal or official text")
    B = "B", _("official statement or data sheet")
    C = "C", _("audit, inquiry or parliament")
    D = "D", _("peer-reviewed research")
    E = "E", _("research institute")
    F = "F", _("press")
    G = "G", _("tertiary: encyclopaedia or compilation")
    X = "X", _("AI-assisted and unverified: never enough on its own to check a record")

    @property
    def short(self):
        """Return one word of what it means, for a narrow column."""
        return SHORT_GRADES[self.value]


SHORT_GRADES = {
    "A": _("primary"),
    "B": _("official"),
    "C": _("audit"),
    "D": _("research"),
    "E": _("institute"),
    "F": _("press"),
    "G": _("tertiary"),
    "X": _("unverified"),
}


class SourceKind(models.TextChoices):
    """What sort of document a source is."""

    RESOLUTION = "resolution", _("Security Council resolution")
    TREATY = "treaty", _("treaty")
    OFFICIAL = "official-page", _("official page")
    REPORT = "report", _("report")
    ACADEMIC = "academic", _("academic work")
    DATASET = "dataset", _("dataset")
    NEWS = "news", _("news")


# the rule that decides between rows with a source each: the better grade, then the newer source, then the code, so that
# a reload changes nothing
BEST_SOURCE_FIRST = [
    NullIf("source__grade", Value("")).asc(nulls_last=True),
    F("source__published").desc(nulls_last=True),
    "source__code",
    "pk",
]


class SourceQuerySet(RecordQuerySet):
    """Query set of sources."""

    def for_list(self):
        """Load what one row of a list shows, by title."""
        return self.defer("search").order_by("title__name_order", "pk")

    def q(self, words):
        """Keep sources whose title, publisher or authors have these words."""
        return self.filter(search=search_query(words))

    def publisher(self, texts):
        """Keep sources whose publisher has one of these texts in its name, with accents or without."""
        return self.filter(any_of(Q(publisher__unaccented__icontains=unaccent(text)) for text in texts))


@track_history()
class Source(Searchable):
    """A document that claims and figures are taken from."""

    key_fields = ["code"]
    reference_prefix = "SRC"
    page = Page("source", key="code")
    result_fields = ResultFields(title="title", text="publisher", details=("short_title", "kind"))
    search_fields = {"source": "pk", "type": "kind", "year": "published"}

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9]", _("A code begins with a letter or a digit."))],
        help_text=_("Cites the source in texts: [@code]."),
    )
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(
        _("short title"),
        max_length=30,
        blank=True,
        default="",
        db_default="",
        help_text=_("Used for the source in tables."),
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    published = PartialDateField(_("published"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    search = search_field(["title", "short_title"], "publisher", "authors", words=["code", "published"])

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title__name_order", "code"]
        indexes = [
            GinIndex(fields=["search"], name="source_search"),
            models.Index(name_key("title"), "id", name="source_by_title"),
            models.Index(F("published").desc(nulls_last=True), name_key("title"), "id", name="source_newest"),
            models.Index(F("published").asc(nulls_last=True), name_key("title"), "id", name="source_oldest"),
            models.Index(
                NullIf("grade", Value("")).asc(nulls_last=True), name_key("title"), "id", name="source_by_grade"
            ),
            models.Index(
                NullIf(name_key("publisher"), Value("")).asc(nulls_last=True),
                name_key("title"),
                "id",
                name="source_publisher",
            ),
        ]

        constraints = [
            models.UniqueConstraint(
                fields=["short_title"],
                name="source_short_title",
                condition=~Q(short_title=""),
                violation_error_message=_("Another source has this short title."),
            )
        ]

    @property
    def short_name(self):
        """The short title, or else the title."""
        return self.short_title or self.title

    def __str__(self):
        return self.title
