"""A header of two rows, in which each name of the upper row stands for several of the lower: Troops above 2004, 2005.

The upper names are merged over their columns, so that a file has them once, or they are repeated. The two are put
together where the lower names alone would not tell the columns apart.
"""

import re
from collections.abc import Sequence

BETWEEN_NAMES = " · "  # between the two names of a column
_figure = re.compile(r"[-+~]?[0-9][0-9.,'\s]*")
_year = re.compile(r"(?:19|20)[0-9]{2}")


def join_groups(upper: Sequence[str], lower: Sequence[str], known: Sequence[bool], known_above: Sequence[bool]) -> list:
    """Return the names of the columns of a grouped header; none if the rows are no such header.

    ``known`` and ``known_above`` say which names of the lower and of the upper row are those of columns.
    """
    width = max(len(upper), len(lower))
    upper, lower = ([*names, *[""] * (width - len(names))] for names in (upper, lower))
    names: list[str] = []
    below: list[str] = []
    groups: list[str] = []
    group = ""
    for place, (above, name) in enumerate(zip(upper, lower, strict=True)):
        group = above or group
        is_column_above = place < len(known_above) and known_above[place]
        if not name or (place < len(known) and known[place]):
            names.append(name or above)
        elif is_column_above or (_figure.fullmatch(name) and not _year.fullmatch(name)):
            return []  # it is a row of the table
        else:
            names.append(f"{group}{BETWEEN_NAMES}{name}" if group else name)
            below, groups = [*below, name], [*groups, group]
    is_grouped = len({*below}) < len(below) and 1 < len({*filter(None, groups)}) < len(groups)
    said = [name for name in names if name]
    return names if is_grouped and len({*said}) == len(said) else []
