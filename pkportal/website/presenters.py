"""Presenter of list rows: each column is formatted and escaped once a page for all rows that share its value."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from django.db.models import Choices
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pkportal.sources.markdown import plain_text

MAX_KEPT_LINES = 2000  # rendered parts of rows that a process keeps, those used last


class ListColumn(NamedTuple):
    """A column of a list: the fields of the row that it is made of, and the function that formats them.

    The template shows the result: ``make`` returns plain text, which the template escapes, or safe HTML. A column of
    lists is not ``cached``, because a list cannot be the key of a cache.
    """

    fields: tuple[str, ...]
    make: Callable
    cached: bool = True


def text_column(field: str) -> ListColumn:
    """Return a column of escaped text."""
    return ListColumn((field,), escape)


def label_column(field: str, choices: type[Choices], change: Callable = str) -> ListColumn:
    """Return a column of the labels of choices, changed by a function such as ``capfirst``."""
    return ListColumn((field,), lambda code: escape(change(str(choices(code).label))))


def url_column(field: str, url_name: str) -> ListColumn:
    """Return a column of the URLs of pages that have this field as their one argument."""
    return ListColumn((field,), lambda key: escape(f"{url_prefix(url_name)}{key}/"))


def present_values(rows: Iterable[dict], columns: dict[str, ListColumn]) -> Iterator[dict]:
    """Yield the rows of ``values()`` with the formatted columns, which replace fields of the same names."""
    formatters = _formatters(columns, itemgetter)
    for row in rows:
        yield row | {name: make(read(row)) for name, read, make in formatters}


def present_records(records: Iterable, columns: dict[str, ListColumn]) -> Iterator[tuple[dict, object]]:
    """Yield the formatted columns of each record, together with the record."""
    formatters = _formatters(columns, attrgetter)
    for record in records:
        yield {name: make(read(record)) for name, read, make in formatters}, record


def _formatters(columns, getter):
    """Return the name, the getter of the fields and the function of each column, cached for one page."""
    return [
        (name, getter(*column.fields), cache(column.make) if column.cached else column.make)
        for name, column in columns.items()
    ]


@cache
def url_prefix(url_name: str) -> str:
    """Return what comes before the argument in the URLs of a page: reversing each one costs more than a row."""
    return reverse(url_name, args=["AAA"]).removesuffix("AAA/")


def kept_line(template: str, **values) -> SafeString:
    """Return a template as one line, which is kept: ``values`` can be hashed, and are all that it reads."""
    return _kept_line(template, get_language(), **values)


@lru_cache(MAX_KEPT_LINES)
def _kept_line(template, _language, **values):
    return one_line(render_to_string(template, values))


def one_line(html: str) -> SafeString:
    """Return rendered HTML without line breaks and the space around them."""
    lines = [line.strip() for line in html.strip().split("\n")]
    return mark_safe(" ".join(filter(None, lines)))  # noqa: S308 - escaped by its template


@lru_cache(1000)
def first_words(text: str, words: int) -> str:
    """Return the first words of a Markdown text, without markup and citations."""
    first = plain_text(text).split(None, words)
    return f"{' '.join(first[:words])} …" if len(first) > words else " ".join(first)
