"""Maps: countries coloured by classes of a number or by category, sites as dots, and a list of those outside it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import cos, dist, log, sin, sqrt
from typing import NamedTuple

from django.utils.translation import gettext as _

from .geography import UNITS_PER_PIXEL, MapArea, land_outlines

CLASSES = 5  # at most, of a number
DOT_DISTANCE = 7 * UNITS_PER_PIXEL  # least distance of two dots, in units of the drawing
GOLDEN_ANGLE = 2.4  # radians, between one point of a sunflower spiral and the next
MAX_TRIES = 1000  # positions on its spiral that are tried for a dot before it may cover another
UNKNOWN = "unknown"


class MapCountry(NamedTuple):
    """Input: a country, its words and its address, and a number or else a CSS class of the legend."""

    iso3: str
    name: str
    description: str
    address: str
    number: float | None = None
    css_class: str = ""


class MapSite(NamedTuple):
    """Input: a place, by its coordinates in degrees if it has any."""

    name: str
    description: str
    address: str
    latitude: float | None
    longitude: float | None
    css_class: str = ""


class LegendEntry(NamedTuple):
    """One line of the legend: a CSS class and what it means."""

    css_class: str
    label: str


class CountryMark(NamedTuple):
    """A country on the map; ``spot`` is the place of an additional mark where its outline is too small to see."""

    nation: MapCountry
    css_class: str
    spot: tuple[int, int] | None


class SiteDot(NamedTuple):
    """Geometry of a site: its place in units of the drawing."""

    site: MapSite
    x: float
    y: float


class ColouredLand(NamedTuple):
    """A country that is coloured but has no mark."""

    iso3: str
    css_class: str


class MapChart(NamedTuple):
    """Geometry of a map, in units of the drawing.

    Outlines of countries are in the file of the area. ``key`` is the legend, ``absent`` are the countries and sites
    that are not on the map, and ``is_spread`` is true if dots were moved apart. The ``inset`` is a small map of a wider
    area, on which countries with a mark on the map have the same colour.
    """

    area: MapArea
    marks: list[CountryMark]
    dots: list[SiteDot]
    key: list[LegendEntry]
    absent: list[MapCountry | MapSite]
    is_spread: bool
    coloured: Sequence[ColouredLand] = ()
    inset: "MapChart | None" = None


class SitePosition(NamedTuple):
    """A site and its place in units of the drawing, before dots are moved apart."""

    site: MapSite
    place: tuple[float, float]


def country_map(
    area: MapArea,
    nations: Sequence[MapCountry],
    sites: Iterable[MapSite] = (),
    bounds: Iterable[float] | None = None,
) -> MapChart:
    """Compute a map of countries in up to five classes of their numbers.

    ``bounds`` are the least numbers of all classes but the first; where none are given they are computed.
    """
    numbers = [nation.number for nation in nations if nation.number is not None]
    if bounds is None:
        bounds = class_bounds(numbers)
    else:
        bounds = [bound for bound in bounds if numbers and min(numbers) < bound <= max(numbers)]
    legend = legend_for(numbers, bounds)

    def class_of(nation: MapCountry) -> str:
        if nation.number is None:
            return UNKNOWN
        return legend[sum(nation.number >= bound for bound in bounds)].css_class

    css_classes = [class_of(nation) for nation in nations]
    if len(numbers) < len(nations):
        legend.append(LegendEntry(UNKNOWN, _("number not known")))
    legend.append(LegendEntry("c0", _("nothing on record")))
    return map_chart(area, nations, css_classes, legend, sites)


def category_map(
    area: MapArea, nations: Sequence[MapCountry], legend: Iterable[tuple[str, str]], sites: Iterable[MapSite] = ()
) -> MapChart:
    """Compute a map of countries and sites by their CSS classes; the legend is pairs of a class and its label."""
    css_classes = [nation.css_class for nation in nations]
    return map_chart(area, nations, css_classes, [LegendEntry(*entry) for entry in legend], sites)


def with_inset(chart: MapChart, area: MapArea) -> MapChart:
    """Add a small map of a wider area: it marks what is absent from the map, and only colours what is on it."""
    countries = [it for it in chart.absent if isinstance(it, MapCountry)]
    sites = [it for it in chart.absent if isinstance(it, MapSite)]
    inset = map_chart(area, countries, [country.css_class for country in countries], [], sites)
    outlines = land_outlines(area)
    on_map = [ColouredLand(mark.nation.iso3, mark.css_class) for mark in chart.marks]
    inset = inset._replace(coloured=[land for land in on_map if land.iso3 in outlines])
    return chart._replace(absent=inset.absent, inset=inset, is_spread=chart.is_spread or inset.is_spread)


def map_chart(
    area: MapArea,
    nations: Sequence[MapCountry],
    css_classes: Sequence[str],
    legend: list[LegendEntry],
    sites: Iterable[MapSite],
) -> MapChart:
    """Put each country, with its CSS class, and each site on the map, or on the list of those that are not on it."""
    outlines = land_outlines(area)
    marks = []
    absent: list[MapCountry | MapSite] = []
    for nation, css_class in zip(nations, css_classes, strict=True):
        outline = outlines.get(nation.iso3)
        if outline and outline.is_on_map:
            spot = (outline.x, outline.y) if outline.is_small else None
            marks.append(CountryMark(nation, css_class, spot))
        else:
            absent.append(nation)
    positions = []
    for site in sites:
        if place := site_place(area, site):
            positions.append(SitePosition(site, place))
        else:
            absent.append(site)
    dots = spread_dots(area, positions)
    return MapChart(
        area=area,
        marks=sorted(marks, key=lambda mark: (mark.spot is not None, mark.css_class == UNKNOWN)),  # small ones on top
        dots=dots,
        key=legend,
        absent=absent,
        is_spread=any((dot.x, dot.y) != place for dot, (_site, place) in zip(dots, positions, strict=True)),
    )


def site_place(area: MapArea, site: MapSite) -> tuple[float, float] | None:
    """Return the place of a site in units of the drawing; None without coordinates or outside the frame."""
    if site.latitude is None or site.longitude is None:
        return None
    return area.at(float(site.longitude), float(site.latitude))


def spread_dots(area: MapArea, positions: Iterable[SitePosition]) -> list[SiteDot]:
    """Place a dot for each site; dots that would overlap are moved apart, each to the nearest free place."""
    dots: list[SiteDot] = []
    tried: Counter[tuple[float, float]] = Counter()

    def is_free(place: tuple[float, float]) -> bool:
        return area.holds(*place) and all(dist(place, (dot.x, dot.y)) >= DOT_DISTANCE for dot in dots)

    for site, origin in positions:
        while tried[origin] < MAX_TRIES and not is_free(spiral_position(origin, tried[origin])):
            tried[origin] += 1  # the count is kept for the next site here: a place that is taken stays taken
        x, y = spiral_position(origin, tried[origin]) if tried[origin] < MAX_TRIES else origin
        dots.append(SiteDot(site, x, y))
    return dots


def spiral_position(centre: tuple[float, float], index: int) -> tuple[float, float]:
    """Return a point of the sunflower spiral around a centre, in units of the drawing; index 0 is the centre."""
    radius, angle = DOT_DISTANCE / 2 * sqrt(index), index * GOLDEN_ANGLE
    x, y = centre
    return round(x + radius * cos(angle), 1), round(y + radius * sin(angle), 1)


def class_bounds(numbers: Iterable[float]) -> list[float]:
    """Return the bounds of up to five classes with about equally many members: 1, 2 or 5 times a power of ten."""
    numbers = sorted(number for number in numbers if number > 0)
    round_numbers = [digit * 10**power for power in range(-2, 12) for digit in (1, 2, 5)]
    bounds: list[float] = []
    for i in range(1, CLASSES) if numbers else ():
        quantile = float(numbers[len(numbers) * i // CLASSES])
        bound = min(round_numbers, key=lambda number: abs(log(number / quantile)))
        least = bounds[-1] if bounds else numbers[0]
        if bound <= numbers[-1] and any(least <= number < bound for number in numbers):
            bounds.append(bound)
    return bounds


def legend_for(numbers: Sequence[float], bounds: Sequence[float]) -> list[LegendEntry]:
    """Return the legend of the classes, from the least number to the greatest; ``bounds`` start all but the first."""
    if not numbers:
        return []
    starts = [min(numbers), *bounds]
    are_whole = all(number == int(number) for number in numbers)
    legend = []
    for i, start in enumerate(starts):
        css_class = f"c{1 + round(i * (CLASSES - 1) / (len(starts) - 1))}" if bounds else "c4"
        if i == len(bounds):
            label = format_range(start, max(numbers))
        elif are_whole:
            label = format_range(start, starts[i + 1] - 1)
        else:
            label = _("%(from)s to under %(to)s") % {"from": format_number(start), "to": format_number(starts[i + 1])}
        legend.append(LegendEntry(css_class, label))
    return legend


def format_range(first: float, last: float) -> str:
    """Return a range of numbers in words: 100–499, or one number where both are the same."""
    return format_number(first) if first == last else f"{format_number(first)}–{format_number(last)}"


def format_number(number: float) -> str:
    """Return a number as it is written in a table: 4,273 or 0.25."""
    return f"{float(number):,.10g}"
