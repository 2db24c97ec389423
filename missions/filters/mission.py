"""Filter set of the list of missions."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from missions.models import Command, Country, MandateKind, Mission, MissionType, Region, State, WithSuperiors
from pkportal.website.filters import (
    ChoiceFilter,
    ListFilterSet,
    OrderingFilter,
    RecordChoiceFilter,
    SearchFilter,
    YearFilter,
)


class MissionFilter(ListFilterSet):
    """Filters of the list of missions."""

    q = SearchFilter()
    type = ChoiceFilter(label=_("Type"), choices=MissionType.choices)
    region = ChoiceFilter(label=_("Region"), choices=Region.choices)
    status = ChoiceFilter("state", label=_("Status"), choices=State.choices)
    host = RecordChoiceFilter(Country, label=_("Host country"), method="queryset_method", by="host_countries")
    contributor = RecordChoiceFilter(
        Country, label=_("Contributor"), method="queryset_method", by="contributions__country"
    )
    command = RecordChoiceFilter(Command, label=_("Command"), method="queryset_method", by=WithSuperiors("commands"))
    mandate = ChoiceFilter(
        label=_("Legal basis"), choices=MandateKind.choices, method="queryset_method", by="mandates__kind"
    )
    active_in = YearFilter(label=_("Active in year"), method="queryset_method", min_value=1949, max_value=2100)
    sort = OrderingFilter(
        _("latest start first"),
        {
            "start": (_("earliest start first"), "start_date"),
            "name": (_("name"), "name"),
            "-end": (_("latest end first"), F("end_date").desc(nulls_last=True)),
        },
    )

    class Meta:
        model = Mission
        fields = ()
