"""Mandates: the instruments that a mission is based on, and how one derives from another."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import AIAssisted, checked_field
from pkportal.content.cycles import refuse_cycle
from pkportal.content.dates import PartialDateField, may_reach
from pkportal.content.history import track_history
from pkportal.content.models import Part, RecordQuerySet
from pkportal.content.name_order import name_key
from pkportal.content.pages import Page, ResultFields, Searchable, WrittenForm
from pkportal.content.search_index import search_field, search_query
from pkportal.sources.cited import Cites, cited_field
from pkportal.sources.fields import MarkdownField
from pkportal.sources.sourced import Sourced

from .mission import Mission

# ways to write a resolution: S/RES/1244 (1999), RES/1244, UNSCR 1244, UN Security Council resolution no. 1244, 1244
_number, _year = r"(?P<number>[0-9]{3,4})(?![0-9])", r"(?:\s*(?:\((?:19|20)[0-9]{2}\)|/(?:19|20)[0-9]{2}))?"
_body = r"(?:\b(?:UN|U\.N\.|United Nations)\s+)?(?:\b(?:Security\s+Council|UNSC|SC)\s+)?"
_resolution = r"r[eé]s(?:olu(?:tions?|ci[oó]n|tie))?|risoluzione"  # in English, French, German, Spanish, Dutch, Italian
_word = rf"\b(?:SC?/?RES/?|(?:S/)?(?:{_resolution})[./\s-]*|(?:UN)?SCR[\s-]*|UNSC[\s-]*)(?:(?:n[or°º]|number)\.?\s*)?"
_word_after = r"\s+(?:UNSCR|SCR|(?:UN\s+)?(?:Security\s+Council\s+)?resolution)\b"
RESOLUTION_FORMS = [
    WrittenForm(pattern, r"\g<number>", r"S/RES/\g<number>")
    for pattern in [_body + _word + _number + _year, r"\b" + _number + _word_after, rf"\A\s*{_number}{_year}\s*\Z"]
]


class MandateKind(models.TextChoices):
    """What sort of instrument a mandate is."""

    RESOLUTION = "unsc-resolution", _("Security Council resolution")
    NAC = "nac-decision", _("North Atlantic Council decision")
    AGREEMENT = "agreement", _("agreement")
    CONSENT = "host-consent", _("host consent")
    ROE = "rules-of-engagement", _("rules of engagement")
    OTHER = "eu-or-other", _("European Union or other")

    @property
    def meaning(self):
        """Return one sentence that explains this kind of instrument."""
        return MEANINGS[self.value]


MEANINGS = {
    "unsc-resolution": _("A decision of the Security Council of the United Nations."),
    "nac-decision": _("A decision of NATO's members in the North Atlantic Council, taken by consensus."),
    "agreement": _("An agreement in writing; it binds those who made it."),
    "host-consent": _("The consent of the state on whose territory the mission works."),
    "rules-of-engagement": _("Directives that say when and how force may be used."),
    "eu-or-other": _("A decision of the European Union or of another organisation."),
}


class Chapter(models.TextChoices):
    """The chapter of the UN Charter that a resolution invokes."""

    NONE = "none", _("none")
    VI = "VI", _("Chapter VI")
    VII = "VII", _("Chapter VII")
    VIII = "VIII", _("Chapter VIII")


class Availability(models.TextChoices):
    """How much of an instrument the public can read."""

    TEXT = "text", _("public text")
    EXISTENCE = "existence", _("known to exist, text not public")
    REPORTED = "reported", _("known from reports only")


class MandateQuerySet(RecordQuerySet):
    """Query set of mandates."""

    def for_list(self):
        """Load what one row of a list shows, the latest first."""
        rows = self.select_related("mission").only(
            "code",
            "symbol",
            "title",
            "kind",
            "adopted",
            "expires",
            "chapter",
            "derives_from",
            "is_checked",
            "ai_assisted",
            "mission__code",
            "mission__name",
            "mission__acronym",
        )
        return rows.order_by(F("adopted").desc(nulls_last=True), "code")

    def for_detail(self):
        """Load a mandate with the public mandates that it derives from and that derive from it."""
        public = type(self)(self.model).published().for_list()
        return (
            self.select_related("mission")
            .defer("search", "mission__search", "mission__summary", "mission__outcome")
            .prefetch_related(Prefetch("derives_from", public), Prefetch("derived", public.order_by("adopted", "code")))
        )

    def q(self, words):
        """Keep mandates whose symbol, title or text has these words; a number alone finds its resolution."""
        return self.filter(search=search_query(words))

    def since(self, date):
        """Keep what may have been adopted on this date or later; a month or a year begins on its first day."""
        return self.filter(may_reach(date, "adopted"))

    def until(self, date):
        """Keep what may have been adopted on this date or earlier; a month or a year ends on its last day."""
        return self.filter(adopted__lte=date.last.isoformat())


@track_history("sources")
class Mandate(Searchable, Part, AIAssisted, Cites, Sourced):
    """A document that a mission is based on: a resolution, decision, agreement, host consent or rules of engagement."""

    key_fields = ["code"]
    reference_prefix = "MAN"
    part_of = "mission"
    page = Page("mandate", key="code")
    result_fields = ResultFields(title="title", text="authorises", details=("symbol", "adopted", "mission__name"))
    written_forms = RESOLUTION_FORMS
    kind_words = ["resolution", "resolutions"]
    search_fields = {
        "mission": "mission",
        "type": ["kind", "mission__type"],
        "year": "adopted",
        "nation": ["mission__host_countries", "mission__contributions__country"],
        "region": "mission__region",
    }
    checked_fields = ["mission_id", "kind", "symbol", "title", "adopted", "chapter", "authorises", "expires"]

    code = models.SlugField(_("code"), max_length=60, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="mandates", verbose_name=_("mission"))
    kind = models.CharField(_("kind"), max_length=24, choices=MandateKind)
    symbol = models.CharField(_("symbol"), max_length=160, help_text=_("As the document is cited: S/RES/1244 (1999)."))
    title = models.CharField(_("title"), max_length=200)
    adopted = PartialDateField(_("adopted"), null=True, blank=True)
    chapter = models.CharField(_("chapter of the UN Charter"), max_length=4, choices=Chapter, default=Chapter.NONE)
    authorises = MarkdownField(_("what it authorises"), blank=True)
    expires = PartialDateField(_("expires"), null=True, blank=True)
    derives_from = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="derived",
        verbose_name=_("implements"),
        null=True,
        blank=True,
        help_text=_("The document that this one implements."),
    )
    availability = models.CharField(_("availability"), max_length=10, choices=Availability, blank=True)
    is_checked = checked_field(*checked_fields)
    cited = cited_field("authorises")
    search = search_field(["symbol", "title"], "authorises", words=["code", "kind", "adopted"])

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["adopted", "code"]
        indexes = [
            GinIndex(fields=["search"], name="mandate_search"),
            GinIndex(fields=["cited"], name="mandate_cited"),
            models.Index(F("adopted").desc(nulls_last=True), "code", name="mandate_latest"),
            models.Index(F("adopted").asc(nulls_last=True), "id", name="mandate_earliest"),
            models.Index(fields=["mission", "adopted"], name="mandate_by_mission"),
            models.Index(name_key("symbol"), "id", name="mandate_by_symbol"),
        ]

    def __str__(self):
        return f"{self.symbol}: {self.title}"

    @property
    def meaning(self):
        """Return one sentence that explains this kind of instrument."""
        return MandateKind(self.kind).meaning

    def clean(self):
        """Refuse a mandate that would derive from itself, directly or through others."""
        refuse_cycle(self, "derives_from")
