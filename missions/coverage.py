"""What the record knows of each mission in each year: figures as stated, only estimates, or nothing."""

from collections import defaultdict

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import Contribution, Mission, State, StatedTotal, ValueState
from pkportal.figures.grid import Cell, grid

LOOSE = [ValueState.ABOUT, ValueState.ESTIMATED]


def coverage():
    """Draw every public mission with the years of its figures, in three queries; the axis begins with the earliest."""
    missions = [*Mission.objects.published().for_timeline()]
    cells = cells_of({it.pk: it for it in missions})
    this_year = timezone.localdate().year
    first = min((it.start_date.year for it in missions), default=this_year)
    rows = [(it.called, it.get_absolute_url(), life(it, this_year), cells[it.pk]) for it in missions]
    return grid(rows, first, this_year)


def life(mission, this_year):
    """Give the first and the last year in which a mission is known to have run."""
    first = mission.start_date.year
    if mission.end_date:
        return first, mission.end_date.year
    return first, this_year if mission.state == State.ONGOING else first


def cells_of(missions):
    """Make one cell of each mission and year for which the record holds a figure."""
    cells = defaultdict(list)
    totals = {(row["mission"], row["year"]) for row in by_year(StatedTotal)}
    figures = by_year(
        Contribution, nations=Count("country", distinct=True), firm=Count("pk", ~Q(value_state__in=LOOSE))
    )
    for row in figures:
        mission, year = missions[row["mission"]], row["year"]
        stated = (mission.pk, year) in totals
        totals.discard((mission.pk, year))
        state = "known" if row["firm"] or stated else "estimated"
        address = f"{mission.figures_address}&from={year}&to={year}"
        cells[mission.pk].append(Cell(int(year), state, figures_said(mission, row, state), address))
    for pk, year in totals:
        says = _("%(mission)s, %(year)s: the strength of the whole mission") % {
            "mission": missions[pk].called,
            "year": year,
        }
        cells[pk].append(Cell(int(year), "known", says, f"{reverse('mission', args=[missions[pk].code])}#strength"))
    return cells


def by_year(model, **counted):
    """Count the public figures of a model by mission and year."""
    rows = model.objects.published().order_by().annotate(year=Substr("as_of", 1, 4)).values("mission", "year")
    return rows.annotate(figures=Count("pk"), **counted)


def figures_said(mission, row, state):
    """Say what the record holds of one year: ``KFOR, 2017: 30 figures of 30 nations``."""
    counted = ngettext("%(figures)s figure", "%(figures)s figures", row["figures"]) % row
    nations = ngettext("%(nations)s nation", "%(nations)s nations", row["nations"]) % row
    said = _("%(mission)s, %(year)s: %(counted)s of %(nations)s") % {
        "mission": mission.called,
        "year": row["year"],
        "counted": counted,
        "nations": nations,
    }
    return _("%(said)s, all of them estimates") % {"said": said} if state == "estimated" else said
