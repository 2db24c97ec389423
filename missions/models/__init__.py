"""The record: missions, mandates, commands, contributions and what they cost."""

from .chain_of_command import WithSuperiors
from .command import Appointment, Command, Level
from .contingents import Contingent, ContingentGroup, comparable_total, contingent_groups
from .contribution import Contribution
from .contribution_terms import INEXACT, PEOPLE_FIRST, Basis, ContributionKind, Unit, ValueState
from .costs import CostShare, Fatality
from .country import Country, Partnership, standing_today
from .event import Event, EventKind
from .evidence import is_stale
from .figure_checks import bulk_figures, figures_by_source, shares_by_grade
from .former_names import (
    FORMER_COLUMNS,
    called_on,
    former_name,
    former_names,
    hosts_then_and_now,
    name_on,
    then_and_now,
    with_former_names,
)
from .holders import holders_on
from .mandate import Availability, Chapter, Mandate, MandateKind
from .mission import MISSION_ORDER, Mission
from .name import OTHER_NAME_COLUMNS, CountryName, CountryNameKind, MissionName, MissionNameKind
from .nation_sums import sums_of_nations
from .neighbours import question_about, questions_about
from .objective import Met, Objective
from .stated_total import StatedTotal
from .sums import CountrySum, NoSum, SumSelection, sum_by_country
from .terms import MissionType, Region, State
from .yearly_figures import YearlyFigure, yearly_figures, yearly_rows

__all__ = [
    "Appointment",
    "Command",
    "Level",
    "WithSuperiors",
    "Contingent",
    "ContingentGroup",
    "comparable_total",
    "contingent_groups",
    "INEXACT",
    "PEOPLE_FIRST",
    "Basis",
    "Contribution",
    "ContributionKind",
    "StatedTotal",
    "Unit",
    "ValueState",
    "CostShare",
    "Fatality",
    "Country",
    "Partnership",
    "standing_today",
    "Event",
    "EventKind",
    "is_stale",
    "bulk_figures",
    "figures_by_source",
    "shares_by_grade",
    "holders_on",
    "sums_of_nations",
    "question_about",
    "questions_about",
    "Availability",
    "Chapter",
    "Mandate",
    "MandateKind",
    "MISSION_ORDER",
    "Mission",
    "MissionType",
    "Region",
    "State",
    "OTHER_NAME_COLUMNS",
    "FORMER_COLUMNS",
    "called_on",
    "former_name",
    "former_names",
    "name_on",
    "then_and_now",
    "hosts_then_and_now",
    "with_former_names",
    "CountryName",
    "CountryNameKind",
    "MissionName",
    "MissionNameKind",
    "Met",
    "Objective",
    "CountrySum",
    "NoSum",
    "SumSelection",
    "sum_by_country",
    "YearlyFigure",
    "yearly_figures",
    "yearly_rows",
]
