"""A header of several rows, in which a name of an upper row is that of several columns: Troops above 2004, 2005.

Upper names are merged over their columns, so that a file has them once, or they are repeated. The names of a column are
put together where the lowest alone would not tell the columns apart.
"""

import re
from collections import Counter
from collections.abc import Sequence

BETWEEN_NAMES = " · "  # between the names of a column
_figure = re.compile(r"[-+~]?[0-9][0-9.,'\s]*")
_year = re.compile(r"(?:19|20)[0-9]{2}")


def join_groups(rows: Sequence[Sequence[str]], known: Sequence[Sequence[bool]]) -> list[str]:
    """Return the names of the columns of a grouped header; none if the rows are no such header.

    ``known`` says which names of each row are those of columns.
    """
    width = max(map(len, rows))
    *upper, lower = ([*row, *[""] * (width - len(row))] for row in rows)
    *known_above, known_below = ([*row, *[False] * (width - len(row))] for row in known)
    times = Counter(name.casefold() for name in lower)
    names: list[str] = []
    below: list[str] = []
    groups: list[str] = []
    group = [""] * len(upper)
    for place, name in enumerate(lower):
        above = [row[place] for row in upper]
        group = within(group, above)
        if not name or (known_below[place] and times[name.casefold()] == 1):
            names.append(name or next(filter(None, above), ""))
        elif any(row[place] for row in known_above) or (_figure.fullmatch(name) and not _year.fullmatch(name)):
            return []  # it is a row of the table
        else:
            names.append(BETWEEN_NAMES.join(filter(None, [*group, name])))
            below, groups = [*below, name], [*groups, group[0]]
    is_grouped = len({*below}) < len(below) and 1 < len({*filter(None, groups)}) < len(groups)
    said = [name for name in names if name]
    return names if is_grouped and len({*said}) == len(said) else []


def within(group: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return the names of the groups that a column is in, after those of the column before it."""
    begins = next((level for level, name in enumerate(above) if name), len(group))
    return [*group[:begins], *above[begins:]]
