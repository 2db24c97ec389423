"""Notices: what a page was asked and did not understand, with the nearest that it does understand.

A page says them and shows what the rest asks for; a file is refused with them. Marks that other sites add to links to
count visits, such as ``utm_source``, ask nothing and are not read.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.core.paginator import Page
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pkportal.content.written_years import read_years

from .choices import nearest, quoted
from .parameter_words import parameter_meant

TRACKING_PREFIXES, TRACKING_SUFFIXES = ("utm_", "mc_", "pk_"), ("clid", "clkid")
EVERY_PAGE = "all"  # the number of the page that has all rows, to be printed
BOUNDS = ["from", "to"]  # the parameters of a period
TRACKING_NAMES = {"gbraid", "igshid", "srsltid", "wbraid"}


class Correction(NamedTuple):
    """What may have been meant: in words, and the query of the same page with it."""

    words: str
    query: QueryDict


class Notice(NamedTuple):
    """A parameter that was not understood: its name, what is wrong, and what may have been meant."""

    name: str
    reason: str
    corrections: tuple[Correction, ...] = ()

    @property
    def explained(self) -> str:
        """What is wrong and what may have been meant, in words."""
        meant = _(" or ").join(correction.words for correction in self.corrections)
        hint = _(" Did you mean %(correction)s?") % {"correction": meant} if meant else ""
        return f"{self.reason}{hint}"

    def __str__(self):
        return f"{self.name}: {self.explained}"


def replaced(query: QueryDict, name: str, value: str, new_name: str, new_value: str) -> QueryDict:
    """Return a query with one value of one parameter replaced, from the first page."""
    new = query.copy()
    new.pop("page", None)
    values = [each for each in query.getlist(name) if each != value]
    new.setlist(name, values)
    if not values:
        del new[name]
    if new_value not in new.getlist(new_name):
        new.appendlist(new_name, new_value)
    return new


def renamed(query: QueryDict, name: str, new_names: Iterable[str]) -> QueryDict:
    """Return a query in which all values of one parameter are values of others, from the first page.

    Years become the bounds of a period: 1999–2001 is from 1999 to 2001.
    """
    new, new_names = query.copy(), [*new_names]
    values = new.pop(name)
    new.pop("page", None)
    for value in values:
        bounds = bounds_of_years(value) if new_names == BOUNDS else {}
        for new_name in bounds or new_names:
            new.appendlist(new_name, bounds.get(new_name, value))
    return new


def bounds_of_years(text: str) -> dict[str, str]:
    """Return the values of the bounds of a period that are the years of a text, none if it has no years."""
    try:
        dates = read_years(text).in_order().dates
    except ValueError:
        return {}
    return {name: date for name, date in zip(BOUNDS, dates, strict=True) if date}


def as_period(query: QueryDict, name: str, bounds: dict[str, str]) -> Correction:
    """Return the query with bounds of a period in place of one parameter, from the first page."""
    new = query.copy()
    for old in {name, "page", *BOUNDS} & {*new}:
        del new[old]
    new.update(bounds)
    return Correction(_(" and ").join(f"{bound} {date}" for bound, date in bounds.items()), new)


def with_values(query: QueryDict) -> QueryDict:
    """Return a query without the parameters that have no value: a form sends its empty fields too."""
    new = query.copy()
    for name, values in query.lists():
        if not any(values):
            del new[name]
    return new


def is_tracking(name: str) -> bool:
    """True for a mark that other sites add to links to count visits."""
    return name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES) or name.endswith(TRACKING_SUFFIXES)


def unknown_parameters(query: QueryDict, labels: dict[str, str]) -> Iterator[Notice]:
    """Yield a notice for each parameter that a page does not know; ``labels`` has the names and labels it knows."""
    for name in query:
        if name not in labels and not is_tracking(name):
            meant = parameter_meant(name, labels)
            meant = nearest(name, labels.items()) if meant is None else meant
            new_names = meant.split()
            corrections = (Correction(_(" and ").join(new_names), renamed(query, name, new_names)),) if meant else ()
            known = _(" It knows: %(names)s.") if labels else _(" This address takes none.")
            known = "" if meant else known % {"names": ", ".join(labels)}
            yield Notice(quoted(name), _("not a parameter here.") + known, corrections)


def repeated_parameters(query: QueryDict, single: Iterable[str]) -> Iterator[Notice]:
    """Yield a notice for each parameter that takes one value and was given several."""
    for name in single:
        if len({*query.getlist(name)}) > 1:
            last = {"value": quoted(query[name])}
            yield Notice(name, _("takes one value; the last, “%(value)s”, counts.") % last)


def unknown_value(query: QueryDict, name: str, value: str, reason: str, near: Iterable[str]) -> Notice:
    """Return the notice of a value that was not understood, with the values that may have been meant."""
    meant = (Correction(each, replaced(query, name, value, name, each)) for each in near)
    return Notice(name, reason, tuple(meant))


def page_notices(
    request: HttpRequest, form: Form | None = None, other_labels: Iterable[tuple[str, str]] = ()
) -> list[tuple[Notice, list[tuple[str, str]]]]:
    """Return the notices of a page that knows the fields of a form, each with the words and URLs of what was meant.

    ``other_labels`` are of the parameters that the page knows beside the form.
    """
    query, labels = request.GET, {name: str(field.label) for name, field in form.fields.items()} if form else {}
    labels |= dict(other_labels)
    notices = [*unknown_parameters(query, labels), *repeated_parameters(query, labels)]
    for name, errors in form.errors.as_data().items() if form else ():
        for error in errors:
            (reason,) = error.messages
            notices.append(unknown_value(query, name, query[name], reason, (error.params or {}).get("nearest", ())))
    return [said(notice, request.path) for notice in notices]


def said(notice: Notice, path: str) -> tuple[Notice, list[tuple[str, str]]]:
    """Return a notice with the words and the URL of each correction."""
    return notice, [(words, f"{path}?{query.urlencode()}" if query else path) for words, query in notice.corrections]


def wrong_page(query: QueryDict, page: Page) -> Iterator[Notice]:
    """Yield a notice if the number of the page is none, or there is no such page."""
    asked = query.get("page", "1")
    if asked not in {str(page.number), EVERY_PAGE}:
        last = page.paginator.num_pages
        there_are = ngettext("there is %(last)s page", "there are %(last)s pages", last) % {"last": last}
        reason = _("“%(value)s” is no page: %(there_are)s, and this is page %(number)s.")
        yield Notice("page", reason % {"value": quoted(asked), "there_are": there_are, "number": page.number})
