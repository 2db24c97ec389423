"""The areas that maps show: projections, frames, and the outlines of countries for the size of the map."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from django.conf import settings

from .outlines import Ring, clip_ring, parse_path, ring_area, ring_centre, simplify_rings, snap_ring, svg_path

UNITS_PER_PIXEL = 2  # units of the drawing, which has whole numbers only
TOLERANCE = 0.5  # pixels that a simplified line may be off
SMALLEST_LAND = 2  # square pixels; smaller pieces of land are left out
MARGIN = 8  # units of the drawing: land is cut outside the frame, where the cut is not seen


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth projection of the world's file, from degrees to units of the file: the equator is 1000 units long.

    Source: Šavrič, Patterson and Jenny, "The Equal Earth map projection", 2018.
    """
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / 3
    x /= 1.340264 - 3 * 0.081106 * t**2 + 7 * 0.000893 * t**6 + 9 * 0.003796 * t**8
    y = t * (1.340264 - 0.081106 * t**2 + 0.000893 * t**6 + 0.003796 * t**8)
    return 500 + 184.7285 * x, 250 - 184.7285 * y


def lambert_azimuthal(longitude: float, latitude: float) -> tuple[float, float]:
    """Lambert azimuthal equal-area projection of Europe's file, from degrees to units of the file.

    The centre is 12° E 50° N, the radius of the globe 900 units.
    """
    turn, lat, centre = radians(longitude - 12), radians(latitude), radians(50)
    cos_distance = sin(centre) * sin(lat) + cos(centre) * cos(lat) * cos(turn)
    scale = 900 * sqrt(2 / (1 + cos_distance))
    north = cos(centre) * sin(lat) - sin(centre) * cos(lat) * cos(turn)
    return 500 + scale * cos(lat) * sin(turn), 380 - scale * north


@dataclass(frozen=True, eq=False)  # each area is itself the key of its outlines
class MapArea:
    """A part of the world: its file, its projection, its frame in units of the file, its width in pixels.

    A country of fewer than ``small`` square pixels can hardly be seen.
    """

    file: str
    project: Callable[[float, float], tuple[float, float]]
    left: int
    top: int
    right: int
    bottom: int
    pixels: int
    small: int

    @cached_property
    def scale(self) -> float:
        """Units of the drawing to a unit of the file."""
        return self.pixels * UNITS_PER_PIXEL / (self.right - self.left)

    @cached_property
    def width(self) -> int:
        """The width in units of the drawing."""
        return self.pixels * UNITS_PER_PIXEL

    @cached_property
    def height(self) -> int:
        """The height in units of the drawing."""
        return round((self.bottom - self.top) * self.scale)

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Where land is cut: left, top, right and bottom, a little outside the frame, in units of the drawing."""
        return -MARGIN, -MARGIN, self.width + MARGIN, self.height + MARGIN

    @property
    def outlines_file(self) -> str:
        """The static file that has the outlines of its countries for this size of map."""
        return f"img/{self.file.removesuffix('.json')}-{self.pixels}.svg"

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Convert a place from units of the file to units of the drawing."""
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def at(self, longitude: float, latitude: float) -> tuple[float, float] | None:
        """Return the place of a point in units of the drawing, or None if it is outside the frame."""
        x, y = self.place(*self.project(longitude, latitude))
        return (round(x, 1), round(y, 1)) if self.holds(x, y) else None

    def holds(self, x: float, y: float) -> bool:
        """True if a place of the drawing is inside the frame."""
        return 0 <= x <= self.width and 0 <= y <= self.height


WORLD = MapArea("world.json", equal_earth, left=10, top=0, right=1000, bottom=445, pixels=700, small=9)
SMALL_WORLD = replace(WORLD, pixels=240)
EUROPE = MapArea("europe.json", lambert_azimuthal, left=30, top=30, right=1000, bottom=700, pixels=520, small=20)
MAP_AREAS = [EUROPE, WORLD, SMALL_WORLD]


class LandOutline(NamedTuple):
    """Geometry of a country: its SVG path, empty if it is too small to be seen, and its centre.

    It ``is_on_map`` if half of it is inside the frame, or enough to be seen. It ``is_small`` if it needs a mark in
    addition to its outline.
    """

    path: str
    x: int
    y: int
    is_on_map: bool
    is_small: bool


def _countries_of(area: MapArea) -> dict[str, tuple[str, str]]:
    return json.loads((settings.BASE_DIR / "fixtures" / "geo" / area.file).read_text())


@cache
def names_on_the_map() -> frozenset[str]:
    """Return the names of all countries of the world, whether the record has anything of them or not."""
    return frozenset(name for name, _path in _countries_of(WORLD).values())


@cache
def land_outlines(area: MapArea) -> dict[str, LandOutline]:
    """Return the countries inside the frame of an area, by code; neighbours share every border."""
    sizes, clipped = {}, {}
    for code, (_name, path) in _countries_of(area).items():
        rings = [[area.place(*point) for point in ring] for ring in parse_path(path)]
        if inside := [part for ring in rings if len(part := clip_ring(ring, *area.edges)) > 2]:
            sizes[code], clipped[code] = sum(map(ring_area, rings)), inside
    snapped = [snap_ring(ring) for rings in clipped.values() for ring in rings]
    simplified = iter(simplify_rings(snapped, TOLERANCE * UNITS_PER_PIXEL))
    return {
        code: land_outline(area, sizes[code], rings, [next(simplified) for _ring in rings])
        for code, rings in clipped.items()
    }


def land_outline(area: MapArea, whole_size: float, exact: list[Ring], simplified: list[Ring]) -> LandOutline:
    """Describe a country: its size and centre by the exact rings, its path by the simplified ones.

    ``whole_size`` is its size without the cut at the frame, in square units of the drawing.
    """
    size = sum(map(ring_area, exact))
    x, y = ring_centre(max(exact, key=ring_area))
    return LandOutline(
        path=svg_path(ring for ring in simplified if ring_area(ring) >= SMALLEST_LAND * UNITS_PER_PIXEL**2),
        x=round(x),
        y=round(y),
        is_on_map=size > whole_size / 2 or size >= area.small * UNITS_PER_PIXEL**2,
        is_small=size < area.small * UNITS_PER_PIXEL**2,
    )


def outlines_svg(area: MapArea) -> str:
    """Return the outlines of an area as an SVG file, each with the code of its country as id, all of them as "land".

    Maps refer to them, so that a page does not have them: they are heavier than all else on it, and never change.
    """
    path = '<path id="{}" vector-effect="non-scaling-stroke" d="{}"/>'
    paths = [path.format(code, outline.path) for code, outline in land_outlines(area).items() if outline.path]
    return f'<svg xmlns="http://www.w3.org/2000/svg"><g id="land">{"".join(paths)}</g></svg>\n'
