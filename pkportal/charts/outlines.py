"""Outlines of countries made coarser together, so that neighbours still share every border."""

from collections import defaultdict
from itertools import pairwise
from math import hypot


def clip_ring(ring, left, top, right, bottom):
    """Keep of a ring what lies inside a rectangle; where it is cut it follows the edge."""
    for side, limit, keep in [(0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)]:
        kept = []
        for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            inside, was_inside = ((it[side] - limit) * keep >= 0 for it in (point, before))
            if inside != was_inside:
                part = (limit - before[side]) / (point[side] - before[side])
                kept.append(tuple(a + part * (b - a) for a, b in zip(before, point, strict=True)))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def snap_ring(ring):
    """Move a ring's points to whole numbers, without repeated points and without spikes."""
    kept = []
    for point in ring:
        kept.append((round(point[0]), round(point[1])))
        while len(kept) > 1 and kept[-1] == kept[-2] or len(kept) > 2 and kept[-1] == kept[-3]:
            kept.pop()
    while len(kept) > 2 and (kept[0] == kept[-1] or kept[1] == kept[-1]):
        kept.pop()
    return kept


def simplify_rings(rings, slack):
    """Leave out points that lie within ``slack`` of the line without them.

    Lines are thinned between the points where more than two of them meet. A line that two countries share is the same
    line, read either way, and is thinned the same way for both.
    """
    meeting = defaultdict(set)
    for ring in rings:
        for before, point, after in zip([*ring[-1:], *ring[:-1]], ring, [*ring[1:], *ring[:1]], strict=True):
            meeting[point] |= {before, after}
    return [simplify_ring(ring, {point for point in ring if len(meeting[point]) > 2}, slack) for ring in rings]


def simplify_ring(ring, fixed, slack):
    """Thin one ring and keep its fixed points; one that has none begins at its least point."""
    if not ring:
        return ring
    start = ring.index(min(fixed or ring))
    round_trip = [*ring[start:], *ring[: start + 1]]
    stops = [nth for nth, point in enumerate(round_trip) if point in fixed or nth in (0, len(ring))]
    return [
        point for first, last in pairwise(stops) for point in simplify_line(round_trip[first : last + 1], slack)[:-1]
    ]


def simplify_line(line, slack):
    """Thin a line the same way whichever way it is read (Douglas and Peucker's way)."""
    if line[::-1] < line:
        return simplify_line(line[::-1], slack)[::-1]
    kept, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        between = range(first + 1, last)
        off, farthest = max(((distance(line[nth], line[first], line[last]), nth) for nth in between), default=(0, 0))
        if off > slack:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [line[nth] for nth in sorted(kept)]


def distance(point, start, end):
    """Measure how far a point lies from the straight line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    along = max(0, min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy))) if dx or dy else 0
    return hypot(x - x1 - along * dx, y - y1 - along * dy)


def ring_area(ring):
    """Measure what a ring encloses."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]))) / 2


def ring_centre(ring):
    """Give the middle of what a ring encloses."""
    total = x = y = 0
    for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]):
        part = x1 * y2 - x2 * y1
        total, x, y = total + part, x + (x1 + x2) * part, y + (y1 + y2) * part
    return (x / (3 * total), y / (3 * total)) if total else ring[0]


def path_step(point, before):
    """Write the way from one point to another; a minus parts numbers as well as a blank does."""
    dx, dy = point[0] - before[0], point[1] - before[1]
    return f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}"


def svg_path(rings):
    """Write rings of whole numbers as a short SVG path: one absolute place, then steps; such paths can be joined."""
    words, start = [], (0, 0)
    for ring in rings:
        words += ["m" if words else "M", path_step(ring[0], start).lstrip(), "l"]
        words += [path_step(point, before) for before, point in pairwise(ring)]
        words.append("z")
        start = ring[0]
    return "".join(words).replace("l ", "l")


def parse_path(path):
    """Read the rings of a path that is made of M, relative l and z."""
    for part in path.split("M")[1:]:
        first, *steps = (tuple(map(float, it.split())) for it in part.rstrip("z").split("l"))
        ring = [first]
        for dx, dy in steps:
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        yield ring
