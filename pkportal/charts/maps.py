"""Maps: countries in classes of a number or by kind, and sites as dots; nothing that is asked for is lost silently."""

from collections import Counter
from math import cos, dist, log, sin, sqrt
from typing import NamedTuple

from django.utils.translation import gettext as _

from .geography import UNITS_PER_PIXEL, MapArea, land_outlines

CLASSES = 5
DOT_DISTANCE = 7 * UNITS_PER_PIXEL  # the least distance of two dots
GOLDEN_ANGLE = 2.4  # the turn from one seed of a sunflower to the next, in radians
MAX_TRIES = 1000  # places around its own that a dot may be set to before it covers another
UNKNOWN = "unknown"


class MapCountry(NamedTuple):
    """A country as it goes in, once: the words of its mark, its address, and a number or else a ``look`` of the key."""

    iso3: str
    name: str
    says: str
    address: str
    number: float | None = None
    look: str = ""


class MapSite(NamedTuple):
    """A place as it goes in, by its coordinates in degrees if it has any."""

    name: str
    says: str
    address: str
    latitude: float | None
    longitude: float | None
    look: str = ""


class LegendEntry(NamedTuple):
    """One line of the key: a look, which is a class of the stylesheet, and what it means."""

    look: str
    label: str


class CountryMark(NamedTuple):
    """A nation as it is drawn; ``spot`` is the land whose middle gets a mark when the outline is too small to see."""

    nation: MapCountry
    look: str
    path: str
    spot: tuple | None


class SiteDot(NamedTuple):
    """A site as it is drawn."""

    site: MapSite
    x: float
    y: float


class MapChart(NamedTuple):
    """A whole figure, in units of the drawing; ``absent`` are the nations and sites that are not on it."""

    area: MapArea
    land: str
    marks: list
    dots: list
    key: list
    absent: list
    is_spread: bool


def country_map(area, nations, sites=(), bounds=None):
    """Draw nations in up to five classes of their numbers; the key states the bounds, ours where none are given."""
    numbers = [it.number for it in nations if it.number is not None]
    bounds = (
        class_bounds(numbers)
        if bounds is None
        else [it for it in bounds if numbers and min(numbers) < it <= max(numbers)]
    )
    key = legend_for(numbers, bounds)
    if len(numbers) < len(nations):
        key.append(LegendEntry(UNKNOWN, _("number not known")))
    key.append(LegendEntry("c0", _("nothing on record")))
    looks = [UNKNOWN if it.number is None else key[sum(it.number >= at for at in bounds)].look for it in nations]
    return draw_map(area, nations, looks, key, sites)


def category_map(area, nations, kinds, sites=()):
    """Draw nations and sites by their looks; ``kinds`` are looks and labels, in the order of the key."""
    return draw_map(area, nations, [it.look for it in nations], [LegendEntry(*it) for it in kinds], sites)


def draw_map(area, nations, looks, key, sites):
    """Put every nation and site on the map, or on the list of what is not on it."""
    known = land_outlines(area)
    marks, absent = [], []
    for nation, look in zip(nations, looks, strict=True):
        land = known.get(nation.iso3)
        if land and land.counts:
            marks.append(CountryMark(nation, look, land.path, (land.x, land.y) if land.is_small else None))
        else:
            absent.append(nation)
    places = [(site, site_position(area, site)) for site in sites]
    inside = [it for it in places if it[1]]
    dots = spread_dots(area, inside)
    taken = {mark.nation.iso3 for mark in marks}
    return MapChart(
        area=area,
        land="".join(land.path for code, land in known.items() if code not in taken),
        marks=sorted(marks, key=lambda mark: (mark.spot is not None, mark.look == UNKNOWN)),  # the faint ones on top
        dots=dots,
        key=key,
        absent=absent + [site for site, place in places if not place],
        is_spread=any((dot.x, dot.y) != place for dot, (_site, place) in zip(dots, inside, strict=True)),
    )


def site_position(area, site):
    """Give a site's place in the drawing, or nothing when it has none or lies outside."""
    return None if site.latitude is None else area.at(float(site.longitude), float(site.latitude))


def spread_dots(area, sites):
    """Set dots that would cover each other side by side, each at the nearest free place around its own."""
    dots, tried = [], Counter()

    def is_free(here):
        return area.holds(*here) and all(dist(here, (dot.x, dot.y)) >= DOT_DISTANCE for dot in dots)

    for site, place in sites:
        while tried[place] < MAX_TRIES and not is_free(spiral_position(place, tried[place])):
            tried[place] += 1  # what is taken stays taken
        here = spiral_position(place, tried[place]) if tried[place] < MAX_TRIES else place
        dots.append(SiteDot(site, *here))
    return dots


def spiral_position(place, nth):
    """Give the nth place around a place, as seeds lie in a sunflower."""
    far, turn = DOT_DISTANCE / 2 * sqrt(nth), nth * GOLDEN_ANGLE
    return round(place[0] + far * cos(turn), 1), round(place[1] + far * sin(turn), 1)


def class_bounds(numbers):
    """Part numbers into up to five classes of about as many members, at readable numbers: 1, 2 or 5 and zeros."""
    numbers = sorted(it for it in numbers if it > 0)
    rungs = [digit * 10**power for power in range(-2, 12) for digit in (1, 2, 5)]
    bounds = []
    for nth in range(1, CLASSES) if numbers else ():
        aim = numbers[len(numbers) * nth // CLASSES]
        rung = min(rungs, key=lambda it: abs(log(it / float(aim))))
        least = bounds[-1] if bounds else numbers[0]
        if rung <= numbers[-1] and any(least <= it < rung for it in numbers):
            bounds.append(rung)
    return bounds


def legend_for(numbers, bounds):
    """State the bounds of each class, the first from the least number and the last to the greatest."""
    if not numbers:
        return []
    starts = [min(numbers), *bounds]
    whole = all(it == int(it) for it in numbers)
    key = []
    for nth, start in enumerate(starts):
        tone = f"c{1 + round(nth * (CLASSES - 1) / (len(starts) - 1))}" if bounds else "c4"
        if nth == len(bounds):
            label = (
                format_number(start)
                if start == max(numbers)
                else f"{format_number(start)}–{format_number(max(numbers))}"
            )
        elif whole:
            last = starts[nth + 1] - 1
            label = format_number(start) if start == last else f"{format_number(start)}–{format_number(last)}"
        else:
            label = _("%(from)s to under %(to)s") % {"from": format_number(start), "to": format_number(starts[nth + 1])}
        key.append(LegendEntry(tone, label))
    return key


def format_number(number):
    """Write a number as in a table: 4,273 or 0.25."""
    return f"{float(number):,.10g}"
