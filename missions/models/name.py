"""Other names of countries and missions: former, short and French names, names of operations, other codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pkportal.content.dates import PartialDateField, ends_after_it_starts
from pkportal.content.history import track_history
from pkportal.content.models import Part, Record
from pkportal.content.pages import Page
from pkportal.content.search_index import words_index

from .country import Country
from .mission import Mission

FROM_HELP = _("The first day, month or year in which the name was in use; empty if it is not known.")
TO_HELP = _("The last day, month or year in which the name was in use; empty while it is.")

# what a page shows of each, as JSON in the query of the mission or the country
OTHER_NAME_COLUMNS = {name: name for name in ["reference", "name", "kind", "from_date", "to_date"]}


class CountryNameKind(models.TextChoices):
    """What sort of name of a country it is; the same code of two kinds may mean two countries."""

    OFFICIAL = "official", _("official name")
    SHORT = "short", _("short name")
    FORMER = "former", _("former name")
    ADJECTIVE = "adjective", _("adjective")
    FRENCH = "french", _("French name")
    FRENCH_OFFICIAL = "french_official", _("official name in French")
    OWN_LANGUAGE = "own_language", _("name in a language of the country")
    OTHER_LANGUAGE = "other_language", _("name in another language")
    COW = "code_cow", _("code of the Correlates of War")
    GLEDITSCH_WARD = "code_gw", _("code of Gleditsch and Ward")
    M49 = "code_m49", _("M49 code of the United Nations")
    OTHER_CODE = "code_other", _("other code")


class MissionNameKind(models.TextChoices):
    """What sort of name of a mission it is."""

    OFFICIAL = "official", _("official name")
    OPERATION = "operation", _("name of an operation")
    ACRONYM = "acronym", _("acronym")
    POPULAR = "popular", _("popular name")
    FORMER = "former", _("former name")
    FRENCH = "french", _("French name")


@track_history()
class CountryName(Record):
    """Another name of a country, or its code in another list, with the time in which it was in use."""

    key_fields = ["country", "name", "kind"]
    reference_prefix = "CN"
    shown_on = Page("country", key="country__iso3")

    country = models.ForeignKey(Country, models.CASCADE, related_name="other_names", verbose_name=_("country"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=CountryNameKind)
    from_date = PartialDateField(_("from"), null=True, blank=True, help_text=FROM_HELP)
    to_date = PartialDateField(_("to"), null=True, blank=True, help_text=TO_HELP)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("name of a country")
        verbose_name_plural = _("names of countries")
        ordering = ["country__iso3", "kind", "name__name_order"]
        indexes = [words_index("name", name="country_name_words")]
        constraints = [
            models.UniqueConstraint(fields=["country", "name", "kind"], name="country_name_key"),
            models.CheckConstraint(
                name="country_name_ends_after_it_starts",
                condition=ends_after_it_starts("from_date", "to_date"),
                violation_error_message=_("A name cannot go out of use before it came into use."),
            ),
        ]

    def __str__(self):
        return self.name


@track_history()
class MissionName(Part):
    """Another name of a mission or of one of its operations, with the time in which it was in use."""

    key_fields = ["mission", "name", "kind"]
    reference_prefix = "MN"
    shown_on = Page("mission", key="mission__code")
    part_of = "mission"

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="other_names", verbose_name=_("mission"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=MissionNameKind)
    from_date = PartialDateField(_("from"), null=True, blank=True, help_text=FROM_HELP)
    to_date = PartialDateField(_("to"), null=True, blank=True, help_text=TO_HELP)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("name of a mission")
        verbose_name_plural = _("names of missions")
        ordering = ["mission__code", "kind", "name__name_order"]
        indexes = [words_index("name", name="mission_name_words")]
        constraints = [
            models.UniqueConstraint(fields=["mission", "name", "kind"], name="mission_name_key"),
            models.CheckConstraint(
                name="mission_name_ends_after_it_starts",
                condition=ends_after_it_starts("from_date", "to_date"),
                violation_error_message=_("A name cannot go out of use before it came into use."),
            ),
        ]

    def __str__(self):
        return self.name
