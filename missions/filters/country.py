"""Filter set of the list of nations."""

from django.utils.translation import gettext_lazy as _

from missions.models import Country, standing_today
from pkportal.website.filters import ChoiceFilter, ListFilterSet, SearchFilter


def region_choices() -> list[tuple[str, str]]:
    """Return the regions of all countries as choices."""
    return [(name, name) for name in Country.objects.order_by("region").values_list("region", flat=True).distinct()]


class CountryFilter(ListFilterSet):
    """Filters of the list of nations."""

    q = SearchFilter(label=_("Name or code"))
    standing = ChoiceFilter(
        label=_("Relation to NATO"),
        choices=[("ally", _("ally")), ("partner", _("partner")), ("neither", _("neither"))],
        by=standing_today(),
    )
    region = ChoiceFilter(label=_("Region"), choices=region_choices)

    class Meta:
        model = Country
        fields = ()
