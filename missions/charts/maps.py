"""The record on a map: what nations gave to a mission, and where missions run."""

from django.utils.translation import gettext as _

from pkportal.charts.geography import EUROPE, WORLD
from pkportal.charts.maps import MapCountry, MapSite, category_map, country_map

HOST, CONTRIBUTOR = "runs", "gave"
CLASS_BOUNDS = [2, 3, 5]  # missions in one country: the first of each class but the lowest


def running_map(missions, contributors):
    """Draw where missions run now, each as a dot, and who has contributed to any."""
    hosts = missions_by_host(missions)
    nations = [
        map_country(it, HOST, _("running here: %(missions)s") % {"missions": ", ".join(called)})
        for it, called in hosts.items()
    ]
    nations += [map_country(it, CONTRIBUTOR, _("has contributed")) for it in contributors if it not in hosts]
    kinds = [(HOST, _("a mission runs there today")), (CONTRIBUTOR, _("has contributed to a mission, now or earlier"))]
    return category_map(WORLD, nations, kinds, [mission_site(it) for it in missions])


def mission_maps(missions, address):
    """Draw on Europe and on the world where missions worked: countries by their number, a dot where there is no host.

    ``address`` gives that of the missions of one country.
    """
    nations = [
        MapCountry(it.iso3, it.name, f"{it.name}: {', '.join(called)}", address(it), number=len(called))
        for it, called in missions_by_host(missions).items()
    ]
    sites = [mission_site(it) for it in missions if not it.host_countries.all()]
    europe, world = (country_map(area, nations, sites, CLASS_BOUNDS) for area in (EUROPE, WORLD))
    return [europe._replace(absent=[]), world]  # what lies outside Europe is on the other map


def missions_by_host(missions):
    """Pair each host country with what the missions in it are called."""
    hosts = {}
    for mission in missions:
        for host in mission.host_countries.all():
            hosts.setdefault(host, []).append(mission.called)
    return hosts


def map_country(country, look, words):
    """Give one country its look and its words."""
    return MapCountry(country.iso3, country.name, f"{country.name}: {words}", country.get_absolute_url(), look=look)


def mission_site(mission):
    """Make the dot of one mission."""
    return MapSite(mission.called, mission.name, mission.get_absolute_url(), mission.latitude, mission.longitude)
