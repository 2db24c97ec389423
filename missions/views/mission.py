"""The list of missions, as a table and as cards."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from missions.filters import MissionFilter
from missions.models import Mission, MissionType, Region, State
from missions.rows import MissionRows
from pkportal.reading.lists import CARDS, TABLE, FilteredList, address_before, beginning

CODES = {"type": MissionType, "region": Region, "state": State}


class MissionList(FilteredList):
    """The missions, narrowed by what the visitor asks."""

    filterset_class = MissionFilter
    rows = MissionRows
    nouns = (_("mission"), _("missions"))
    views = (TABLE, CARDS)

    def get_queryset(self):
        """List what the public may read, staff included: a list is no preview."""
        return Mission.objects.published().for_rows()

    def as_table(self, missions):
        """Give the missions as the table shows them."""
        return {"missions": shown(missions)}

    def as_cards(self, missions):
        """Give the missions with the beginning of their summaries."""
        return {"missions": shown(missions, words=30)}


def shown(missions, words=0):
    """Pair each mission with its words for a reader; what rows share is made once a page."""
    codes = {name: {code: str(label) for code, label in codes.choices} for name, codes in CODES.items()}
    at = address_before("mission")
    for mission in missions:
        row = {
            "address": f"{at}{mission.code}/",
            "type": capfirst(codes["type"][mission.type]),
            "region": codes["region"][mission.region],
            "state": capfirst(codes["state"][mission.state]),
            "hosts": ", ".join(mission.host_names),
            "beginning": beginning(mission.summary, words) if words else "",
        }
        yield row, mission
