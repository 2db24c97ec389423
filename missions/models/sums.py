"""Which figures may be added up: those of one unit, kind and basis, but never people counted on different dates."""

from collections import defaultdict
from collections.abc import Mapping, Set
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDate
from pkportal.content.kept_counts import count_groups
from pkportal.content.name_order import name_sort_key

from .contribution_terms import Basis, ContributionKind, Unit, ValueState
from .former_names import then_and_now
from .headline import exactness, headline
from .mission import Mission

FLOW_UNITS = {Unit.SORTIES, Unit.EUR, Unit.USD}
GROUP_FIELDS = ["unit", "basis", "kind", "mission", "as_of"]
SUM_FIELDS = [
    "country__name",
    "country__iso3",
    "country_then",
    "mission_id",
    "source_id",
    "location",
    "as_of",
    "quantity",
    "value_state",
]
MAX_SELECTIONS = 3


class CountrySum(NamedTuple):
    """What one nation gave, and how exactly that is known; the nation as it was called on all dates that count."""

    nation: str
    iso3: str
    quantity: int
    value_state: ValueState


class SumSelection(NamedTuple):
    """Figures that may be added up: in words, how many there are, and the filters that select them."""

    words: str
    number: int
    filters: dict[str, str]


class NoSum(NamedTuple):
    """Why figures are not added, in words for a reader, and the largest selections that may be added."""

    reason: str
    selections: list[SumSelection]


def sum_by_country(figures: QuerySet, values: Mapping[str, Set[str]], dates: int) -> list[CountrySum] | NoSum:
    """Return the sum of each nation, the largest first, or a ``NoSum``; in three queries at most.

    ``values`` says which units, bases and kinds the figures have, ``dates`` of how many dates they are: a list has
    counted them already.
    """
    if reason := reason_not_to_sum(**values, dates=dates):
        return NoSum(reason, largest_selections(figures))
    stated = defaultdict(list)
    for row in figures.best_first().with_country_then().values_list(*SUM_FIELDS, named=True):
        stated[row.country__name, row.country__iso3, row.mission_id].append(row)
    if any(len({row.as_of for row in rows}) > 1 for rows in stated.values()):
        reason = _(
            "A nation has figures of several dates for one mission, and the later may include the earlier. "
            "Choose one mission and one date."
        )
        return NoSum(reason, largest_selections(figures))
    return country_sums(stated)


def reason_not_to_sum(units: Set[str], bases: Set[str], kinds: Set[str], dates: int) -> str:
    """Return why figures cannot be added, or an empty text if they can."""
    if len(units) > 1:
        reason = _("These figures are in %(number)s units, and people are not added to ships. Choose one unit.")
        return reason % {"number": len(units)}
    if len(bases) > 1:
        reason = _(
            "These figures count %(number)s different things (such as deployed, authorised), and who was there is not "
            "added to who was promised. Choose one."
        )
        return reason % {"number": len(bases)}
    if len(kinds) > 1:
        reason = _("These figures are of %(number)s kinds, and the same people may be counted in two. Choose one.")
        return reason % {"number": len(kinds)}
    if dates > 1 and not (units <= FLOW_UNITS and bases == {Basis.DELIVERED}):
        reason = _(
            "These figures are of %(number)s dates; %(what)s counted on one date are not added to those of another. "
            "Choose one mission and one date."
        )
        (unit,) = units
        return reason % {"number": dates, "what": _("people") if unit == Unit.PERSONNEL else Unit(unit).label}
    return ""


def largest_selections(figures: QuerySet) -> list[SumSelection]:
    """Return the selections with the most figures, the latest of equal ones; within each, all may be added.

    Missions are read for these alone: to group a million figures by their names takes six times as long as by keys.
    """
    groups = count_groups(figures, *GROUP_FIELDS)
    largest = groups.order_by("-number", "-as_of", "mission", "kind", "basis", "unit")[:MAX_SELECTIONS]
    missions = Mission.objects.only("code", "name").in_bulk({group["mission"] for group in largest})
    return [selection_of(group, missions[group["mission"]]) for group in largest]


def selection_of(group: dict, mission: Mission) -> SumSelection:
    """Return a group of figures of a mission as a selection."""
    return SumSelection(describe_selection(group, mission), group["number"], selection_filters(group, mission))


def describe_selection(group: dict, mission: Mission) -> str:
    """Return a group of figures in words: ``Kosovo Force, February 2017: troops, deployed, personnel``."""
    labels = [ContributionKind(group["kind"]).label, Basis(group["basis"]).label, Unit(group["unit"]).label]
    counted = ", ".join(dict.fromkeys(map(str, labels)))  # "ships" is a kind and a unit: it is named once
    return f"{mission.name}, {PartialDate(group['as_of']).in_words}: {counted}"


def selection_filters(group: dict, mission: Mission) -> dict[str, str]:
    """Return the filters of the list of contributions that select a group."""
    return {
        "mission": mission.code,
        "date": str(group["as_of"]),
        **{name: group[name] for name in ["kind", "basis", "unit"]},
    }


def country_sums(stated: dict[tuple, list]) -> list[CountrySum]:
    """Add up the headline figures of each nation over all missions."""
    counted: dict[tuple[str, str], list] = defaultdict(list)
    for (name, iso3, _mission), rows in stated.items():
        counted[name, iso3] += headline(rows)
    sums = [
        CountrySum(nation_called(name, rows), iso3, sum(row.quantity for row in rows), exactness(rows))
        for (name, iso3), rows in counted.items()
    ]
    return sorted(sums, key=lambda country_sum: (-country_sum.quantity, name_sort_key(country_sum.nation)))


def nation_called(name: str, rows: list) -> str:
    """Return what a nation was called on the dates of its figures, and today; as today if that changed between."""
    then = {row.country_then for row in rows}
    return then_and_now(then.pop(), name) if len(then) == 1 else name
