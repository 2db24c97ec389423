"""Appointments as spans of a timeline; an end that is not on record is unknown, unless it goes on."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from missions.models import Appointment
from pkportal.charts.timeline import RIGHT_MARGIN, TimelineChart, TimelineSpan, timeline_chart

TENURE_WIDTH = 704 - RIGHT_MARGIN  # pixels between the contents and the facts of a page


def tenure_timeline(
    appointments: Iterable[Appointment],
    address: Callable[[Appointment], str],
    group: Callable[[Appointment], str] = lambda appointment: _("In order of time"),
) -> TimelineChart:
    """Draw the terms whose start is known, in groups; ``address`` and ``group`` are functions of an appointment.

    Every appointment must have ``country_then``, ``last_stated`` and ``is_holder`` of today, see its query set.
    """
    dated = [appointment for appointment in appointments if appointment.from_date]
    return timeline_chart([tenure_span(it, address(it), group(it)) for it in dated], width=TENURE_WIDTH)


def tenure_span(appointment: Appointment, address: str, group: str) -> TimelineSpan:
    """Return the span of an appointment: to its end, as far as last stated, or to the end of the date of its start."""
    if appointment.to_date:
        ending, end = "known", appointment.to_date.last
    elif appointment.is_holder and not appointment.is_stale:
        ending, end = "open", appointment.last_stated.last
    else:
        ending, end = "unknown", appointment.from_date.last
    start = appointment.from_date.first
    return TimelineSpan(
        name=appointment.person,
        start=start,
        end=max(start, end),
        ending=ending,
        group=group,
        kind="held",
        description=describe_tenure(appointment),
        address=address,
    )


def describe_tenure(appointment: Appointment) -> str:
    """Return an appointment in words: ``General Fabio Mini, Italy: 4 October 2002 – October 2003``."""
    who = f"{appointment}, {appointment.country_called}" if appointment.country else f"{appointment}"
    start, end = appointment.from_date.in_words, appointment.to_date
    words = f"{who}: {start} – {end.in_words}" if end else f"{who}: {_('from %(start)s') % {'start': start}}"
    if end or not appointment.is_holder:
        return words if end else _("%(words)s, end not on record") % {"words": words}
    stated = _("%(words)s, as last stated %(date)s") % {"words": words, "date": appointment.last_stated.on_or_in}
    return _("%(stated)s, more than two years ago") % {"stated": stated} if appointment.is_stale else stated
