"""Rows of a page that somebody deleted while it was open: what was typed in them is kept as new rows, or dropped."""

from collections.abc import Collection

from django.http import QueryDict


def sent_keys(data: QueryDict, prefix: str, number: int, key: str) -> list[str]:
    """Return the primary keys of the rows that a page was opened with, in its order; a blank one if there is none."""
    return [data.get(f"{prefix}-{index}-{key}", "") for index in range(number)]


def with_deleted_as_new(
    data: QueryDict, prefix: str, deleted: Collection[int], counts: tuple[int, int], key: str
) -> QueryDict:
    """Return the data of a page with the rows at some places moved behind the others that exist, as new rows.

    ``counts`` are the numbers of rows that the page was opened with and that it has now.
    """
    initial, total = counts
    kept = [index for index in range(initial) if index not in deleted]
    places = {old: new for new, old in enumerate([*kept, *sorted(deleted), *range(initial, total)])}
    renumbered = QueryDict(mutable=True)
    for name, values in data.lists():
        first, _dash, rest = name.removeprefix(f"{prefix}-").partition("-")
        is_of_row = name.startswith(f"{prefix}-") and first.isdecimal() and int(first) in places
        renumbered.setlist(f"{prefix}-{places[int(first)]}-{rest}" if is_of_row else name, values)
    for index in deleted:
        renumbered[f"{prefix}-{places[index]}-{key}"] = ""
    renumbered[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return renumbered
