"""Charts of a mission's strength: its stated totals over time, and what nations gave to it on one date."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from missions.models import Contingent, ContingentGroup, Mission, StatedTotal, ValueState
from pkportal.charts.geography import EUROPE
from pkportal.charts.lines import LineChart, SeriesValue, line_chart
from pkportal.charts.maps import MapChart, MapCountry, country_map
from pkportal.charts.scales import bar_lengths
from pkportal.content.dates import PartialDate

MIN_COUNTRIES = 3  # fewer are read faster in their table


class ContingentTable(ContingentGroup):
    """A group of contingents as the rows of a table with bars."""

    __slots__ = ()

    @property
    def rows(self) -> Iterator[tuple[Contingent, ValueState, float]]:
        """Each contingent, how exactly it is known, and the length of its bar, in per cent of the longest."""
        states = [part.value_state for part in self.parts]
        return zip(self.parts, states, bar_lengths([part.quantity for part in self.parts]), strict=True)


def strength_chart(mission: Mission, totals: Sequence[StatedTotal]) -> LineChart | None:
    """Draw the stated totals over time, up to the last year in which the mission is known to have run.

    Return None for fewer than two totals: they make no line.
    """
    if len(totals) < 2:
        return None
    values = [
        SeriesValue(total.as_of, total.total, describe_total(total), total.source.get_absolute_url())
        for total in totals
    ]
    return line_chart(values, last_year=mission.last_known_date.year)


def describe_total(total: StatedTotal) -> str:
    """Return one stated total in words, with its date and source."""
    facts = {"total": f"{total.total:,}", "date": total.as_of.in_words, "source": total.source.title}
    return _("%(total)s, %(date)s: %(source)s") % facts


def contingent_map(group: ContingentGroup, date: PartialDate, mission: Mission) -> MapChart | None:
    """Draw what nations gave to a mission on a date, linked to their figures; None for only a few nations."""
    if len(group.parts) < MIN_COUNTRIES:
        return None
    return country_map(EUROPE, [contingent_country(part, date, mission) for part in group.parts])


def contingent_country(contingent: Contingent, date: PartialDate, mission: Mission) -> MapCountry:
    """Return a nation for the map, with its figure, the date and the source in words."""
    country = contingent.country
    quantity = f"{contingent.value_state.before} {contingent.quantity:,}".strip()
    return MapCountry(
        iso3=country.iso3,
        name=country.name,
        description=f"{country.name}: {quantity}, {date.in_words}. {contingent.figures[0].source.title}",
        address=mission.figures_address(country=country.iso3),
        number=contingent.quantity,
    )
