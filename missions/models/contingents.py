"""What nations gave to a mission at one date: one headline figure a nation, other sources beside it, and the sum."""

from itertools import groupby
from typing import NamedTuple

from .contribution import Basis, ContributionKind, Unit, exactness, headline


class Contingent(NamedTuple):
    """What one nation gave: the figures that make its headline, their sum, and what other sources state.

    ``within`` are the places that the same source states beside the whole, which contains them.

    Of a date known to the month or the year, a nation may have become an ally within it: then it is joining.
    """

    country: object
    quantity: int
    figures: list
    within: list
    others: list
    is_ally: bool
    is_joining: bool

    @property
    def is_checked(self):
        """A sum is checked when each of its figures is."""
        return all(it.is_checked for it in self.figures)

    @property
    def value_state(self):
        """Say how exactly the headline is known."""
        return exactness(self.figures)


class ContingentShare(NamedTuple):
    """What allies gave, or partners: how many nations, and how much together."""

    nations: int
    quantity: int


class ContingentGroup(NamedTuple):
    """Figures that compare, being of one kind, unit and basis: the parts, the largest first."""

    kind: str
    unit: str
    basis: str
    parts: list

    @property
    def title(self):
        """Name what the figures count: ``troops, deployed``."""
        kind, unit, basis = ContributionKind(self.kind).label, Unit(self.unit), Basis(self.basis).label
        counted = f"{kind} ({unit.label})" if unit != Unit.PERSONNEL and unit != self.kind else kind
        return f"{counted}, {basis}"

    @property
    def total(self):
        """Add up the parts: they are of one date, so that nobody is counted twice."""
        return sum(part.quantity for part in self.parts)

    @property
    def allies(self):
        """Count the nations that were allies through all of that date, and what they gave."""
        return contingent_share([part for part in self.parts if part.is_ally])

    @property
    def partners(self):
        """Count the nations that gave without being allies through all of that date, and what they gave."""
        return contingent_share([part for part in self.parts if not part.is_ally])


def contingent_share(parts):
    """Add up some of the parts."""
    return ContingentShare(len(parts), sum(part.quantity for part in parts))


def contingent_groups(figures, date):
    """Group the figures of one mission at one date, given with the best source's first, by what they count.

    People come first, then the larger group.
    """
    ordered = sorted(figures, key=counted_thing)
    groups = [
        ContingentGroup(*counted, contingents([*rows], date)) for counted, rows in groupby(ordered, key=counted_thing)
    ]
    return sorted(groups, key=lambda it: (it.unit != Unit.PERSONNEL, Basis.values.index(it.basis), -it.total))


def counted_thing(figure):
    """Give what a figure counts."""
    return figure.kind, figure.unit, figure.basis


def contingents(figures, date):
    """Make one part of each nation's figures, the largest first."""
    by_nation = groupby(sorted(figures, key=lambda it: it.country.name), key=lambda it: it.country)
    parts = [contingent(country, [*rows], date) for country, rows in by_nation]
    return sorted(parts, key=lambda it: (-it.quantity, it.country.name))


def contingent(country, figures, date):
    """Take the headline of a nation, and keep what other sources state beside it."""
    counted = headline(figures)
    within = [it for it in figures if it.source_id == counted[0].source_id and it not in counted]
    others = [it for it in figures if it.source_id != counted[0].source_id]
    is_ally = country.is_ally_on(date.first)
    is_joining = not is_ally and country.is_ally_on(date.last)
    return Contingent(country, sum(it.quantity for it in counted), counted, within, others, is_ally, is_joining)


def comparable_total(groups, totals, date):
    """Find the stated total to hold the people deployed on a date against: the nearest within half a year.

    Nothing where no source states one, or where the figures do not count people deployed.
    """
    if not groups or (groups[0].unit, groups[0].basis) != (
        Unit.PERSONNEL,
        Basis.DEPLOYED,
    ):
        return None
    near = [it for it in totals if abs((it.as_of.last - date.last).days) <= 184]
    return min(near, key=lambda it: abs((it.as_of.last - date.last).days), default=None)
