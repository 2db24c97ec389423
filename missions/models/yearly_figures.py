"""Figures year by year: for each mission, nation and year the latest, and never a sum over dates."""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum, TextField, When, Window
from django.db.models.functions import Cast, Coalesce, Collate, Substr

from pkportal.content.dates import PartialDate
from pkportal.sources.models import BEST_SOURCE_FIRST

from .contribution import Contribution
from .contribution_terms import ValueState
from .headline import exactness_of

KEY = ["mission__code", "country__iso3", "year"]
SAME_DATE = ["mission_id", "country_id", "as_of"]
SAME_STATEMENT = ["mission_id", "country_id", "kind", "unit", "basis", "as_of", "source_id"]


class YearlyFigure(NamedTuple):
    """What one nation gave to one mission, as last stated for one year: how much, how exactly, when and by whom."""

    mission: str
    country: str
    year: int
    quantity: int
    value_state: ValueState
    as_of: PartialDate
    source: str

    @property
    def key(self) -> tuple[str, str, int]:
        """The values of its key, by which the figures are ordered."""
        return self.mission, self.country, self.year


def yearly_rows(figures: QuerySet) -> QuerySet:
    """Return the row of the headline of each mission, nation and year, of figures of one unit, kind and basis.

    It is of the latest date of the year, of figures of the whole where there is one. Of several sources for that date
    the best counts: its figure of the whole, or else all its figures by place, which are added.
    """
    latest = figures.order_by().annotate(latest_date=latest_date()).filter(as_of=F("latest_date"))
    *best_first, _pk = BEST_SOURCE_FIRST
    of_latest = Contribution.objects.filter(pk__in=latest.values("pk"))
    best = of_latest.order_by(*SAME_DATE, *best_first, "location").distinct(*SAME_DATE)
    same = Contribution.objects.filter(~Q(location=""), **{name: OuterRef(name) for name in SAME_STATEMENT})
    places = same.order_by().values("source")
    added = Subquery(places.annotate(sum=Sum("quantity")).values("sum"))
    states = Subquery(places.annotate(states=ArrayAgg("value_state", distinct=True)).values("states"))
    rows = Contribution.objects.filter(pk__in=best.values("pk")).annotate(
        year=Cast(Substr("as_of", 1, 4), IntegerField()),
        stated=Case(When(location="", then=F("quantity")), default=added),
        states=states,
    )
    return rows.order_by(*KEY)


def yearly_figures(rows: QuerySet) -> Iterator[YearlyFigure]:
    """Yield the figures of headlines, in their order."""
    values = rows.values_list(*KEY, "stated", "location", "value_state", "states", "as_of", "source__code")
    for mission, country, year, quantity, place, state, states, as_of, source in values:
        value_state = exactness_of(states if place else [state])
        yield YearlyFigure(mission, country, year, quantity, value_state, as_of, source)


def latest_date() -> Coalesce:
    """Return the expression of the latest date of a mission, nation and year; that of the whole comes before others."""
    date = Collate(Cast("as_of", TextField()), "C")
    year = [F("mission_id"), F("country_id"), Substr("as_of", 1, 4)]
    return Coalesce(Window(Max(date, filter=Q(location="")), partition_by=year), Window(Max(date), partition_by=year))
