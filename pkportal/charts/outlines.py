"""Outlines of countries as rings of points: cut, simplified and written as SVG paths.

The rings of all countries are simplified together, so that neighbours still share every border.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Ring = list[Point]  # closed: the last point is joined to the first


def clip_ring(ring: Ring, left: float, top: float, right: float, bottom: float) -> Ring:
    """Clip a ring to a rectangle (Sutherland and Hodgman, 1974); where it is cut it follows the edge."""
    for axis, limit, direction in [(0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)]:
        kept: Ring = []
        for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            inside, was_inside = ((it[axis] - limit) * direction >= 0 for it in (point, before))
            if inside != was_inside:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                (x1, y1), (x2, y2) = before, point
                kept.append((x1 + share * (x2 - x1), y1 + share * (y2 - y1)))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def snap_ring(ring: Ring) -> Ring:
    """Round the points of a ring to whole numbers, and remove repeated points and spikes."""
    kept: Ring = []
    for x, y in ring:
        kept.append((round(x), round(y)))
        while len(kept) > 1 and kept[-1] == kept[-2] or len(kept) > 2 and kept[-1] == kept[-3]:
            kept.pop()
    while len(kept) > 2 and (kept[0] == kept[-1] or kept[1] == kept[-1]):
        kept.pop()
    return kept


def simplify_rings(rings: list[Ring], tolerance: float) -> list[Ring]:
    """Leave out points of rings that are within ``tolerance`` of the line without them.

    Rings are split at the points where more than two lines meet, and each line is simplified by itself. So a border
    that two countries share is simplified the same way for both.
    """
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for before, point, after in zip([*ring[-1:], *ring[:-1]], ring, [*ring[1:], *ring[:1]], strict=True):
            neighbours[point] |= {before, after}
    return [simplify_ring(ring, {point for point in ring if len(neighbours[point]) > 2}, tolerance) for ring in rings]


def simplify_ring(ring: Ring, fixed: set[Point], tolerance: float) -> Ring:
    """Simplify a ring and keep its fixed points; a ring without any keeps its least point."""
    if not ring:
        return ring
    start = ring.index(min(fixed or ring))
    closed = [*ring[start:], *ring[: start + 1]]
    stops = [i for i, point in enumerate(closed) if point in fixed or i in (0, len(ring))]
    return [
        point for first, last in pairwise(stops) for point in simplify_line(closed[first : last + 1], tolerance)[:-1]
    ]


def simplify_line(line: Ring, tolerance: float) -> Ring:
    """Simplify an open line (Douglas and Peucker, 1973), with the same result in either direction."""
    if line[::-1] < line:
        return simplify_line(line[::-1], tolerance)[::-1]
    kept, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        between = range(first + 1, last)
        off, farthest = max(((distance(line[i], line[first], line[last]), i) for i in between), default=(0, 0))
        if off > tolerance:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(kept)]


def distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from the straight line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    along = max(0, min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy))) if dx or dy else 0
    return hypot(x - x1 - along * dx, y - y1 - along * dy)


def ring_area(ring: Ring) -> float:
    """Return the area inside a ring, in square units of its points."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]))) / 2


def ring_centre(ring: Ring) -> Point:
    """Return the centroid of the area inside a ring."""
    total = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]):
        cross = x1 * y2 - x2 * y1
        total, x, y = total + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (x / (3 * total), y / (3 * total)) if total else ring[0]


def path_step(point: Point, before: Point) -> str:
    """Return the step from one point to another as in an SVG path; a minus separates numbers as a blank does."""
    (x, y), (x_before, y_before) = point, before
    dx, dy = x - x_before, y - y_before
    return f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}"


def svg_path(rings: Iterable[Ring]) -> str:
    """Return rings of whole numbers as a short SVG path: one absolute place, then steps; such paths can be joined."""
    parts: list[str] = []
    start: Point = (0, 0)
    for ring in rings:
        parts += ["m" if parts else "M", path_step(ring[0], start).lstrip(), "l"]
        parts += [path_step(point, before) for before, point in pairwise(ring)]
        parts.append("z")
        start = ring[0]
    return "".join(parts).replace("l ", "l")


def parse_path(path: str) -> Iterator[Ring]:
    """Yield the rings of an SVG path that consists of M, relative l and z."""
    for part in path.split("M")[1:]:
        (x, y), *steps = (map(float, pair.split()) for pair in part.rstrip("z").split("l"))
        ring = [(x, y)]
        for dx, dy in steps:
            x, y = x + dx, y + dy
            ring.append((x, y))
        yield ring
