"""Who held a post on a date: whoever surely did comes first, then whoever may have, as dates are not all exact."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDate

from .evidence import is_stale


class Holder(NamedTuple):
    """One appointment on a date: ``doubt`` says why it may not have been held then, ``stated`` when it was last stated.

    ``stated`` is only of an appointment without an end that was not stated for the date itself.
    """

    post: Any
    doubt: str
    stated: PartialDate | None
    is_stale: bool


def holders_on(date: PartialDate, posts: Iterable[dict[str, Any]]) -> list[Holder]:
    """Return the holders among appointments with ``start``, ``end``, ``stated`` and ``is_holder``, the surest first.

    A tenure known to the month yields to one known to the day.
    """
    holders = [holder_on(date, post) for post in posts if post["is_holder"]]
    return sorted(holders, key=lambda holder: bool(holder.doubt))


def holder_on(date: PartialDate, post: dict[str, Any]) -> Holder:
    """Return one appointment as of a date."""
    stated = PartialDate(post["stated"]) if post["stated"] and not post["end"] else None
    is_later = stated is not None and stated.last < date.first
    doubt = tenure_doubt(date, post["start"], post["end"])
    return Holder(post, doubt, stated if is_later else None, is_stale(stated, date.first))


def tenure_doubt(date: PartialDate, start: str | None, end: str | None) -> str:
    """Return since or until when an appointment was held, where that is known less exactly than the date asked for."""
    if start and is_vaguer(start, date):
        return _("from some day %(date)s") % {"date": PartialDate(start).on_or_in}
    if end and is_vaguer(end, date):
        return _("until some day %(date)s") % {"date": PartialDate(end).on_or_in}
    return ""


def is_vaguer(bound: str, date: PartialDate) -> bool:
    """True if a bound is a month or a year within which the date lies."""
    return len(bound) < len(date) and date.startswith(bound)
