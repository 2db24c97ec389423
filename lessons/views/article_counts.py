"""Counts in an article: ``[90 challenges](/challenges/)`` and ``[41 are completed](/missions/?status=completed)``.

A link to a list whose words begin with a number has the number of the rows that the list has when the page is opened.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import ngettext

from lessons.models import Challenge, Lesson
from missions.models import Command, Contribution, Event, Mandate
from pkportal.website.lists import FilteredList

KINDS_BY_NAME = {
    str(model._meta.verbose_name_plural): model for model in [Challenge, Command, Contribution, Event, Lesson, Mandate]
}
COUNTED_LINK = re.compile(
    r'<a href="(?P<path>/[a-z]+/)(?:\?(?P<query>[^"#]+))?">(?P<number>[\d,]+) (?P<words>[^<]+)</a>'
)


class CountedLink(NamedTuple):
    """A link that counts: its HTML, the address of the list, the number as it was typed, and the words after it."""

    link: str
    address: str
    number: int
    words: str
    rows: QuerySet

    def with_number(self, number: int) -> str:
        """Return the link with another number."""
        return f'<a href="{html.escape(self.address)}">{number_of_records(self.words, number)}</a>'


def counted_links(article: str) -> Iterator[CountedLink]:
    """Yield the links of an article that count rows of a list."""
    for match in COUNTED_LINK.finditer(article):
        query = html.unescape(match["query"] or "")
        rows = _rows(match["path"], query, match["words"])
        if rows is not None:
            address = f"{match['path']}{'?' if query else ''}{query}"
            yield CountedLink(match[0], address, int(match["number"].replace(",", "")), match["words"], rows)


def with_counts(article: str, links: list[CountedLink], counts: dict[str, int]) -> str:
    """Return an article in which each link has its number of the counts."""
    for link in links:
        article = article.replace(link.link, link.with_number(counts[link.address]))
    return article


def _rows(path: str, query: str, words: str) -> QuerySet | None:
    """Return the rows that a list has for a query, or None where the address is no list, or not all is understood."""
    if not query:
        return KINDS_BY_NAME[words].objects.published() if words in KINDS_BY_NAME else None
    try:
        view_class = getattr(resolve(path).func, "view_class", None)
    except Resolver404:
        return None
    if view_class is None or not issubclass(view_class, FilteredList):
        return None
    model = view_class.filterset_class._meta.model
    filters = view_class.filterset_class(QueryDict(query), queryset=model._default_manager.published())
    return None if [*filters.notices(filters.data)] else filters.qs


def number_of_records(words: str, number: int) -> str:
    """Return a number before words, which are in the singular for one if they are a kind of record: 1 challenge."""
    if words in KINDS_BY_NAME:
        words = ngettext(str(KINDS_BY_NAME[words]._meta.verbose_name), words, number)
    return f"{number:,} {words}"
