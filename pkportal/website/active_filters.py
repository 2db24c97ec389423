"""The filters in use on a list, each with the URLs of the list without it and with its opposite."""

from typing import Any, NamedTuple

from .choices import NOT
from .filters import YesNoFilter


class ActiveFilter(NamedTuple):
    """A filter in use: its label and value in words, the URL of the list without it, and with the opposite of it.

    The opposite of a choice excludes what it includes; other filters have none.
    """

    label: str
    value: str
    address: str
    opposite: str
    is_excluded: bool

    def __str__(self):
        return f"{self.label}: {self.value}"


def active_filters(view: Any) -> list[ActiveFilter]:
    """Return the filters in use on a list."""
    return [
        ActiveFilter(
            view.filterset.filters[name].label,
            words,
            view.address(view.query_without(name, value)),
            opposite_address(view, name, value),
            value.startswith(NOT),
        )
        for name, values in view.filterset.active_values().items()
        for value, words in view.filterset.values_in_words(name, values)
    ]


def opposite_address(view: Any, name: str, value: str) -> str:
    """Return the URL of a list without what a choice includes, or with what it excludes; blank if it has no choices."""
    if name not in view.filterset.choice_filters() or isinstance(view.filterset.filters[name], YesNoFilter):
        return ""
    query = view.query_without(name, value)
    query.appendlist(name, value.removeprefix(NOT) if value.startswith(NOT) else f"{NOT}{value}")
    return view.address(query)
