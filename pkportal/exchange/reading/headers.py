"""The header of a table, found by the names of columns in it: it may be below titles, or over two or three rows."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from pkportal.content.names import fold_name

from .grouped_header import join_groups
from .tables import INVISIBLE, MAX_COLUMNS, RawRow, UnreadableFile

HEAD = 60  # rows in which the header is looked for
FEWEST_LYING = 3  # names of columns below each other that make a table one on its side
FEWEST_GROUPS = 2  # of a header of several rows
MAX_NAME = 200  # characters of a cell that may be the name of a column

_scaled = re.compile(  # a header that says its numbers are not written out
    r"(?P<thousand>\b(?:thousands?|tausend|tsd|milliers?|tys|тыс)\b|['’‘]\s?000|\b000s?\b|[x×]\s?1[ ,.]?000\b)|"
    r"(?P<hundred>\bhundreds?\b|[x×]\s?100\b)|(?P<million>\b(?:millions?|mn|mln|mio)\b)",
    re.IGNORECASE,
)
_factors = {"thousand": 1_000, "hundred": 100, "million": 1_000_000}


class KnownNames:
    """The names by which a header is recognised; a name is the same in any case and with any blanks."""

    def __init__(self, names: Collection[str]):
        self._folded = {fold_name(name) for name in names} - {""}
        self._memo: dict[str, str] = {}

    def find(self, cells: Sequence[str]) -> set[str]:
        """Return the known names among these cells."""
        return {name for cell in cells if (name := self._name_in(cell)) in self._folded}

    def are_in(self, cells: Sequence[str]) -> list[bool]:
        """Return for each of these cells whether it is a known name."""
        return [self._name_in(cell) in self._folded for cell in cells]

    def _name_in(self, cell):
        if len(cell) > MAX_NAME:
            return ""
        if cell not in self._memo:
            self._memo[cell] = fold_name(cell)
        return self._memo[cell]


class Header(NamedTuple):
    """The header as it was found: its place among the rows read so far, its names, and the known ones."""

    first: int
    last: int
    names: list[str]
    known: int


def find_header(rows: Sequence[RawRow], known: KnownNames) -> Header:
    """Return the row with the most known names, or two rows that have more together; else the first wide row."""
    rows = rows[:HEAD]
    if grouped := next(filter(None, (_grouped_at(rows, place, known) for place in range(len(rows) - 1))), None):
        return grouped
    places = [(place, place) for place in range(len(rows))] + [*pairwise(range(len(rows)))]
    found = [_header_at(rows, first, last, known) for first, last in places]
    return max(filter(None, found), key=lambda header: header.known, default=None) or _first_wide(rows, known)


def _header_at(rows, first, last, known):
    """Return the header at these rows, if they look like one: known names are at least half of what they say."""
    names = trim_names(rows[first].cells)
    if last != first:
        lower = trim_names(rows[last].cells)
        if rows[last].number != rows[first].number + 1 or not _completes(names, lower, known):
            return None
        names = _join(names, lower)
    found, said = len(known.find(names)), sum(map(bool, names))
    if found and (found == said or (found >= 2 and 2 * found >= said)):
        return Header(first, last, names, found)
    return None


def _grouped_at(rows, place, known):
    """Return the header at two or three rows, if upper names are those of groups of columns."""
    found: list[Header] = []
    for count in (2, 3):
        several = rows[place : place + count]
        if len(several) < count or several[-1].number != several[0].number + count - 1:
            break
        said = [trim_names(row.cells[: 2 * MAX_COLUMNS]) for row in several]
        if len({*filter(None, said[0])}) < FEWEST_GROUPS or any(
            len(name) > MAX_NAME for names in said for name in names
        ):
            break  # it is a title, or text
        names = join_groups(said, [known.are_in(names) for names in said])
        number = len(known.find(names))
        if number and (not found or "" in found[0].names[1:]):  # a third row names what the second leaves blank
            found.append(Header(place, place + count - 1, names, number))
    return found[-1] if found else None


def _completes(upper, lower, known):
    """True if a second row names columns that the first leaves blank, and says nothing else than names."""
    said = [name for name in lower if name]
    return len(known.find(said)) * 2 >= len(said) > 0 and any(
        name and not (index < len(upper) and upper[index]) for index, name in enumerate(lower)
    )


def _join(upper, lower):
    width = max(len(upper), len(lower))
    upper, lower = ([*names, *[""] * (width - len(names))] for names in (upper, lower))
    return [below or above for above, below in zip(upper, lower, strict=True)]


def _first_wide(rows, known):
    """Return the first row that is at least half as wide as the widest: what is above it are titles.

    One as wide as the widest that has a known name comes before a narrower one without: a comma may be in a title.
    """
    widths = [sum(map(bool, trim_names(row.cells[: 2 * MAX_COLUMNS]))) for row in rows]
    named = [place for place, row in enumerate(rows) if widths[place] == max(widths) > 1 and known.find(row.cells)]
    first = next((place for place, width in enumerate(widths) if width > 1 and 2 * width >= max(widths)), 0)
    if named and widths[first] < max(widths) and not known.find(rows[first].cells):
        return Header(named[0], named[0], trim_names(rows[named[0]].cells), 1)
    place = next((place for place, width in enumerate(widths) if width > 1 and 2 * width >= max(widths)), None)
    place = next((place for place, width in enumerate(widths) if width), None) if place is None else place
    if place is None:
        raise UnreadableFile(_("The file has no header: its first row must name the columns."))
    return Header(place, place, trim_names(rows[place].cells), 0)


def trim_names(cells: Sequence[str]) -> list[str]:
    """Return the names of columns in a row, each on one line; blank cells at the end are none."""
    names = [" ".join(cell.strip(INVISIBLE).split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def check_names(names: Sequence[str], above: str = "") -> None:
    """Refuse a header without a name, with a name twice, or with more names than any table has.

    ``above`` is what stands above it, which may tell apart the columns of one name.
    """
    said = [name for name in names if name]
    if not said:
        raise UnreadableFile(_("The file has no header: its first row must name the columns."))
    if len(said) > MAX_COLUMNS:
        raise UnreadableFile(
            _("The header names %(count)d columns; at most %(most)d can be read.")
            % {"count": len(said), "most": MAX_COLUMNS}
        )
    if broken := [name for name in said if "\ufffd" in name]:
        raise UnreadableFile(_("The name of a column has letters that cannot be read: %s.") % ", ".join(broken[:3]))
    if repeated := sorted(name for name, count in Counter(said).items() if count > 1):
        message = _("The header names a column twice: %(names)s.") % {"names": ", ".join(repeated)}
        if above:
            message += " " + _("The row above has “%(above)s”: make one row of names of the two.") % {"above": above}
        raise UnreadableFile(message)


def is_scaled(header: str) -> bool:
    """True if a header or a title says that the numbers below it are to be multiplied: Troops (thousands)."""
    return _scaled.search(header) is not None


def scale_in(header: str) -> int:
    """Return by what the numbers below a header or a title are to be multiplied; 1 if it does not say that."""
    match = _scaled.search(header)
    return next(factor for name, factor in _factors.items() if match[name]) if match else 1
