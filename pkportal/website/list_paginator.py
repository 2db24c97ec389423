"""Paginator of long lists: a page costs about the same wherever it is, and in whichever order."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from .order_groups import page_groups

DEEP = 1_000  # rows before a page from which on only their keys are read
LONG_LIST = 10_000  # rows of a list that are not sorted for a page, but only those of its groups


class ListPaginator(Paginator):
    """Paginator of a list whose rows were counted; of the rows before a late page it reads the keys alone.

    It reads them from the end that is nearer, so the order must be total. ``keys`` are the same rows in the same order.
    """

    def __init__(self, rows: QuerySet, per_page: int, count: int, keys: QuerySet):
        super().__init__(rows, per_page)
        self.count, self.keys = count, keys

    def page(self, number: Any) -> Page:
        """Return a page; its rows cost the same wherever it is, and those before it as little as an index allows."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        until = min(first + self.per_page, self.count)
        is_distinct = self.keys.query.distinct
        groups = None if is_distinct or self.count < LONG_LIST else page_groups(self.keys, first, until)
        if is_distinct or (first < DEEP and not groups):
            return self._get_page(self.object_list[first:until], number, self)
        keys, before, count = self.keys, 0, self.count
        if groups:
            keys, before, count = keys.filter(groups.condition), groups.before, groups.number
        keys = keys_between(keys.values("pk"), first - before, until - before, count)
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)


def keys_between(keys: QuerySet, first: int, until: int, count: int) -> QuerySet:
    """Return the keys of the rows between two places, read from the end that is nearer."""
    is_near_end = first > count - until
    return keys.reverse()[count - until : count - first] if is_near_end else keys[first:until]
