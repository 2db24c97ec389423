"""The analysis: challenges, lessons, and the articles that join both."""

from .action import ActionStatus, RemedialAction
from .lesson import Lesson
from .terms import CapabilityLine, LessonKind, Maturity
from .theme import Challenge, Family, Theme
from .theme_counts import (
    missions_by_theme,
    other_themes_in,
    themes_with_challenges_in,
    themes_with_counts,
    themes_with_lessons_in,
    with_lesson_counts,
)
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
    "missions_by_theme",
    "other_themes_in",
    "themes_with_challenges_in",
    "themes_with_counts",
    "themes_with_lessons_in",
    "with_lesson_counts",
]
