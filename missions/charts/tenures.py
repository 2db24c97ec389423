"""Holders of posts as spans of a timeline; a term whose end is not on record looks unknown, unless it goes on."""

from django.utils import timezone
from django.utils.translation import gettext as _

from pkportal.charts.timeline import TimelineSpan, timeline_chart

WIDTH = 704  # pixels: beside a page's contents and facts there are no more


def tenure_timeline(posts, address, group=lambda post: _("In order of time")):
    """Draw the terms whose start is known, in groups; ``address`` and ``group`` are functions of an appointment.

    Every appointment must have ``is_holder`` of today, see ``AppointmentQuerySet.with_is_holder``.
    """
    return timeline_chart(
        [tenure_span(post, address(post), group(post)) for post in posts if post.from_date], width=WIDTH
    )


def tenure_span(post, address, group):
    """Give one term its bar: one that goes on reaches to today, an unknown end no further than the known start."""
    if post.to_date:
        ending, end = "known", post.to_date.last
    elif post.is_holder:
        ending, end = "open", timezone.localdate()
    else:
        ending, end = "unknown", post.from_date.last
    start = post.from_date.first
    return TimelineSpan(post.person, start, max(start, end), ending, group, "held", describe_tenure(post), address)


def describe_tenure(post):
    """Say who held what and when: ``General Fabio Mini, Italy: 4 October 2002 – October 2003``."""
    who = f"{post}, {post.country.name}" if post.country else f"{post}"
    start = post.from_date.in_words
    when = f"{start} – {post.to_date.in_words}" if post.to_date else _("from %(start)s") % {"start": start}
    return (
        f"{who}: {when}"
        if post.to_date or post.is_holder
        else _("%(span)s, end not on record") % {"span": f"{who}: {when}"}
    )
