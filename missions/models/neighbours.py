"""Questions about figures that are far from their neighbours: accepted, but whoever enters one is asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDate
from pkportal.sources.models import BEST_SOURCE_FIRST

from .contribution import Contribution

FAR = 4  # times as much, or a fourth
COUNTS_THE_SAME = ["mission_id", "country_id", "kind", "unit", "location", "basis"]


def neighbours(same: Mapping[str, Any], as_of: Any) -> list[QuerySet]:
    """Return the figures before a date and those after it that count the same, the nearest first.

    Of several figures of one date it is the best source's.
    """
    figures = Contribution.objects.filter(**same)
    before = figures.filter(as_of__lt=as_of).order_by(F("as_of").desc(), *BEST_SOURCE_FIRST)
    after = figures.filter(as_of__gt=as_of).order_by(F("as_of").asc(), *BEST_SOURCE_FIRST)
    return [before, after]


def question_about(figure: Contribution) -> str:
    """Return what is strange about a figure as it may be stored, or nothing, in two queries."""
    near = neighbours({name: getattr(figure, name) for name in COUNTS_THE_SAME}, figure.as_of)
    others = [rows.exclude(pk=figure.pk).values("quantity", "as_of")[:1] for rows in near]
    return distance_in_words(figure.quantity, *others)


def questions_about(figures: QuerySet) -> dict[int, str]:
    """Return what is strange about stored figures, by primary key, in one query; a doubt or a check answers it."""
    before, after = neighbours({name: OuterRef(name) for name in COUNTS_THE_SAME}, OuterRef("as_of"))
    json = {"quantity": "quantity", "as_of": "as_of"}
    asked = figures.filter(doubt="", is_checked=False).order_by()
    rows = asked.annotate(before=before[:1].as_json(**json), after=after[:1].as_json(**json))
    found = {
        pk: distance_in_words(quantity, before, after)
        for pk, quantity, before, after in rows.values_list("pk", "quantity", "before", "after")
    }
    return {pk: question for pk, question in found.items() if question}


def distance_in_words(quantity: int, before: Iterable[dict], after: Iterable[dict]) -> str:
    """Return which neighbours a figure is far from, if it is far from all, as the doubt about it is written."""
    before, after = [*before], [*after]
    near = [*before, *after]
    if not near or not is_far(quantity, [row["quantity"] for row in near]):
        return ""
    figures = [f"{row['quantity']:,} ({PartialDate(row['as_of']).in_words})" for row in near]
    if before and after:
        text = _("Far from the figures before and after it: %(before)s and %(after)s.")
        return text % dict(zip(["before", "after"], figures, strict=True))
    text = _("Far from the figure before it: %(figure)s.") if before else _("Far from the figure after it: %(figure)s.")
    return text % {"figure": figures[0]}


def is_far(quantity: int, others: Sequence[int]) -> bool:
    """True if a number is at least four times as much as each of the others, or at most a fourth."""
    return quantity >= FAR * max(others) or FAR * quantity <= min(others)
