"""What may be added up: figures of one unit, kind and basis, and never people of one date to those of another."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDate

from .contribution import Basis, ContributionKind, Unit, ValueState, exactness, headline

FLOW_UNITS = {Unit.SORTIES, Unit.EUR, Unit.USD}
GROUP_COLUMNS = ["unit", "basis", "kind", "mission__code", "mission__name", "as_of"]
SUM_COLUMNS = [
    "country__name",
    "country__iso3",
    "mission_id",
    "source_id",
    "location",
    "as_of",
    "quantity",
    "value_state",
]
MAX_SELECTIONS = 3


class CountrySum(NamedTuple):
    """What one nation gave, and how exactly that is known."""

    nation: str
    iso3: str
    quantity: int
    value_state: ValueState


class SumSelection(NamedTuple):
    """A choice of figures that go together: its words, how many there are, and the answers that choose it."""

    words: str
    number: int
    answers: dict


class NoSum(NamedTuple):
    """Why figures are not added, in a reader's words, and the fullest choices of which some may be."""

    reason: str
    selections: list


def sum_by_country(figures):
    """Add the figures of each nation, the largest sum first, or give a refusal; in two queries at most."""
    groups = [*figures.order_by().values(*GROUP_COLUMNS).annotate(number=Count("pk"))]
    if reason := reason_not_to_sum(groups):
        return NoSum(reason, summable_selections(groups))
    stated = defaultdict(list)
    for row in figures.best_first().values_list(*SUM_COLUMNS, named=True):
        stated[row.country__name, row.country__iso3, row.mission_id].append(row)
    if any(len({row.as_of for row in rows}) > 1 for rows in stated.values()):
        reason = _(
            "A nation has figures of several dates for one mission, and the later may contain the earlier. "
            "Choose one mission and one date."
        )
        return NoSum(reason, summable_selections(groups))
    return country_sums(stated)


def reason_not_to_sum(groups):
    """Say what keeps figures from being added, or nothing."""
    units, bases, kinds, dates = ({it[name] for it in groups} for name in ["unit", "basis", "kind", "as_of"])
    if len(units) > 1:
        reason = _("These figures are in %(number)s units, and people are not added to ships. Choose one unit.")
        return reason % {"number": len(units)}
    if len(bases) > 1:
        reason = _(
            "These figures stand on %(number)s bases, and who was there is not added to who was promised. "
            "Choose one basis."
        )
        return reason % {"number": len(bases)}
    if len(kinds) > 1:
        reason = _("These figures are of %(number)s kinds, and the same people may stand in two. Choose one kind.")
        return reason % {"number": len(kinds)}
    if len(dates) > 1 and not (units <= FLOW_UNITS and bases == {Basis.DELIVERED}):
        reason = _(
            "These figures are of %(number)s dates; %(what)s counted on one date are not added to those of another. "
            "Choose one mission and one date."
        )
        (unit,) = units
        return reason % {"number": len(dates), "what": _("people") if unit == Unit.PERSONNEL else Unit(unit).label}
    return ""


def summable_selections(groups):
    """Name the choices with the most figures; within each, all may be added."""
    fullest = sorted(groups, key=lambda it: (-it["number"], it["mission__name"], it["as_of"]))
    return [
        SumSelection(describe_selection(it), it["number"], selection_filters(it)) for it in fullest[:MAX_SELECTIONS]
    ]


def describe_selection(group):
    """Name a group of figures for a reader."""
    what = [ContributionKind(group["kind"]).label, Basis(group["basis"]).label, Unit(group["unit"]).label]
    return (
        f"{group['mission__name']}, {PartialDate(group['as_of']).in_words}: {', '.join(dict.fromkeys(map(str, what)))}"
    )


def selection_filters(group):
    """Give the answers to the questions of the list that choose a group."""
    return {
        "mission": group["mission__code"],
        "date": str(group["as_of"]),
        **{name: group[name] for name in ["kind", "basis", "unit"]},
    }


def country_sums(stated):
    """Add up what counts of each nation in all missions."""
    nations = defaultdict(list)
    for (*nation, _mission), rows in stated.items():
        nations[*nation] += headline(rows)
    added = [CountrySum(*nation, sum(it.quantity for it in rows), exactness(rows)) for nation, rows in nations.items()]
    return sorted(added, key=lambda it: (-it.quantity, it.nation))
