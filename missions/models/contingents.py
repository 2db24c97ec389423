"""What nations gave to a mission as of one date: each nation's latest figure, other sources beside it, and the sum."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pkportal.content.dates import PartialDate
from pkportal.content.name_order import name_sort_key

from .contribution import Contribution
from .contribution_terms import Basis, ContributionKind, Unit
from .country import Country
from .headline import exactness, headline
from .stated_total import StatedTotal

NEAR = 60  # days: a total of a date further away says nothing about a sum
DAYS_IN_A_MONTH = 30.44  # on average


class Contingent(NamedTuple):
    """What one nation gave: its headline figures and their sum, and what other sources state.

    ``within`` are figures by place that the same source states beside its figure of the whole, which contains them.
    All are of one date; ``age`` says how much earlier that is than the date asked for, if it is. ``is_joining`` is true
    for a nation that became an ally within the month or the year of the date asked for.
    """

    country: Country
    quantity: int
    figures: list[Contribution]
    within: list[Contribution]
    others: list[Contribution]
    is_ally: bool
    is_joining: bool
    age: str = ""

    @property
    def as_of(self):
        """The date for which its figures are stated."""
        return self.figures[0].as_of

    @property
    def is_checked(self):
        """True if each figure of the sum is checked."""
        return all(figure.is_checked for figure in self.figures)

    @property
    def value_state(self):
        """How exactly the headline is known."""
        return exactness(self.figures)


class ContingentShare(NamedTuple):
    """What the allies gave together, or the partners: the number of nations, and their sum."""

    nations: int
    quantity: int


class ContingentGroup(NamedTuple):
    """Contingents of one kind, unit and basis, which compare, as ``parts``: the largest first."""

    kind: str
    unit: str
    basis: str
    parts: list[Contingent]

    @property
    def title(self):
        """What the figures count, in words: ``troops, deployed``."""
        kind, unit, basis = ContributionKind(self.kind).label, Unit(self.unit), Basis(self.basis).label
        counted = f"{kind} ({unit.label})" if unit != Unit.PERSONNEL and unit != self.kind else kind
        return f"{counted}, {basis}"

    @property
    def total(self):
        """The sum of the parts, one of each nation: of the latest figures where the dates differ."""
        return sum(part.quantity for part in self.parts)

    @property
    def dates(self):
        """The dates of the parts, the earliest first."""
        return sorted({part.as_of for part in self.parts})

    @property
    def main_date(self):
        """The date that most parts have, the latest of such dates."""
        counts = Counter(part.as_of for part in self.parts)
        return max(counts, key=lambda date: (counts[date], date))

    @property
    def of_main_date(self):
        """How many nations have a figure of the main date, and their sum, which is of one date."""
        main_date = self.main_date
        return contingent_share([part for part in self.parts if part.as_of == main_date])

    @property
    def allies(self):
        """How many nations were allies throughout that date, and what they gave."""
        return contingent_share([part for part in self.parts if part.is_ally])

    @property
    def partners(self):
        """How many nations were not allies throughout that date, and what they gave."""
        return contingent_share([part for part in self.parts if not part.is_ally])


def contingent_share(parts: list[Contingent]) -> ContingentShare:
    """Count some of the parts, and add them up."""
    return ContingentShare(len(parts), sum(part.quantity for part in parts))


def contingent_groups(figures: Iterable[Contribution], date: PartialDate) -> list[ContingentGroup]:
    """Group the contributions to one mission at one date by what they count; people come first, then by basis and size.

    The figures must come with the best source first.
    """
    what_is_counted = attrgetter("kind", "unit", "basis")
    groups = [
        ContingentGroup(kind, unit, basis, contingents([*members], date))
        for (kind, unit, basis), members in groupby(sorted(figures, key=what_is_counted), what_is_counted)
    ]
    return sorted(
        groups, key=lambda group: (group.unit != Unit.PERSONNEL, Basis.values.index(group.basis), -group.total)
    )


def contingents(figures: Iterable[Contribution], date: PartialDate) -> list[Contingent]:
    """Return the contingent of each nation, the largest first."""
    by_country = groupby(sorted(figures, key=attrgetter("country.name")), attrgetter("country"))
    parts = [contingent(country, [*members], date) for country, members in by_country]
    return sorted(parts, key=lambda part: (-part.quantity, name_sort_key(part.country.name)))


def contingent(country: Country, figures: list[Contribution], date: PartialDate) -> Contingent:
    """Return the contingent of one nation: its headline figures at its latest date, and what else is stated for it.

    A figure of the whole counts where there is one, even if figures by place are newer.
    """
    whole = [figure for figure in figures if not figure.location] or figures
    latest = max((figure.as_of for figure in whole), key=lambda as_of: (as_of == date, as_of))
    figures = [figure for figure in figures if figure.as_of == latest]
    counted = headline(figures)
    best_source = counted[0].source_id
    within = [figure for figure in figures if figure.source_id == best_source and figure not in counted]
    others = [figure for figure in figures if figure.source_id != best_source]
    is_ally = country.is_ally_on(date.first)
    is_joining = not is_ally and country.is_ally_on(date.last)
    quantity = sum(figure.quantity for figure in counted)
    return Contingent(country, quantity, counted, within, others, is_ally, is_joining, age_in_words(latest, date))


def age_in_words(as_of: PartialDate, date: PartialDate) -> str:
    """Return how much earlier a date is than another: ``5 months earlier``; nothing if it may be the same.

    Of two years, or of two months, it is how many of these; else the least that it may be.
    """
    days = (date.first - as_of.last).days
    if days <= 0:
        return ""
    if as_of.precision == date.precision == "year":
        years = date.year - as_of.year
        return ngettext("%(number)s year earlier", "%(number)s years earlier", years) % {"number": years}
    is_exact = as_of.precision == date.precision
    if is_exact and date.precision == "month":
        months = 12 * (date.year - as_of.year) + date.first.month - as_of.first.month
    else:
        months = int(days / DAYS_IN_A_MONTH)
    words = ngettext("%(number)s month earlier", "%(number)s months earlier", months) % {"number": months}
    if not months:
        words = ngettext("%(number)s day earlier", "%(number)s days earlier", days) % {"number": days}
    return words if is_exact else _("at least %(age)s") % {"age": words}


def comparable_total(
    groups: Sequence[ContingentGroup], totals: Iterable[StatedTotal], date: PartialDate
) -> StatedTotal | None:
    """Return the stated total to compare the people deployed on a date with: the nearest, surely within 60 days.

    None where no source states one, or where the first group does not count people deployed.
    """

    def distance(total: StatedTotal) -> int:
        return days_apart(total.as_of, date)

    if not groups or (groups[0].unit, groups[0].basis) != (Unit.PERSONNEL, Basis.DEPLOYED):
        return None
    return min((total for total in totals if distance(total) < NEAR), key=distance, default=None)


def days_apart(one: PartialDate, other: PartialDate) -> int:
    """Return how many days two dates may be apart at most; the same month or year counts as the same date."""
    return 0 if one == other else max((one.last - other.first).days, (other.last - one.first).days)
