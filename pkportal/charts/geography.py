"""The areas that maps show: their projections, their frames, and the outlines of their countries at the size drawn."""

import json
from collections.abc import Callable
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from django.conf import settings

from .outlines import clip_ring, parse_path, ring_area, ring_centre, simplify_rings, snap_ring, svg_path

UNITS_PER_PIXEL = 2  # of the drawing, to a pixel of the width drawn
TOLERANCE = 0.5  # pixels that a line may be off
SMALLEST_LAND = 2  # square pixels below which a piece of land is left out
MARGIN = 8  # units of the drawing beyond the frame, so that the edge where land is cut is never seen


def equal_earth(longitude, latitude):
    """Place a point on the world's file: Equal Earth, the equator 1000 units long, (0, 0) in the middle."""
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / 3
    x /= 1.340264 - 3 * 0.081106 * t**2 + 7 * 0.000893 * t**6 + 9 * 0.003796 * t**8
    y = t * (1.340264 - 0.081106 * t**2 + 0.000893 * t**6 + 0.003796 * t**8)
    return 500 + 184.7285 * x, 250 - 184.7285 * y


def lambert_azimuthal(longitude, latitude):
    """Place a point on Europe's file: Lambert azimuthal equal area around 12° E 50° N, 900 units to the radius."""
    turn, lat, mid = radians(longitude - 12), radians(latitude), radians(50)
    ahead = sin(mid) * sin(lat) + cos(mid) * cos(lat) * cos(turn)
    scale = 900 * sqrt(2 / (1 + ahead))
    north = cos(mid) * sin(lat) - sin(mid) * cos(lat) * cos(turn)
    return 500 + scale * cos(lat) * sin(turn), 380 - scale * north


class MapArea(NamedTuple):
    """A part of the world: its file, its projection, the frame in the file's units, and the width drawn in pixels.

    A country of fewer than ``small`` square pixels can hardly be seen.
    """

    file: str
    project: Callable
    left: int
    top: int
    right: int
    bottom: int
    pixels: int
    small: int

    @property
    def scale(self):
        """How many units of the drawing one unit of the file is."""
        return self.pixels * UNITS_PER_PIXEL / (self.right - self.left)

    @property
    def width(self):
        """The drawing's width in its own units."""
        return self.pixels * UNITS_PER_PIXEL

    @property
    def height(self):
        """The drawing's height in its own units."""
        return round((self.bottom - self.top) * self.scale)

    @property
    def edges(self):
        """Where land is cut: left, top, right and bottom, a little outside the frame."""
        return -MARGIN, -MARGIN, self.width + MARGIN, self.height + MARGIN

    def place(self, x, y):
        """Turn a place in the file into a place in the drawing."""
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def at(self, longitude, latitude):
        """Give the place of a point in the drawing, or nothing when it is outside the frame."""
        x, y = self.place(*self.project(longitude, latitude))
        return (round(x, 1), round(y, 1)) if self.holds(x, y) else None

    def holds(self, x, y):
        """Whether a place of the drawing lies inside its frame."""
        return 0 <= x <= self.width and 0 <= y <= self.height


WORLD = MapArea("world.json", equal_earth, left=10, top=0, right=1000, bottom=445, pixels=700, small=9)
EUROPE = MapArea("europe.json", lambert_azimuthal, left=30, top=30, right=1000, bottom=700, pixels=520, small=20)


class LandOutline(NamedTuple):
    """A country as it is drawn: its outline, empty when nothing can be seen of it at this size, and its middle.

    It ``counts`` as on the map when half of it is inside the frame, or enough to be seen; ``is_small`` when it needs a
    mark besides its outline.
    """

    path: str
    x: int
    y: int
    counts: bool
    is_small: bool


@cache
def land_outlines(shown):
    """Give the countries that reach into an area's frame, by code, thinned once to the size it is drawn at."""
    whole, inside = {}, {}
    countries = json.loads((settings.BASE_DIR / "fixtures" / "geo" / shown.file).read_text())
    for code, (_name, path) in countries.items():
        rings = [[shown.place(*point) for point in ring] for ring in parse_path(path)]
        if cuts := [part for ring in rings if len(part := clip_ring(ring, *shown.edges)) > 2]:
            whole[code], inside[code] = sum(map(ring_area, rings)), cuts
    thin = iter(
        simplify_rings([snap_ring(ring) for rings in inside.values() for ring in rings], TOLERANCE * UNITS_PER_PIXEL)
    )
    return {
        code: land_outline(shown, whole[code], rings, [next(thin) for _ring in rings]) for code, rings in inside.items()
    }


def land_outline(shown, whole, exact, coarse):
    """Describe a country by its outline: the exact one for its size and middle, the coarse one to draw."""
    seen = sum(map(ring_area, exact))
    x, y = ring_centre(max(exact, key=ring_area))
    return LandOutline(
        path=svg_path(ring for ring in coarse if ring_area(ring) >= SMALLEST_LAND * UNITS_PER_PIXEL**2),
        x=round(x),
        y=round(y),
        counts=seen > whole / 2 or seen >= shown.small * UNITS_PER_PIXEL**2,
        is_small=seen < shown.small * UNITS_PER_PIXEL**2,
    )
