"""Filter set of the list of nations."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Count, F, Func, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from missions.models import Contribution, Country, Fatality, Mission, Partnership, standing_today
from pkportal.content.queries import IsAmong, keys_of
from pkportal.website.filters import ChoiceFilter, ListFilterSet, OrderingFilter, SearchFilter
from pkportal.website.ordering import ListedOrder

FIGURES = Contribution.objects.filter(
    IsAmong(F("mission"), keys_of(Mission.objects.published())), country=OuterRef("pk")
).order_by()
ALL_DEATHS = Fatality.objects.published().filter(country=OuterRef("pk"))
DEATHS = ALL_DEATHS.latest_of_each()


class ArraySum(Func):
    """The sum of the numbers in an array, 0 for an empty one."""

    template = "(SELECT coalesce(sum(number), 0) FROM unnest(%(expressions)s) AS number)"
    output_field = BigIntegerField()


MISSION_COUNT = Func(
    ArraySubquery(FIGURES.values("mission").distinct()), function="cardinality", output_field=BigIntegerField()
)
FIGURE_COUNT = ArraySum(ArraySubquery(FIGURES.values("mission").annotate(number=Count("*")).values("number")))
HOSTED_COUNT = Func(
    keys_of(Mission.objects.published().filter(host_countries=OuterRef("pk"))),
    function="cardinality",
    output_field=BigIntegerField(),
)
JOINED = F("joined_on").asc(nulls_last=True)
DEATH_COUNT = ArraySum(ArraySubquery(DEATHS.values("cumulative")))
DEATH_SCOPES = ALL_DEATHS.exclude(scope="").as_json(
    mission=Coalesce(NullIf("mission__acronym", Value("")), "mission__name"), scope="scope"
)


def region_choices() -> list[tuple[str, str]]:
    """Return the regions of all countries as choices."""
    regions = Country.objects.order_by("region__name_order").values_list("region", flat=True).distinct()
    return [(name, name) for name in regions]


class CountryFilter(ListFilterSet):
    """Filters of the list of nations."""

    q = SearchFilter(label=_("Name or code"))
    standing = ChoiceFilter(
        label=_("Relation to NATO"),
        choices=[("ally", _("ally")), ("partner", _("partner")), ("neither", _("neither"))],
        by=standing_today(),
    )
    region = ChoiceFilter(label=_("Region"), choices=region_choices)
    sort = OrderingFilter(
        _("name"),
        {
            "-name": (_("name, Z to A"), "-name__name_order"),
            "-missions": (_("most missions"), MISSION_COUNT.desc(), "name__name_order"),
            "-figures": (_("most figures"), FIGURE_COUNT.desc(), "name__name_order"),
            "-hosted": (_("most missions hosted"), HOSTED_COUNT.desc(), "name__name_order"),
            "-deaths": (_("most deaths on record"), DEATH_COUNT.desc(), "name__name_order"),
            "relation": (_("relation to NATO"), JOINED, ListedOrder("partnership", Partnership).asc()),
            "region": (_("region"), "region__name_order", "name__name_order"),
        },
    )

    class Meta:
        model = Country
        fields = ()
