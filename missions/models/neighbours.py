"""Questions about figures that are far from their neighbours, or beyond the strength of the whole mission.

They are accepted, but whoever enters one is asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDate
from pkportal.sources.models import BEST_SOURCE_FIRST

from .contribution import Contribution
from .contribution_terms import Basis, Unit
from .stated_total import StatedTotal

FAR = 4  # times as much, or a fourth
SUSPECTS = """
WITH asked (pk, {dated}, quantity) AS ({asked}), best ({dated}, quantity) AS ({best}), near AS (
    SELECT {dated}, lag(quantity) OVER series AS before, lag(as_of) OVER series AS date_before,
        lead(quantity) OVER series AS after, lead(as_of) OVER series AS date_after FROM best
    WINDOW series AS (PARTITION BY {same} ORDER BY as_of)
), beside AS (
    SELECT dates.*, b.total AS total_before, b.as_of AS total_date_before,
        a.total AS total_after, a.as_of AS total_date_after
    FROM (SELECT DISTINCT mission_id, as_of FROM asked) AS dates
    LEFT JOIN LATERAL ({totals} AND t.as_of <= dates.as_of ORDER BY t.as_of DESC, total DESC LIMIT 1) AS b ON true
    LEFT JOIN LATERAL ({totals} AND t.as_of > dates.as_of ORDER BY t.as_of, total DESC LIMIT 1) AS a ON true
)
SELECT * FROM (
    SELECT pk, quantity,
        coalesce(quantity >= {far} * greatest(before, after), false)
            OR coalesce({far} * quantity <= least(before, after), false) AS is_far,
        before, date_before, after, date_after, total_before, total_date_before, total_after, total_date_after,
        coalesce(quantity > greatest(total_before, total_after) AND {counts_people}, false) AS exceeds
    FROM asked JOIN near USING ({dated}) LEFT JOIN beside USING (mission_id, as_of)
) AS compared WHERE is_far OR exceeds
"""
TOTALS = "SELECT total, as_of FROM missions_statedtotal t WHERE t.mission_id = dates.mission_id"
COUNTS_PEOPLE = f"unit = '{Unit.PERSONNEL}' AND basis = '{Basis.DEPLOYED}'"
COUNTS_THE_SAME = ["mission_id", "country_id", "kind", "unit", "location", "basis"]


def neighbours(same: Mapping[str, Any], as_of: Any) -> list[QuerySet]:
    """Return the figures before a date and those after it that count the same, the nearest first.

    Of several figures of one date it is the best source's.
    """
    figures = Contribution.objects.filter(**same)
    before = figures.filter(as_of__lt=as_of).order_by(F("as_of").desc(), *BEST_SOURCE_FIRST)
    after = figures.filter(as_of__gt=as_of).order_by(F("as_of").asc(), *BEST_SOURCE_FIRST)
    return [before, after]


def totals_beside(mission: Any, as_of: Any) -> list[QuerySet]:
    """Return the stated totals of a mission up to a date and those after it, the nearest and largest first."""
    totals = StatedTotal.objects.filter(mission=mission)
    before = totals.filter(as_of__lte=as_of).order_by(F("as_of").desc(), F("total").desc())
    after = totals.filter(as_of__gt=as_of).order_by(F("as_of").asc(), F("total").desc())
    return [before, after]


def question_about(figure: Contribution) -> str:
    """Return what is strange about a figure as it may be stored, or nothing, in at most four queries."""
    near = neighbours({name: getattr(figure, name) for name in COUNTS_THE_SAME}, figure.as_of)
    others = [rows.exclude(pk=figure.pk).values("quantity", "as_of")[:1] for rows in near]
    strange = distance_in_words(figure.quantity, *others)
    if strange or figure.unit != Unit.PERSONNEL or figure.basis != Basis.DEPLOYED:
        return strange
    before, after = totals_beside(figure.mission_id, figure.as_of)
    return excess_in_words(figure.quantity, [*before.values("total", "as_of")[:1], *after.values("total", "as_of")[:1]])


def questions_about(figures: QuerySet) -> Iterator[tuple[int, str]]:
    """Yield what is strange about stored figures, each with its primary key; a doubt or a check answers it."""
    for suspect in suspects_among(figures.filter(doubt="", is_checked=False)):
        yield suspect.pk, suspect.in_words()


class Suspect(NamedTuple):
    """A strange figure, with the figures next to it in time that count the same, and the stated totals, if any."""

    pk: int
    quantity: int
    is_far: bool
    before: int | None
    date_before: str | None
    after: int | None
    date_after: str | None
    total_before: int | None
    total_date_before: str | None
    total_after: int | None
    total_date_after: str | None

    def in_words(self) -> str:
        """Return what is strange about it: its distance from the others, or else that it exceeds the totals."""
        if self.is_far:
            return distance_in_words(self.quantity, *self.near())
        totals = [(self.total_before, self.total_date_before), (self.total_after, self.total_date_after)]
        known = [{"total": total, "as_of": date} for total, date in totals if total is not None]
        return excess_in_words(self.quantity, known)

    def near(self) -> Iterator[list[dict]]:
        """Yield the figures before it and those after it: one or none."""
        for quantity, date in [(self.before, self.date_before), (self.after, self.date_after)]:
            yield [] if quantity is None else [{"quantity": quantity, "as_of": date}]


def suspects_among(figures: QuerySet) -> Iterator[Suspect]:
    """Yield, in one pass, the figures that are far from those next to them, or larger than the stated totals.

    Inside a transaction: they may be many, and are fetched a few at a time.
    """
    touched = Exists(figures.filter(mission=OuterRef("mission"), country=OuterRef("country")))
    dated = [*COUNTS_THE_SAME, "as_of"]
    best = Contribution.objects.filter(touched).order_by(*dated, *BEST_SOURCE_FIRST).distinct(*dated)
    asked = figures.order_by().values("pk", *dated, "quantity")
    (asked_sql, asked_values), (best_sql, best_values) = (
        rows.query.sql_with_params() for rows in (asked, best.values(*dated, "quantity"))
    )
    same = ", ".join(COUNTS_THE_SAME)
    parts = {"totals": TOTALS, "counts_people": COUNTS_PEOPLE, "far": FAR}
    text = SUSPECTS.format(asked=asked_sql, best=best_sql, same=same, dated=", ".join(dated), **parts)
    with connection.chunked_cursor() as cursor:
        cursor.execute(text, [*asked_values, *best_values])
        yield from (Suspect(*row[:-1]) for row in cursor)


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


def excess_in_words(quantity: int, totals: Sequence[Mapping[str, Any]]) -> str:
    """Return the stated totals nearest in time to a figure of one nation, if it is more than each of them."""
    if not totals or quantity <= max(row["total"] for row in totals):
        return ""
    figures = [f"{row['total']:,} ({PartialDate(row['as_of']).in_words})" for row in totals]
    return _("More than the stated total of the whole mission: %(totals)s.") % {"totals": ", ".join(figures)}


def is_far(quantity: int, others: Sequence[int]) -> bool:
    """True if a number is at least four times as much as each of the others, or at most a fourth."""
    return quantity >= FAR * max(others) or FAR * quantity <= min(others)
