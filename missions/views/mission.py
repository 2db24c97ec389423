"""The list of missions: as a table, as cards, on a timeline, on maps."""

from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from missions.charts.maps import mission_maps
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from missions.filters import MissionFilter
from missions.models import Mission, MissionType, Region, State, hosts_then_and_now, then_and_now
from missions.resources import MissionResource
from pkportal.content.partial_date import PartialDate
from pkportal.website.lists import ALL_ROWS, CARDS, TABLE, DisplayMode, FilteredList
from pkportal.website.presenters import (
    ListColumn,
    first_words,
    kept_line,
    label_column,
    present_records,
    url_prefix,
)


class NameColumns(NamedTuple):
    """What ``mission_name.html`` reads of a mission."""

    name: str
    acronym: str
    operations: str


class DateColumns(NamedTuple):
    """What ``dates.html`` reads of a mission."""

    start_date: PartialDate
    end_date: PartialDate | None
    state: str
    is_ongoing: bool
    is_stale: bool
    last_stated: PartialDate | None


def name_with_link(values: tuple) -> SafeString:
    """Return the name of a mission with its acronym and operations, as a link."""
    code, *names = values
    return kept_line(
        "missions/mission_name.html", mission=NameColumns(*names), address=f"{url_prefix('mission')}{code}/"
    )


def dates_in_words(values: tuple) -> SafeString:
    """Return when a mission ran."""
    return kept_line("missions/dates.html", mission=DateColumns(*values))


TIMELINE, MAP = DisplayMode("timeline", _("Timeline"), ALL_ROWS), DisplayMode("map", _("Map"), ALL_ROWS)
TABLE_COLUMNS = {
    "name": ListColumn(("code", *NameColumns._fields), name_with_link),
    "dates": ListColumn(DateColumns._fields, dates_in_words),
    "type": label_column("type", MissionType, capfirst),
    "region": label_column("region", Region),
    "state": label_column("state", State, capfirst),
    "hosts": ListColumn(
        ("hosts",), lambda hosts: ", ".join(then_and_now(it["then"], it["name"]) for it in hosts), cached=False
    ),
}
CARD_COLUMNS = {
    **TABLE_COLUMNS,
    "beginning": ListColumn(("summary",), lambda text: first_words(text, 30), cached=False),
}


class MissionList(FilteredList):
    """List of missions, with a table, cards, a timeline and maps."""

    filterset_class = MissionFilter
    resource = MissionResource
    nouns = (_("mission"), _("missions"))
    display_modes = (TABLE, CARDS, TIMELINE, MAP)

    def get_queryset(self):
        """Return what the public may read, for staff too: a list is not a preview."""
        return Mission.objects.published()

    def load_rows(self, queryset):
        """Load the missions with the names of their host countries."""
        return queryset.for_list()

    def as_table(self, missions):
        """Return the columns of the table."""
        return {"missions": present_records(missions, TABLE_COLUMNS)}

    def as_cards(self, missions):
        """Return the columns of the cards: those of the table, and the beginning of each summary."""
        return {"missions": present_records(missions, CARD_COLUMNS)}

    def as_timeline(self, missions):
        """Return the timeline of the missions, with its legend and the URL of the same missions as a table."""
        timeline = mission_timeline(missions)
        return {
            "timeline": timeline,
            "legend": timeline_legend(timeline),
            "table": self.address(self.query_with(view=None)),
        }

    def as_map(self, missions):
        """Return the maps of the missions, of Europe and of the world, and the URL of the same missions as a table."""
        prefetch_related_objects(missions, hosts_then_and_now())
        return {"maps": mission_maps(missions, self.host_url), "table": self.address(self.query_with(view=None))}

    def host_url(self, country):
        """Return the URL of the selected missions that worked in a country."""
        return self.address(self.query_with(host=country.iso3, view=None))
