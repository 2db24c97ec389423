"""The lines beside a list whose rows follow from each other: a chain of mandates, a tree of commands."""

from typing import NamedTuple

LEVEL_WIDTH = 20  # pixels from one level to the next
LEFT_MARGIN = 9  # pixels from the edge to the first line
NODE_TOP = 17  # pixels from the top of a row to its mark


class TreeLines(NamedTuple):
    """What is drawn beside one row, in pixels: its mark, lines that pass, the curve that arrives, one that goes on."""

    node: int
    passing: list
    arrives: str
    goes_on: bool
    depth: int

    @property
    def width(self):
        """Give the pixels that the lines take; the words of the row begin there."""
        return self.node + LEFT_MARGIN


def tree_lines(parents):
    """Draw the lines for rows given by the place of the row each follows from (``None`` for a beginning).

    A row must come after the one it follows from, and all that follows from a row before its next sibling:
    ``tree_lines([None, 0, 1, 0])`` is a top with two below it, the first of which has one below itself.
    """
    depths, last = [], {}
    for nth, parent in enumerate(parents):
        depths.append(0 if parent is None else depths[parent] + 1)
        last[parent] = nth
    drawn = []
    for nth, parent in enumerate(parents):
        above, up = [], parent
        while up is not None:
            if last[up] > nth:
                above.append(x_of(depths[up]))
            up = parents[up]
        arrives = "" if parent is None else curve(x_of(depths[parent]), x_of(depths[nth]))
        drawn.append(TreeLines(x_of(depths[nth]), above[::-1], arrives, nth in last, depths[nth]))
    return drawn


def as_tree(rows, follows, top=None):
    """Put records under those they follow from, siblings in the order given, and pair each with its lines.

    ``follows`` names the column that holds the key of another record. What follows from none of these is a beginning,
    and hangs from the ``top`` where there is one; of a circle, the first is.
    """
    below = {}
    for row in rows:
        below.setdefault(getattr(row, follows), []).append(row)
    placed, parents, seen = ([], [], set()) if top is None else ([top], [None], set())

    def place(row, parent):
        if row.pk not in seen:
            seen.add(row.pk)
            placed.append(row)
            parents.append(parent)
            here = len(placed) - 1
            for follower in below.get(row.pk, ()):
                place(follower, here)

    first = None if top is None else 0
    known = {row.pk for row in rows}
    beginnings = [row for row in rows if getattr(row, follows) not in known]
    for row in [*beginnings, *rows]:
        place(row, first)
    return [*zip(placed, tree_lines(parents), strict=True)]


def x_of(depth):
    """Give the place of a level's line."""
    return LEFT_MARGIN + depth * LEVEL_WIDTH


def curve(start, end):
    """Lead from the line of the level above into the mark of this row."""
    return f"M{start} 0V{NODE_TOP - 8}Q{start} {NODE_TOP} {start + 8} {NODE_TOP}H{end}"
