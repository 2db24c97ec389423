"""Tree lines: the lines to the left of a list whose rows form a tree."""

from collections.abc import Sequence
from typing import Any, NamedTuple

LEVEL_WIDTH = 20  # pixels from one level to the next
LEFT_MARGIN = 9  # pixels from the edge to the first line
NODE_TOP = 17  # pixels from the top of a row to its mark
RADIUS = 8  # pixels, of the curve into a mark


class TreeLines(NamedTuple):
    """Geometry beside one row, in pixels from the left.

    ``node`` is the x of its mark, ``passing`` those of vertical lines to later rows, ``arrives`` the SVG path from the
    line of its parent, or empty; ``goes_on`` is true where a line leads down to its first child.
    """

    node: int
    passing: list[int]
    arrives: str
    goes_on: bool
    depth: int

    @property
    def width(self):
        """The width of the lines in pixels; the text of the row begins there."""
        return self.node + LEFT_MARGIN


def lay_out_tree(parents: Sequence[int | None]) -> list[TreeLines]:
    """Compute the lines of each row of a tree in preorder; ``parents`` are indexes of rows, None for a root.

    ``lay_out_tree([None, 0, 1, 0])`` is a root with two children, the first of which has a child of its own.
    """
    depths: list[int] = []
    last_child: dict[int | None, int] = {}
    for row, parent in enumerate(parents):
        depths.append(0 if parent is None else depths[parent] + 1)
        last_child[parent] = row
    rows = []
    for row, parent in enumerate(parents):
        passing, ancestor = [], parent
        while ancestor is not None:
            if last_child[ancestor] > row:
                passing.append(level_x(depths[ancestor]))
            ancestor = parents[ancestor]
        arrives = "" if parent is None else curve(level_x(depths[parent]), level_x(depths[row]))
        rows.append(TreeLines(level_x(depths[row]), passing[::-1], arrives, row in last_child, depths[row]))
    return rows


def as_tree(records: Sequence[Any], parent_column: str, top: Any = None) -> list[tuple[Any, TreeLines]]:
    """Put records in preorder, siblings in the order given, and pair each with its lines.

    ``parent_column`` holds the key of the parent. Records whose parent is not among them are roots, or children of
    ``top`` where it is given. Where records form a circle, the first of them counts as a root.
    """
    children: dict[Any, list] = {}
    for record in records:
        children.setdefault(getattr(record, parent_column), []).append(record)
    placed: list[Any] = [] if top is None else [top]
    parents: list[int | None] = [] if top is None else [None]
    seen = set()

    def add_subtree(record: Any, parent: int | None) -> None:
        if record.pk not in seen:
            seen.add(record.pk)
            placed.append(record)
            parents.append(parent)
            index = len(placed) - 1
            for child in children.get(record.pk, ()):
                add_subtree(child, index)

    keys = {record.pk for record in records}
    roots = [record for record in records if getattr(record, parent_column) not in keys]
    for record in [*roots, *records]:
        add_subtree(record, None if top is None else 0)
    return [*zip(placed, lay_out_tree(parents), strict=True)]


def level_x(depth: int) -> int:
    """Return the x of the line of a level, in pixels."""
    return LEFT_MARGIN + depth * LEVEL_WIDTH


def curve(start: int, end: int) -> str:
    """Return the SVG path from the line of the level above, at x ``start``, to the mark of a row, at x ``end``."""
    return f"M{start} 0V{NODE_TOP - RADIUS}Q{start} {NODE_TOP} {start + RADIUS} {NODE_TOP}H{end}"
