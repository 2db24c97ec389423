"""What a visitor may ask of the nations."""

from django.utils.translation import gettext_lazy as _

from missions.models import Country, standing_today
from pkportal.reading.filters import Choice, Questions, Words


def regions():
    """List the regions that the record's countries lie in."""
    return [(name, name) for name in Country.objects.order_by("region").values_list("region", flat=True).distinct()]


class CountryFilter(Questions):
    """What a visitor may ask of the list of nations."""

    q = Words(label=_("Name or code"))
    standing = Choice(
        label=_("Standing today"),
        choices=[("ally", _("ally")), ("partner", _("partner")), ("neither", _("neither"))],
        method="ask",
        by=standing_today(),
    )
    region = Choice(label=_("Region"), choices=regions)

    class Meta:
        model = Country
        fields = []
