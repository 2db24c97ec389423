"""The dates of a mission's page: the one asked for, where it lies in the mission's life, and those with figures."""

from typing import NamedTuple

from django.utils.translation import ngettext

from missions.models import Mission
from pkportal.content.dates import PartialDate

MAX_DATES = 200  # in the chooser of dates, the newest; any other can be asked for


class FigureDates(NamedTuple):
    """The dates for which a mission has figures: those to choose from, the one shown, the latest, the fullest.

    The date shown need not be any of them. ``offered`` and ``single`` are pairs of one of the newest dates and its
    words: dates of several nations, and dates of one. The fullest has the most nations.
    """

    shown: PartialDate
    offered: list[tuple[PartialDate, str]] = []
    single: list[tuple[PartialDate, str]] = []
    latest: PartialDate | None = None
    fullest: PartialDate | None = None


def choose_dates(mission: Mission, chosen: PartialDate | None) -> FigureDates:
    """Return the dates of the figures, and as the one shown the date that is chosen.

    If none is, it is the latest date with at least half as many nations as any: a single late figure says little about
    the whole force.
    """
    counted = [(row["nations"], PartialDate(row["as_of"])) for row in mission.figure_dates]
    if not counted:
        return FigureDates(chosen or mission.last_known_date)
    most, fullest = max(counted)
    newest = [(date, nations) for nations, date in counted][-MAX_DATES:]
    several = [(date, nations) for date, nations in newest if nations > 1]
    single = [(date, nations) for date, nations in newest if nations == 1]
    return FigureDates(
        offered=[(date, in_words_with_nations(date, nations)) for date, nations in several or single],
        single=[(date, date.in_words) for date, _nations in single] if several else [],
        shown=chosen or max(date for nations, date in counted if 2 * nations >= most),
        latest=counted[-1][1],
        fullest=fullest,
    )


def in_words_with_nations(date: PartialDate, nations: int) -> str:
    """Return a date and the number of nations that gave something on it, as a choice of a form."""
    words = ngettext("%(date)s (%(nations)s nation)", "%(date)s (%(nations)s nations)", nations)
    return words % {"date": date.in_words, "nations": nations}
