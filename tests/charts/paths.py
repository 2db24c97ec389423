"""What a test reads from a drawn map: rings from a short path, and whether a point lies inside."""

import re
from itertools import pairwise


def rings_of(path):
    """Read a path of absolute places, each followed by steps."""
    rings, start = [], (0, 0)
    for begin, part in re.findall(r"([Mm])([^z]*)z", path):
        (x, y), *steps = (tuple(map(int, it)) for it in re.findall(r"(-?\d+) ?(-?\d+)", part.replace("l", " ")))
        start = (x, y) if begin == "M" else (start[0] + x, start[1] + y)
        rings.append([start])
        for dx, dy in steps:
            rings[-1].append((rings[-1][-1][0] + dx, rings[-1][-1][1] + dy))
    return rings


def sides(ring):
    """Give the sides of a ring, whichever way they are read."""
    return [tuple(sorted(side)) for side in pairwise([*ring, ring[0]])]


def holds(rings, x, y):
    """Whether a point lies inside rings, by the even-odd rule that the stylesheet gives."""
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in sides(ring):
            crossed += (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1)
    return crossed % 2 == 1
