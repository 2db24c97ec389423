"""The analysis: what was hard, what was learned, and the articles that join both."""

from .action import ActionStatus, RemedialAction
from .lesson import Lesson
from .terms import CapabilityLine, LessonKind, Maturity
from .theme import Challenge, Family, Theme, missions_under
from .topic import Topic

__all__ = [
    "ActionStatus",
    "CapabilityLine",
    "Challenge",
    "Family",
    "Lesson",
    "LessonKind",
    "Maturity",
    "RemedialAction",
    "Theme",
    "Topic",
    "missions_under",
]
