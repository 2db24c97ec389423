"""Coverage grids: for each mission and year, whether the record has stated figures, only estimates, or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from django.db.models import Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import INEXACT, Contribution, Country, Mission, StatedTotal
from pkportal.charts.grid import CoverageGrid, GridCell, GridInput, YearSpan, coverage_grid
from pkportal.content.kept_counts import count_groups


def record_coverage() -> CoverageGrid:
    """Draw every public mission with the years of its figures, in three queries."""
    missions = [*Mission.objects.published().for_timeline()]
    cells = coverage_cells({mission.pk: mission for mission in missions})
    return mission_grid(mission_row(mission, mission.get_absolute_url(), cells[mission.pk]) for mission in missions)


def country_coverage(country: Country, missions: Sequence[Mission]) -> CoverageGrid:
    """Draw the missions that a nation contributed to with the years of its figures, as ``of_nation`` loads them."""
    return mission_grid(
        mission_row(mission, mission.figures_address(country=country.iso3), country_cells(country, mission))
        for mission in missions
    )


def country_cells(country: Country, mission: Mission) -> list[GridCell]:
    """Return a cell for each year for which the record holds a figure of a nation in a mission."""
    return [
        coverage_cell(mission, row["year"], describe_count(row["figures"]), bool(row["exact"]), country=country.iso3)
        for row in mission.figure_years
    ]


def mission_row(mission: Mission, address: str, cells: list[GridCell]) -> GridInput:
    """Return the row of a mission, whose life is from its start to the last date on which it is known to have run."""
    return GridInput(
        mission.short_name, address, YearSpan(mission.start_date.year, mission.last_known_date.year), cells
    )


def mission_grid(rows: Iterable[GridInput]) -> CoverageGrid:
    """Draw rows on an axis from the first year of any to this year."""
    rows = [*rows]
    years = {timezone.localdate().year, *chain.from_iterable(row.life for row in rows)}
    years |= {cell.year for row in rows for cell in row.cells}
    return coverage_grid(rows, min(years), max(years))


def coverage_cells(missions: Mapping[int, Mission]) -> dict[int, list[GridCell]]:
    """Return a cell for each mission and year for which the record holds a figure."""
    cells = defaultdict(list)
    totals = {(row["mission"], row["year"]) for row in count_by_year(StatedTotal) if row["mission"] in missions}
    by_year: dict[tuple, list] = defaultdict(list)  # to count nations apart, the database would sort all figures
    for row in count_by_year(Contribution, "country", is_exact=~Q(value_state__in=INEXACT)):
        by_year[row["mission"], row["year"]].append(row)
    for (pk, year), rows in sorted(by_year.items()):
        if pk not in missions:  # it is hidden; to leave it out here costs less than to look up the mission of each row
            continue
        is_exact = any(row["is_exact"] for row in rows) or (pk, year) in totals
        totals.discard((pk, year))
        number = len({row["country"] for row in rows})
        nations = ngettext("%(nations)s nation", "%(nations)s nations", number) % {"nations": number}
        figures = describe_count(sum(row["number"] for row in rows))
        content = _("%(figures)s of %(nations)s") % {"figures": figures, "nations": nations}
        cells[pk].append(coverage_cell(missions[pk], year, content, is_exact))
    for pk, year in sorted(totals):
        address = f"{reverse('mission', args=[missions[pk].code])}#strength"
        description = f"{missions[pk].short_name}, {year}: {_('the strength of the whole mission')}"
        cells[pk].append(GridCell(int(year), "known", description, address))
    return cells


def count_by_year(model, *fields, **expressions):
    """Count the figures of a model by mission, year and further fields, hidden ones too; the year is a text."""
    return count_groups(model.objects.all(), "mission", *fields, year=Substr("as_of", 1, 4), **expressions)


def coverage_cell(mission: Mission, year: str | int, content: str, is_exact: bool, **filters: str) -> GridCell:
    """Return the cell of one year, linked to its figures: ``KFOR, 2017: 30 figures of 30 nations``."""
    address = mission.figures_address(**filters, **{"from": year, "to": year})
    description = f"{mission.short_name}, {year}: {content}"
    if is_exact:
        return GridCell(int(year), "known", description, address)
    estimate = _("%(figures)s, estimated or rounded") % {"figures": description}
    return GridCell(int(year), "estimated", estimate, address)


def describe_count(number: int) -> str:
    """Return a number of figures in words: ``30 figures``."""
    return ngettext("%(number)s figure", "%(number)s figures", number) % {"number": number}
