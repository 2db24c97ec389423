"""The record on a map: what nations gave to a mission, and where missions run."""

from django.utils.translation import gettext as _

from pkportal.figures.geography import EUROPE, WORLD
from pkportal.figures.maps import Nation, Site, country_map, kind_map

RUNS, GAVE = "runs", "gave"
FEWEST = 3  # nations; fewer are read faster in their table
SOME = [2, 3, 5]  # missions in one country: the first of each class but the lowest


def force_map(force, date, mission):
    """Draw what nations gave to a mission on a date, linked to their figures; nothing for a handful."""
    if len(force.parts) < FEWEST:
        return None
    return country_map(EUROPE, [given(part, date, mission) for part in force.parts])


def given(part, date, mission):
    """Say what one nation gave, when, and who says so."""
    source = part.figures[0].source.title
    quantity = f"{part.value_state.before} {part.quantity:,}".strip()
    return Nation(
        iso3=part.country.iso3,
        name=part.country.name,
        says=f"{part.country.name}: {quantity}, {date.in_words}. {source}",
        address=mission.figures_address(country=part.country.iso3),
        number=part.quantity,
    )


def running_map(missions, contributors):
    """Draw where missions run now, each as a dot, and who has contributed to any."""
    hosts = hosts_of(missions)
    nations = [
        nation(it, RUNS, _("running here: %(missions)s") % {"missions": ", ".join(called)})
        for it, called in hosts.items()
    ]
    nations += [nation(it, GAVE, _("has contributed")) for it in contributors if it not in hosts]
    kinds = [(RUNS, _("a mission runs there today")), (GAVE, _("has contributed to a mission, now or earlier"))]
    return kind_map(WORLD, nations, kinds, [site(it) for it in missions])


def worked_maps(missions, address):
    """Draw on Europe and on the world where missions worked: countries by their number, a dot where there is no host.

    ``address`` gives that of the missions of one country.
    """
    nations = [
        Nation(it.iso3, it.name, f"{it.name}: {', '.join(called)}", address(it), number=len(called))
        for it, called in hosts_of(missions).items()
    ]
    sites = [site(it) for it in missions if not it.host_countries.all()]
    europe, world = (country_map(area, nations, sites, SOME) for area in (EUROPE, WORLD))
    return [europe._replace(absent=[]), world]  # what lies outside Europe is on the other map


def hosts_of(missions):
    """Pair each host country with what the missions in it are called."""
    hosts = {}
    for mission in missions:
        for host in mission.host_countries.all():
            hosts.setdefault(host, []).append(mission.called)
    return hosts


def nation(country, look, words):
    """Give one country its look and its words."""
    return Nation(country.iso3, country.name, f"{country.name}: {words}", country.get_absolute_url(), look=look)


def site(mission):
    """Make the dot of one mission."""
    return Site(mission.called, mission.name, mission.get_absolute_url(), mission.latitude, mission.longitude)
