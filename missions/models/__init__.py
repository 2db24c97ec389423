"""The record: who did what, where, when, on whose authority, with what, and at what cost."""

from .addition import Bar, Refusal, Way, added_up
from .burden import CostShare, Fatality
from .command import AndAbove, Appointment, Command, Level
from .contribution import LOOSE, Basis, Contribution, ContributionKind, StatedTotal, Unit, ValueState
from .country import Country, Partnership, standing_today
from .event import Event, EventKind
from .force import forces, stated_beside
from .mandate import Availability, Chapter, Mandate, MandateKind
from .mission import NAMED_HOSTS, Mission, MissionType, Region, State
from .objective import Met, Objective

__all__ = [
    "LOOSE",
    "NAMED_HOSTS",
    "AndAbove",
    "Appointment",
    "Availability",
    "Bar",
    "Basis",
    "Chapter",
    "Command",
    "Contribution",
    "ContributionKind",
    "CostShare",
    "Country",
    "Event",
    "EventKind",
    "Fatality",
    "Level",
    "Mandate",
    "MandateKind",
    "Met",
    "Mission",
    "MissionType",
    "Objective",
    "Partnership",
    "Refusal",
    "Region",
    "StatedTotal",
    "State",
    "Unit",
    "ValueState",
    "Way",
    "added_up",
    "forces",
    "standing_today",
    "stated_beside",
]
