"""Filter sets of the lists of the record, one file for each list."""

from .contribution import ContributionFilter
from .country import CountryFilter
from .event import EventFilter
from .mandate import MandateFilter
from .mission import MissionFilter
from .panel import PanelFilter
from .period import CommandsForm, OnDateForm

__all__ = [
    "CommandsForm",
    "ContributionFilter",
    "CountryFilter",
    "EventFilter",
    "MandateFilter",
    "MissionFilter",
    "OnDateForm",
    "PanelFilter",
]
