"""The record: who did what, where, when, on whose authority, with what, and at what cost."""

from .burden import CostShare, Fatality
from .command import Appointment, Command, Level
from .contribution import Basis, Contribution, ContributionKind, StatedTotal, Unit, ValueState
from .country import Country, Partnership
from .event import Event, EventKind
from .mandate import Availability, Chapter, Mandate, MandateKind
from .mission import Mission, MissionType, Region, State
from .objective import Met, Objective

__all__ = [
    "Appointment",
    "Availability",
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
    "Region",
    "StatedTotal",
    "State",
    "Unit",
    "ValueState",
]
