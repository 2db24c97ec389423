"""Reading the drawn paths of maps: rings of points, and whether a point is inside."""

import re
from itertools import pairwise


def rings_of(path):
    """Return the rings of a path, as lists of points; a path has absolute points, each followed by steps."""
    rings, start = [], (0, 0)
    for begin, part in re.findall(r"([Mm])([^z]*)z", path):
        (x, y), *steps = (tuple(map(int, pair)) for pair in re.findall(r"(-?\d+) ?(-?\d+)", part.replace("l", " ")))
        start = (x, y) if begin == "M" else (start[0] + x, start[1] + y)
        rings.append([start])
        for dx, dy in steps:
            rings[-1].append((rings[-1][-1][0] + dx, rings[-1][-1][1] + dy))
    return rings


def sides(ring):
    """Return the sides of a ring, each as a sorted pair of points."""
    return [tuple(sorted(side)) for side in pairwise([*ring, ring[0]])]


def contains(rings, x, y):
    """True if a point is inside the rings, by the even-odd rule, which the stylesheet sets."""
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in sides(ring):
            crossed += (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1)
    return crossed % 2 == 1
