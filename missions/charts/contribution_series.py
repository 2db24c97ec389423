"""What a nation gave over time: how its people rose and fell in each mission, and its share of the common bill."""

from itertools import groupby
from operator import attrgetter

from missions.models import Basis, ContributionKind, Unit, ValueState
from pkportal.charts.lines import SeriesValue, line_chart
from pkportal.charts.scales import bar_lengths
from pkportal.content.dates import PartialDate

MIN_DATES = 3  # dates: fewer make no course of time


def contribution_series(country, missions, points):
    """Draw, for each mission of which enough dates are known, the people of one kind, place and basis over time.

    People that are there count before people that were allowed or promised, and of those the longest course. All
    share one axis of years, none an axis of numbers. The points come in order of time, and of those of
    one date the best source's first: it stands.
    """
    people = [it for it in points if it.unit == Unit.PERSONNEL]
    chosen = [(mission, longest_series([it for it in people if it.mission_id == mission.pk])) for mission in missions]
    chosen = [(mission, course) for mission, course in chosen if course]
    if not chosen:
        return []
    first = min(course[0].as_of.year for _mission, course in chosen)
    last = max(course[-1].as_of.year for _mission, course in chosen)
    return [series_chart(country, mission, course, first, last) for mission, course in chosen]


def longest_series(points):
    """Choose the course to be shown of one mission, or nothing where no course has enough dates."""
    same = attrgetter("kind", "basis", "location")
    courses = [best_by_date(list(them)) for _key, them in groupby(sorted(points, key=same), same)]
    courses = [them for them in courses if len(them) >= MIN_DATES]
    return max(courses, key=lambda them: (them[0].basis == Basis.DEPLOYED, len(them)), default=None)


def best_by_date(points):
    """Keep the best source's figure of each date."""
    return [next(them) for _date, them in groupby(points, attrgetter("as_of"))]


def series_chart(country, mission, course, first, last):
    """Give one course with what a reader is told of it."""
    one = course[0]
    of_what = f"{ContributionKind(one.kind).label}, {Basis(one.basis).label}"
    values = [series_value(country, mission, it) for it in course]
    return {
        "mission": mission,
        "of_what": f"{of_what} ({one.location})" if one.location else of_what,
        "dates": len(course),
        "drawn": line_chart(values, last_year=last, first_year=first),
        "table": mission.figures_address(country=country.iso3, kind=one.kind, basis=one.basis, sort="date"),
    }


def series_value(country, mission, point):
    """Give one figure its point, which leads to the figures of its date."""
    day = {"from": point.as_of, "to": point.as_of}
    there = mission.figures_address(country=country.iso3, **day)
    return SeriesValue(point.as_of, point.quantity, describe_contribution(country, point), there)


def describe_contribution(country, point):
    """Say one figure: ``Italy: about 551 personnel, 1 February 2017, KFOR key facts and figures``."""
    number = f"{ValueState(point.value_state).before} {point.quantity:,} {point.unit_in_words}".strip()
    return f"{country.name}: {number}, {point.as_of.in_words}, {point.source.title}"


def with_bar_lengths(figures):
    """Give each figure that counts people its length against the largest of the page; other units do not compare."""
    people = [it for it in figures if it.unit == Unit.PERSONNEL]
    for figure, length in zip(people, bar_lengths([it.quantity for it in people]), strict=True):
        figure.length = length
    return figures


def cost_share_chart(country, shares):
    """Draw a nation's share of the common bill, a point for each year of each period; one period is no course."""
    values = [
        SeriesValue(
            PartialDate(f"{year}"), it.share, describe_cost_share(country, it, year), it.source.get_absolute_url()
        )
        for it in shares
        for year in range(it.period_from.year, it.period_to.year + 1)
    ]
    return line_chart(values) if len(shares) > 1 else None


def describe_cost_share(country, share, year):
    """Say one share: ``Italy, 2022: 8.7812 % (2021 – 2023)``."""
    return f"{country.name}, {year}: {share.share} % ({share.period_from:%Y} – {share.period_to:%Y})"
