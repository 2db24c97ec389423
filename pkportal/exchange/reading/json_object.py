"""The one list of objects in an object, as interfaces answer: {"count": 2, "results": [{…}, {…}]}."""

import re
from typing import Any, NamedTuple

from .json_source import JsonSource, NotJsonError, decode, is_dense
from .line_source import MAX_CELL

_list_of_objects = re.compile(r"\s*\[\s*\{")
_between = re.compile(r"\s*([:,}])\s*")


class ListInside(NamedTuple):
    """The name of a list in an object, and what stands before it with its names."""

    name: str
    before: list[tuple[str, Any]]


def list_inside(source: JsonSource) -> ListInside | None:
    """Return the first list of objects in the object that comes next, and pass to it; None if that has none."""
    while True:
        found = _search(source.text, source.place + 1)
        if found is not None:
            inside, place = found
            source.place = place if inside else source.place
            return inside
        if len(source.text) - source.place > MAX_CELL or is_dense(source.text[source.place :]) or not source.fill():
            return None


def _search(text: str, place: int) -> tuple[ListInside | None, int] | None:
    """Return a list and where it begins, no list if the object ends before; None if more text is needed."""
    before: list[tuple[str, Any]] = []
    try:
        while True:
            name, colon, place = _member_name(text, place)
            if _list_of_objects.match(text, place):
                return ListInside(name, before), place
            value, place = decode(text, place)
            before.append((name, value))
            mark, place = _mark(text, place)
            if mark == "}" or colon != ":":
                return None, place
    except NotJsonError:
        return None


def _member_name(text, place):
    blanks = re.compile(r"\s*").match(text, place)
    name, place = decode(text, blanks.end() if blanks else place)
    colon, place = _mark(text, place)
    return str(name), colon, place


def _mark(text, place):
    match = _between.match(text, place)
    if not match:
        raise NotJsonError
    return match[1], match.end()


def members_after(source: JsonSource) -> list[tuple[str, Any]] | None:
    """Return what follows after a list in an object, to the end of the text; None if that is not JSON."""
    members: list[tuple[str, Any]] = []
    try:
        while source.peek() == ",":
            source.place += 1
            source.peek()
            name = source.take_value()
            if source.peek() != ":":
                return None
            source.place += 1
            source.peek()
            members.append((str(name), source.take_value()))
        if source.peek() != "}":
            return None
        source.place += 1
    except NotJsonError:
        return None
    return None if source.peek() else members
