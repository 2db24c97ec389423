"""The sums of what nations gave, date by date: the strength of a force as far as its nations are on record."""

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When

from pkportal.sources.models import BEST_SOURCE_FIRST

from .contribution import Contribution
from .contribution_terms import Basis, Unit

SAME = ["mission_id", "as_of", "kind", "country_id"]
PEOPLE_DEPLOYED = {"unit": Unit.PERSONNEL, "basis": Basis.DEPLOYED}


def sums_of_nations(figures: QuerySet) -> QuerySet:
    """Return dicts of each date and kind: how many ``nations`` have people deployed, and their ``total``.

    Of each nation the best source counts: its figure of the whole, or else all its figures by place. ``doubtful`` is
    the number of nations with a figure that is doubtful.
    """
    *best_first, _pk = BEST_SOURCE_FIRST
    best = figures.filter(**PEOPLE_DEPLOYED).order_by(*SAME, *best_first, "location").distinct(*SAME)
    by_place = Contribution.objects.filter(
        **PEOPLE_DEPLOYED, **{name: OuterRef(name) for name in [*SAME, "source_id"]}
    ).order_by()
    places = Subquery(by_place.values("source").annotate(sum=Sum("quantity")).values("sum"))
    stated = Case(When(location="", then=F("quantity")), default=places)
    in_doubt = Exists(by_place.filter(~Q(doubt=""), is_checked=False))
    counted = Contribution.objects.filter(pk__in=best.values("pk")).annotate(stated=stated, in_doubt=in_doubt)
    numbers = {"total": Sum("stated"), "nations": Count("pk"), "doubtful": Count("pk", filter=Q(in_doubt=True))}
    return counted.order_by().values("as_of", "kind").annotate(**numbers)
