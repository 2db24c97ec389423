"""What a nation was called on a date, where it is called otherwise today: ``the former Yugoslav Republic of …``.

Of its former names one that other nations had as well says nothing of it, and one that has today's name in it nothing
new. An abbreviation is none, and “Turkey” is better than “Republic of Turkey”. Of what is left the longest says most.
"""

from collections.abc import Mapping
from functools import cache

from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat, Left, Length, Upper
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDate
from pkportal.content.queries import compiled

from .country import Country


def former_names(country: str) -> QuerySet:
    """Return the former names by which the nation of an outer row can be called, the best first."""
    names = Country._meta.get_field("other_names").related_model.objects.filter(kind="former")
    of_others = names.filter(name=OuterRef("name")).exclude(country=OuterRef("country"))
    same_state = names.filter(country=OuterRef("country")).annotate(
        whole=ExpressionWrapper(OuterRef("name"), CharField())
    )
    shorter = same_state.filter(whole__endswith=Concat(Value(" of "), F("name")))
    return (
        names.filter(~Exists(of_others), ~Exists(shorter), country=OuterRef(country), to_date__isnull=False)
        .exclude(name=Upper("name"))
        .exclude(name__contains=F("country__name"))
        .order_by(Length("name").desc())
    )


@cache
def name_then(model: type[Model], country: str, date: str) -> RawSQL:
    """Return the SQL expression of what the nation of a row was called on the date of the row; nothing if as today.

    A name counts only where it was in use throughout the day, month or year.
    """
    began = Q(from_date=None) | Q(from_date__lt=Left(OuterRef(date), 4))
    names = former_names(country).filter(began, to_date__gt=OuterRef(date))
    return compiled(model, Coalesce(Subquery(names.values("name")[:1]), Value("")))


def name_on(names: list[Mapping], date: PartialDate) -> str:
    """Return which of some former names, the best first, a nation had throughout a date, or nothing."""
    in_use = (it["name"] for it in names if it["to_date"] > date and (it["from_date"] or "") < date[:4])
    return next(in_use, "")


def then_and_now(then: str, now: str) -> str:
    """Return what a nation was called, with what it is called today; or its name alone if it was called so then."""
    return _("%(then)s, today %(now)s") % {"then": then, "now": now} if then else now
