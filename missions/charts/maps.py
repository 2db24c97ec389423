"""The record on a map: what nations gave to a mission, and where missions run."""

from django.utils.translation import gettext as _

from pkportal.charts.geography import EUROPE, WORLD
from pkportal.charts.maps import MapCountry, MapSite, category_map, country_map

HOST, CONTRIBUTOR = "runs", "gave"
MIN_COUNTRIES = 3  # nations; fewer are read faster in their table
CLASS_BOUNDS = [2, 3, 5]  # missions in one country: the first of each class but the lowest


def contingent_map(force, date, mission):
    """Draw what nations gave to a mission on a date, linked to their figures; nothing for a handful."""
    if len(force.parts) < MIN_COUNTRIES:
        return None
    return country_map(EUROPE, [contingent_country(part, date, mission) for part in force.parts])


def contingent_country(part, date, mission):
    """Say what one nation gave, when, and who says so."""
    source = part.figures[0].source.title
    quantity = f"{part.value_state.before} {part.quantity:,}".strip()
    return MapCountry(
        iso3=part.country.iso3,
        name=part.country.name,
        says=f"{part.country.name}: {quantity}, {date.in_words}. {source}",
        address=mission.figures_address(country=part.country.iso3),
        number=part.quantity,
    )


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
