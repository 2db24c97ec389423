"""What the record knows of each year: figures as stated, only estimates, or nothing."""

from collections import defaultdict

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import INEXACT, Contribution, Mission, StatedTotal
from pkportal.charts.grid import GridCell, coverage_grid


def record_coverage():
    """Draw every public mission with the years of its figures, in three queries; the axis begins with the earliest."""
    missions = [*Mission.objects.published().for_timeline()]
    cells = coverage_cells({it.pk: it for it in missions})
    return coverage_chart((it, it.get_absolute_url(), cells[it.pk]) for it in missions)


def country_coverage(country, missions, points):
    """Draw the missions that a nation gave to with the years of its figures."""
    known, states, cells = {it.pk: it for it in missions}, defaultdict(list), defaultdict(list)
    for point in points:
        states[point.mission_id, point.as_of.year].append(point.value_state)
    for (pk, year), them in sorted(states.items()):
        is_firm = not INEXACT.issuperset(them)
        cells[pk].append(coverage_cell(known[pk], year, describe_count(len(them)), is_firm, country=country.iso3))
    return coverage_chart((it, it.figures_address(country=country.iso3), cells[it.pk]) for it in missions)


def coverage_chart(rows):
    """Lay out missions with their addresses and cells, on an axis from the first year of any to this year."""
    laid = [(it.called, there, (it.start_date.year, it.last_known.year), cells) for it, there, cells in rows]
    years = {timezone.localdate().year, *(year for *_row, life, _cells in laid for year in life)}
    years |= {it.year for *_row, cells in laid for it in cells}
    return coverage_grid(laid, min(years), max(years))


def coverage_cells(missions):
    """Make one cell of each mission and year for which the record holds a figure."""
    cells = defaultdict(list)
    totals = {(row["mission"], row["year"]) for row in count_by_year(StatedTotal)}
    figures = count_by_year(
        Contribution, nations=Count("country", distinct=True), firm=Count("pk", ~Q(value_state__in=INEXACT))
    )
    for row in figures:
        mission, year = missions[row["mission"]], row["year"]
        is_firm = row["firm"] or (mission.pk, year) in totals
        totals.discard((mission.pk, year))
        nations = ngettext("%(nations)s nation", "%(nations)s nations", row["nations"]) % row
        holds = _("%(figures)s of %(nations)s") % {"figures": describe_count(row["figures"]), "nations": nations}
        cells[mission.pk].append(coverage_cell(mission, year, holds, is_firm))
    for pk, year in sorted(totals):
        there = f"{reverse('mission', args=[missions[pk].code])}#strength"
        says = f"{missions[pk].called}, {year}: {_('the strength of the whole mission')}"
        cells[pk].append(GridCell(int(year), "known", says, there))
    return cells


def count_by_year(model, **counts):
    """Count the public figures of a model by mission and year."""
    rows = model.objects.published().order_by().annotate(year=Substr("as_of", 1, 4)).values("mission", "year")
    return rows.annotate(figures=Count("pk"), **counts)


def coverage_cell(mission, year, holds, is_firm, **asked):
    """Make the cell of one year, which leads to its figures: ``KFOR, 2017: 30 figures of 30 nations``."""
    there = mission.figures_address(**asked, **{"from": year, "to": year})
    says = f"{mission.called}, {year}: {holds}"
    if is_firm:
        return GridCell(int(year), "known", says, there)
    return GridCell(int(year), "estimated", _("%(says)s, estimated or rounded") % {"says": says}, there)


def describe_count(number):
    """Say how many figures there are."""
    return ngettext("%(number)s figure", "%(number)s figures", number) % {"number": number}
