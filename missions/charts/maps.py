"""Maps of where missions run or ran."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from missions.models import Country, Mission, called_on
from pkportal.charts.geography import EUROPE, SMALL_WORLD, WORLD
from pkportal.charts.maps import MapChart, MapCountry, MapSite, category_map, country_map, with_inset

HOST, STALE, CONTRIBUTOR = "runs", "stale", "gave"
CLASS_BOUNDS = [2, 3, 5]  # missions in one country: where all classes but the first begin


def running_map(missions: Sequence[Mission], contributors: Iterable[Country]) -> MapChart:
    """Draw where missions go on, as last stated, with a dot for each, and which nations have contributed to any.

    The map is of Europe; its inset, the world, has what is elsewhere. What was last stated more than two years ago is
    dimmed, and so is a host that has no other mission.
    """
    recent = missions_by_host(mission for mission in missions if not mission.is_stale)
    hosts = missions_by_host(missions)
    nations = [
        map_country(
            host,
            HOST if host in recent else STALE,
            _("ongoing here, as last stated: %(missions)s") % {"missions": ", ".join(names)},
        )
        for host, names in hosts.items()
    ]
    others = [country for country in contributors if country not in hosts]
    nations += [map_country(country, CONTRIBUTOR, _("has contributed")) for country in others]
    legend = [
        (HOST, _("ongoing mission, stated within two years")),
        (STALE, _("ongoing mission, last stated longer ago")),
        (CONTRIBUTOR, _("has contributed to a mission, now or earlier")),
    ]
    europe = category_map(EUROPE, nations, legend, [ongoing_site(mission) for mission in missions])
    return with_inset(europe, SMALL_WORLD)


def ongoing_site(mission: Mission) -> MapSite:
    """Return the place of a mission that goes on, dimmed if that was last stated more than two years ago."""
    stated = _("%(mission)s: as last stated %(date)s")
    description = stated % {"mission": mission.name, "date": mission.last_stated.on_or_in}
    return mission_site(mission)._replace(description=description, css_class=STALE if mission.is_stale else "")


def mission_maps(missions: Sequence[Mission], address: Callable[[Country], str]) -> list[MapChart]:
    """Draw where missions worked, on Europe and on the world: countries by number of missions, others as dots.

    ``address`` returns the address of the missions of a country. The hosts need their ``former`` names.
    """
    called = {host: host_called(host, missions) for host in missions_by_host(missions)}
    nations = [
        MapCountry(host.iso3, called[host], f"{called[host]}: {', '.join(names)}", address(host), number=len(names))
        for host, names in missions_by_host(missions).items()
    ]
    sites = [mission_site(mission) for mission in missions if not mission.host_countries.all()]
    europe, world = (country_map(area, nations, sites, CLASS_BOUNDS) for area in (EUROPE, WORLD))
    return [europe._replace(absent=[]), world]  # what is outside Europe is on the map of the world


def missions_by_host(missions: Iterable[Mission]) -> dict[Country, list[str]]:
    """Return the short names of the missions in each host country."""
    names: dict[Country, list[str]] = {}
    for mission in missions:
        for host in mission.host_countries.all():
            names.setdefault(host, []).append(mission.short_name)
    return names


def host_called(host: Country, missions: Iterable[Mission]) -> str:
    """Return what a host was called as its missions ended, and today; as today if one goes on or the name changed."""
    ends = [mission.end_date for mission in missions if host in mission.host_countries.all()]
    names = {called_on(host.former, host.name, date) for date in ends}
    return names.pop() if len(names) == 1 else host.name


def map_country(country: Country, css_class: str, words: str) -> MapCountry:
    """Return a country for the map, linked to its page."""
    return MapCountry(
        country.iso3, country.name, f"{country.name}: {words}", country.get_absolute_url(), css_class=css_class
    )


def mission_site(mission: Mission) -> MapSite:
    """Return the place of a mission for the map, linked to its page."""
    words = ", ".join(filter(None, [mission.name, mission.operations]))
    return MapSite(mission.short_name, words, mission.get_absolute_url(), mission.latitude, mission.longitude)
