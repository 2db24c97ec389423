"""Charts of one nation over time: its people in each mission, and its share of the common funding."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from missions.models import (
    Basis,
    Contribution,
    ContributionKind,
    CostShare,
    Country,
    Mission,
    Unit,
    ValueState,
    called_on,
)
from pkportal.charts.lines import LineChart, SeriesValue, line_chart
from pkportal.charts.scales import bar_lengths
from pkportal.content.dates import PartialDate

from .doubts import with_doubts

MIN_DATES = 3  # fewer do not show a development


class ContributionSeries(NamedTuple):
    """The chart of a nation's people in one mission, what they are in words, and the address of their table."""

    mission: Mission
    subject: str
    dates: int
    chart: LineChart
    table: str


def contribution_series(
    country: Country, missions: Iterable[Mission], figures: Iterable[Contribution]
) -> list[ContributionSeries]:
    """Draw, for each mission with enough dates, the nation's people of one kind, place and basis over time.

    People deployed are preferred to people allowed or promised, and then the longest series. All charts have the same
    axis of years. The figures must be in order of time, and of one date the best source's must come first. The country
    needs its ``former`` names.
    """
    people = [figure for figure in figures if figure.unit == Unit.PERSONNEL]
    longest = {
        mission: longest_series([figure for figure in people if figure.mission_id == mission.pk])
        for mission in missions
    }
    chosen = {mission: series for mission, series in longest.items() if series}
    if not chosen:
        return []
    first_year = min(series[0].as_of.year for series in chosen.values())
    last_year = max(series[-1].as_of.year for series in chosen.values())
    return [series_chart(country, mission, series, first_year, last_year) for mission, series in chosen.items()]


def longest_series(figures: Iterable[Contribution]) -> list[Contribution]:
    """Return the series to draw of one mission, or an empty list where none has enough dates."""
    what_is_counted = attrgetter("kind", "basis", "location")
    groups = groupby(sorted(figures, key=what_is_counted), what_is_counted)
    series = [best_by_date(members) for _key, members in groups]
    long_enough = [members for members in series if len(members) >= MIN_DATES]
    return max(long_enough, key=lambda members: (members[0].basis == Basis.DEPLOYED, len(members)), default=[])


def best_by_date(figures: Iterable[Contribution]) -> list[Contribution]:
    """Keep the first figure of each date, which is the best source's."""
    return [next(members) for _date, members in groupby(figures, attrgetter("as_of"))]


def series_chart(
    country: Country, mission: Mission, series: list[Contribution], first_year: int, last_year: int
) -> ContributionSeries:
    """Draw one series on the given axis of years."""
    kind, basis, location = series[0].kind, series[0].basis, series[0].location
    subject = f"{ContributionKind(kind).label}, {Basis(basis).label}"
    values = [series_value(country, mission, figure) for figure in series]
    return ContributionSeries(
        mission=mission,
        subject=f"{subject} ({location})" if location else subject,
        dates=len(series),
        chart=line_chart(values, last_year=last_year, first_year=first_year),
        table=mission.figures_address(country=country.iso3, kind=kind, basis=basis, sort="date"),
    )


def series_value(country: Country, mission: Mission, figure: Contribution) -> SeriesValue:
    """Return the value of one figure, linked to the figures of its date."""
    address = mission.figures_address(country=country.iso3, **{"from": figure.as_of, "to": figure.as_of})
    return SeriesValue(figure.as_of, figure.quantity, describe_contribution(country, figure), address)


def describe_contribution(country: Country, figure: Contribution) -> str:
    """Return one figure in words: ``Italy: about 551 personnel, 1 February 2017, KFOR key facts and figures``."""
    number = f"{ValueState(figure.value_state).before} {figure.quantity:,} {figure.unit_in_words}".strip()
    called = called_on(country.former, country.name, figure.as_of)
    return with_doubts(f"{called}: {number}, {figure.as_of.in_words}, {figure.source.short_name}", [figure])


def with_bar_lengths(figures: list[Contribution]) -> list[Contribution]:
    """Set ``length`` (per cent of the longest bar) on each figure that counts people; other units do not compare."""
    people = [figure for figure in figures if figure.unit == Unit.PERSONNEL]
    for figure, length in zip(people, bar_lengths([figure.quantity for figure in people]), strict=True):
        figure.length = length
    return figures


def cost_share_chart(country: Country, shares: Sequence[CostShare]) -> LineChart | None:
    """Draw a nation's share of the common funding, a point for each year of each period; None for fewer than two."""
    values = [
        SeriesValue(
            date=PartialDate(f"{year}"),
            number=share.share,
            description=describe_cost_share(country, share, year),
            address=share.source.get_absolute_url(),
        )
        for share in shares
        for year in range(share.period_from.year, share.period_to.year + 1)
    ]
    return line_chart(values) if len(shares) > 1 else None


def describe_cost_share(country: Country, share: CostShare, year: int) -> str:
    """Return one share in words: ``Italy, 2022: 8.7812 % (2021 – 2023)``."""
    called = called_on(country.former, country.name, PartialDate(f"{year}"))
    return f"{called}, {year}: {share.share} % ({share.period_from:%Y} – {share.period_to:%Y})"
