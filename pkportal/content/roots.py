"""Roots: the record that a record is drafted, reviewed and published with, such as the mission of an event."""

from functools import cache
from typing import Any

from .models import Part


@cache
def root_path(model: Any) -> tuple[str, ...]:
    """Return the foreign keys that lead to the root: none for a record that is its own root.

    A part has the root that it is part of; another record without a page of its own that of the page it is shown on.
    """
    if issubclass(model, Part):
        return tuple(model.part_of.split("__"))
    if model.shown_on is None:
        return ()
    *path, _key = model.shown_on.key.split("__")
    return tuple(path)


def root_of(record: Any) -> Any:
    """Return the last record on the path to the root that there is: a standing command is its own root."""
    root = record
    for name in root_path(record.__class__):
        root = getattr(root, name) or root
    return root
