"""Charts of a mission's strength: its totals over time, stated or added up, and what nations gave on one date."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import Basis, Contingent, ContingentGroup, Mission, StatedTotal, Unit, ValueState
from pkportal.charts.geography import EUROPE
from pkportal.charts.lines import LineChart, SeriesValue, line_chart
from pkportal.charts.maps import MapChart, MapCountry, country_map
from pkportal.charts.scales import bar_lengths
from pkportal.content.dates import PartialDate

from .doubts import with_doubts

MIN_COUNTRIES = 3  # fewer are read faster in their table


class ContingentTable(ContingentGroup):
    """A group of contingents as the rows of a table with bars."""

    __slots__ = ()

    @property
    def rows(self) -> Iterator[tuple[Contingent, ValueState, float]]:
        """Each contingent, how exactly it is known, and the length of its bar, in per cent of the longest."""
        states = [part.value_state for part in self.parts]
        return zip(self.parts, states, bar_lengths([part.quantity for part in self.parts]), strict=True)


class NationSum(NamedTuple):
    """The sum of the figures of so many nations for one date; ``address`` is that of the list of them.

    ``doubts`` says how many of them are doubtful, if any is.
    """

    as_of: PartialDate
    total: int
    nations: int
    address: str
    doubts: str = ""


def sums_to_draw(mission: Mission) -> list[NationSum]:
    """Return the sums of nations that say something of the whole force, in order of time, of people of one kind.

    They are of at least two nations, and of a third as many as the date with the most has. Of two kinds of people on
    one date, that of more nations is taken.
    """
    of_date = {row["as_of"]: row for row in sorted(mission.nation_sums, key=itemgetter("nations"))}
    most = max((row["nations"] for row in of_date.values()), default=0)
    return [
        NationSum(
            PartialDate(date),
            row["total"],
            row["nations"],
            mission.figures_address(date=date, kind=row["kind"], basis=Basis.DEPLOYED, unit=Unit.PERSONNEL),
            doubts_in_words(row["doubtful"]),
        )
        for date, row in sorted(of_date.items())
        if row["nations"] > 1 and 3 * row["nations"] >= most
    ]


def doubts_in_words(number: int) -> str:
    """Return how many figures of a sum are doubtful, or nothing if none is."""
    words = ngettext("one of them is doubtful", "%(number)s of them are doubtful", number) % {"number": number}
    return words if number else ""


def strength_chart(mission: Mission, totals: Sequence[StatedTotal], sums: Sequence[NationSum]) -> LineChart | None:
    """Draw the stated totals and the sums of nations, up to the last year in which the mission is known to have run.

    Return None for fewer than two of both: they make no line.
    """
    if len(totals) + len(sums) < 2:
        return None
    values = [
        SeriesValue(total.as_of, total.total, describe_total(total), total.source.get_absolute_url())
        for total in totals
    ]
    added = [SeriesValue(it.as_of, it.total, describe_sum(it), it.address, "sum") for it in sums]
    return line_chart([*values, *added], last_year=mission.last_known_date.year)


def describe_sum(added: NationSum) -> str:
    """Return one sum in words: ``3,752, 2014: sum of the figures of 23 nations on record``."""
    facts = {"total": f"{added.total:,}", "date": added.as_of.in_words, "nations": added.nations}
    words = _("%(total)s, %(date)s: sum of the figures of %(nations)s nations on record") % facts
    return ", ".join(filter(None, [words, added.doubts]))


def describe_total(total: StatedTotal) -> str:
    """Return one stated total in words, with its date and source."""
    facts = {"total": f"{total.total:,}", "date": total.as_of.in_words, "source": total.source.short_name}
    return _("%(total)s, %(date)s: %(source)s") % facts


def contingent_map(group: ContingentGroup, mission: Mission) -> MapChart | None:
    """Draw what nations gave to a mission as of a date, linked to their figures; None for only a few nations."""
    if len(group.parts) < MIN_COUNTRIES:
        return None
    return country_map(EUROPE, [contingent_country(part, mission) for part in group.parts])


def contingent_country(contingent: Contingent, mission: Mission) -> MapCountry:
    """Return a nation for the map, with its figure, the date for which it is stated and the source in words."""
    country, figure = contingent.country, contingent.figures[0]
    quantity = f"{contingent.value_state.before} {contingent.quantity:,}".strip()
    words = f"{figure.country_called}: {quantity}, {contingent.as_of.in_words}. {figure.source.short_name}"
    return MapCountry(
        iso3=country.iso3,
        name=figure.country_called,
        description=with_doubts(words, contingent.figures),
        address=mission.figures_address(country=country.iso3),
        number=contingent.quantity,
    )
