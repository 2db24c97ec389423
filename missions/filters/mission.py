"""What a visitor may ask of the missions."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from missions.models import AndAbove, Command, Country, MandateKind, Mission, MissionType, Region, State
from pkportal.reading.filters import Choice, CodeFilter, Questions, Sort, Words, Year


class MissionFilter(Questions):
    """What a visitor may ask of the list of missions."""

    q = Words()
    type = Choice(label=_("Type"), choices=MissionType.choices)
    region = Choice(label=_("Region"), choices=Region.choices)
    status = Choice("state", label=_("Status"), choices=State.choices)
    host = CodeFilter(Country, label=_("Host country"), method="ask", by="host_countries")
    contributor = CodeFilter(Country, label=_("Contributor"), method="ask", by="contributions__country")
    command = CodeFilter(Command, label=_("Led from"), method="ask", by=AndAbove("commands"))
    mandate = Choice(label=_("Rests on"), choices=MandateKind.choices, method="ask", by="mandates__kind")
    active_in = Year(label=_("Active in the year"), method="ask")
    sort = Sort(
        _("latest start first"),
        {
            "start": (_("earliest start first"), "start_date"),
            "name": (_("name"), "name"),
            "-end": (_("latest end first"), F("end_date").desc(nulls_last=True)),
        },
    )

    class Meta:
        model = Mission
        fields = []
