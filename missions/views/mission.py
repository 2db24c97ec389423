"""The list of missions: as a table, as cards, on a timeline, on maps."""

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from missions.charts.maps import mission_maps
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from missions.filters import MissionFilter
from missions.models import NAMED_HOSTS, Mission, MissionType, Region, State
from missions.resources import MissionResource
from pkportal.website.lists import ALL_ROWS, CARDS, TABLE, DisplayMode, FilteredList, first_words, url_prefix

TIMELINE, MAP = DisplayMode("timeline", _("Timeline"), ALL_ROWS), DisplayMode("map", _("Map"), ALL_ROWS)
CODES = {"type": MissionType, "region": Region, "state": State}


class MissionList(FilteredList):
    """The missions, narrowed by what the visitor asks."""

    filterset_class = MissionFilter
    rows = MissionResource
    nouns = (_("mission"), _("missions"))
    display_modes = (TABLE, CARDS, TIMELINE, MAP)

    def get_queryset(self):
        """List what the public may read, staff included: a list is no preview."""
        return Mission.objects.published().for_rows()

    def as_table(self, missions):
        """Give the missions as the table shows them."""
        return {"missions": present_missions(missions)}

    def as_cards(self, missions):
        """Give the missions with the beginning of their summaries."""
        return {"missions": present_missions(missions, words=30)}

    def as_timeline(self, missions):
        """Draw the missions in the lanes of their areas."""
        lanes = mission_timeline(missions)
        return {"lanes": lanes, "legend": timeline_legend(lanes), "table": self.address(self.other(view=None))}

    def as_map(self, missions):
        """Draw where the missions worked, on a map of Europe and on one of the world."""
        prefetch_related_objects(missions, NAMED_HOSTS)
        return {"maps": mission_maps(missions, self.worked_in), "table": self.address(self.other(view=None))}

    def worked_in(self, country):
        """Give the address of those of the missions that worked in a country."""
        return self.address(self.other(host=country.iso3, view=None))


def present_missions(missions, words=0):
    """Pair each mission with its words for a reader; what rows share is made once a page."""
    codes = {name: {code: str(label) for code, label in codes.choices} for name, codes in CODES.items()}
    at = url_prefix("mission")
    for mission in missions:
        row = {
            "address": f"{at}{mission.code}/",
            "type": capfirst(codes["type"][mission.type]),
            "region": codes["region"][mission.region],
            "state": capfirst(codes["state"][mission.state]),
            "hosts": ", ".join(mission.host_names),
            "beginning": first_words(mission.summary, words) if words else "",
        }
        yield row, mission
