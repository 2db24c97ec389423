"""What a nation was called on a date, where it is called otherwise today: ``the former Yugoslav Republic of …``.

Of its former names one that other nations had as well says nothing of it, and one that has today's name in it nothing
new. An abbreviation is none, except where there is little room. Of what is left, one with its article is what the
nation was called in a sentence, “the former Yugoslav Republic of Macedonia”; or else the shortest is what people say:
Turkey, not Republic of Turkey.
"""

from collections.abc import Mapping
from functools import cache

from django.db import models
from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat, Left, Length, Upper
from django.db.models.lookups import Contains
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDate
from pkportal.content.queries import compiled

from .country import Country

FORMER_COLUMNS = {name: name for name in ["name", "from_date", "to_date"]}


def former_names(country: str, is_short: bool = False) -> QuerySet:
    """Return the former names by which the nation of an outer row can be called, the best first, or the shortest."""
    names = Country._meta.get_field("other_names").related_model.objects.filter(kind="former")
    of_others = names.filter(name=OuterRef("name")).exclude(country=OuterRef("country"))
    has_article = Case(When(name__startswith="the ", then=0), default=1)
    names = names.filter(~Exists(of_others), country=OuterRef(country), to_date__isnull=False)
    names = names.exclude(Contains(_between_spaces("name"), _between_spaces("country__name")))
    if is_short:
        return names.order_by(Length("name"), "name__name_order")
    return names.exclude(name=Upper("name")).order_by(has_article, Length("name"), "name__name_order")


def _between_spaces(name: str) -> Concat:
    """Return a name with a space on either side, so that it is in another as whole words only: Libya, not Libyan."""
    return Concat(Value(" "), F(name), Value(" "))


def former_name(country: str, date: str, is_short: bool = False) -> Coalesce:
    """Return the expression of what the nation of a row was called on the date of the row; nothing if as today.

    A name counts only where it was in use throughout the day, month or year.
    """
    began = Q(from_date=None) | Q(from_date__lt=Left(OuterRef(date), 4))
    names = former_names(country, is_short).filter(began, to_date__gt=OuterRef(date))
    return Coalesce(Subquery(names.values("name")[:1]), Value(""))


@cache
def name_then(model: type[Model], country: str, date: str, is_short: bool = False) -> RawSQL:
    """Return ``former_name`` as SQL, for query sets of a model and not for what stands inside others."""
    return compiled(model, former_name(country, date, is_short))


def name_on(names: list[Mapping], date: PartialDate) -> str:
    """Return which of some former names, the best first, a nation had throughout a date, or nothing."""
    in_use = (it["name"] for it in names if it["to_date"] > date and (it["from_date"] or "") < date[:4])
    return next(in_use, "")


def then_and_now(then: str, now: str) -> str:
    """Return what a nation was called, with what it is called today; or its name alone if it was called so then."""
    return _("%(then)s, today %(now)s") % {"then": then, "now": now} if then else now


def with_former_names(countries: QuerySet) -> QuerySet:
    """Annotate ``former``: the former names by which each country can be called, the best first."""
    return countries.annotate(former=former_names("pk").as_json(**FORMER_COLUMNS))


def hosts_then_and_now() -> models.Prefetch:
    """Return the prefetch of the host countries of missions, with their ``former`` names."""
    return models.Prefetch("host_countries", with_former_names(Country.objects.only("iso3", "name")))


def called_on(names: list[Mapping], now: str, date: PartialDate | None) -> str:
    """Return what a nation with some former names was called on a date, and today; without a date as today."""
    return then_and_now(name_on(names, date) if date else "", now)


class NamesNation:
    """A row about a nation on a date; its query set has ``with_country_then``."""

    country: Country | models.ForeignKey | None
    country_then: str

    @property
    def country_called(self) -> str:
        """Return what the nation was called then, and today; nothing without a nation."""
        return then_and_now(self.country_then, self.country.name) if self.country else ""
