"""Nations: those that send, those that host, those that pay."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pkportal.content.dates import DayField, is_plausible
from pkportal.content.history import track_history
from pkportal.content.models import RecordQuerySet, public
from pkportal.content.pages import OtherNames, Page, ResultFields, Searchable
from pkportal.content.queries import IsAmong, keys_of
from pkportal.content.search_index import search_field, search_query
from pkportal.content.unaccent import unaccent


class Partnership(models.TextChoices):
    """The framework in which a nation that is not an ally works with NATO."""

    NONE = "none", _("none")
    PFP = "PfP/EAPC", _("Partnership for Peace / Euro-Atlantic Partnership Council")
    MD = "MD", _("Mediterranean Dialogue")
    ICI = "ICI", _("Istanbul Cooperation Initiative")
    GLOBAL = "global partner", _("global partner")


def standing_today() -> models.Case:
    """Return the SQL expression of a nation's standing with NATO today: ally, partner or neither."""
    is_ally = models.When(joined_on__lte=TruncDate(Now()), then=models.Value("ally"))
    is_outside = models.When(partnership=Partnership.NONE, then=models.Value("neither"))
    return models.Case(is_ally, is_outside, default=models.Value("partner"))


class CountryQuerySet(RecordQuerySet):
    """Query set of countries."""

    def for_list(self):
        """Load what one row of the list shows: the nation, and the numbers of its public figures and missions.

        ``figure_counts`` are the numbers of its figures, one for each mission, which an index counts.
        """
        figures, hosted = (self.model._meta.get_field(name) for name in ["contributions", "hosted_missions"])
        missions = hosted.related_model.objects.published()
        by_mission = figures.related_model.objects.filter(
            IsAmong(models.F("mission"), keys_of(missions)), country=models.OuterRef("pk")
        ).order_by()
        return self.annotate(
            figure_counts=ArraySubquery(by_mission.values("mission").annotate(n=models.Count("*")).values("n")),
            hosted_keys=keys_of(missions.filter(host_countries=models.OuterRef("pk"))),
            is_ally=models.ExpressionWrapper(models.Q(joined_on__lte=timezone.localdate()), models.BooleanField()),
        ).defer("search")

    def contributors(self):
        """Keep nations with a contribution to a public mission."""
        figures = self.model._meta.get_field("contributions").related_model.objects
        given = figures.filter(public("mission"), country=models.OuterRef("pk"))
        return self.filter(models.Exists(given)).only("iso3", "name").order_by("name__name_order")

    def q(self, words):
        """Keep countries that have these words or codes, or whose name contains these letters."""
        typed = words.strip()
        names = self.model._meta.get_field("other_names").related_model.objects.filter(name=typed)
        found = models.Q(search=search_query(words)) | models.Q(name__unaccented__icontains=unaccent(typed))
        found |= models.Q(iso3=typed.upper()) | models.Q(iso2=typed.upper())
        return self.filter(found | models.Q(pk__in=names.values("country")))

    def standing(self, standings):
        """Keep allies, partners in one of NATO's frameworks, and those that are neither, as of today: some of these."""
        return self.alias(standing_now=standing_today()).filter(standing_now__in=standings)


@track_history()
class Country(Searchable):
    """A country or territory, known by its ISO 3166-1 code; XKX for Kosovo is user-assigned."""

    key_fields = ["iso3"]
    reference_prefix = "NAT"
    page = Page("country", key="iso3")
    result_fields = ResultFields(title="name", text="region")
    names_in = OtherNames("other_names", without=("code_cow", "code_gw", "code_m49"), codes=("iso3", "iso2"))
    search_fields = {"nation": "pk", "region": "region", "mission": ["hosted_missions", "contributions__mission"]}

    iso3 = models.CharField(
        _("ISO code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("An ISO code is three capital letters, such as ITA."))],
    )
    iso2 = models.CharField(
        _("two-letter code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("A two-letter code is two capital letters, such as IT."))],
    )
    name = models.CharField(_("name"), max_length=80, unique=True)
    region = models.CharField(_("region"), max_length=60)
    joined_on = DayField(
        _("joined NATO on"),
        null=True,
        blank=True,
        help_text=_("Empty for a nation that is not an ally."),
    )
    partnership = models.CharField(_("partnership"), max_length=20, choices=Partnership, default=Partnership.NONE)
    search = search_field("name", "region")  # no codes: IED would be read as a form of IE, arms of ARM

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name__name_order"]
        indexes = [GinIndex(fields=["search"], name="country_search")]
        constraints = [
            models.CheckConstraint(
                name="country_joined_on_is_plausible",
                condition=is_plausible("joined_on"),
                violation_error_message=_("The day of joining is a plausible date, from 1900 on."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def mission_count(self):
        """The number of public missions that it contributed to, in a list."""
        return len(self.figure_counts)

    @property
    def figure_count(self):
        """The number of its public figures, in a list."""
        return sum(self.figure_counts)

    @property
    def hosted_count(self):
        """The number of public missions that it hosted, in a list."""
        return len(self.hosted_keys)

    def is_ally_on(self, date):
        """True if the nation was a member of NATO on this day."""
        return self.joined_on is not None and self.joined_on <= date
