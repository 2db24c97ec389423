"""The strength of a mission over time, as its sources state it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from pkportal.figures.lines import Value, lines


def strength_of(mission, totals):
    """Draw the stated totals as a line with gaps, to the mission's end or to this year; nothing for fewer than two."""
    if len(totals) < 2:
        return None
    values = [Value(it.as_of, it.total, in_words(it), it.source.get_absolute_url()) for it in totals]
    end = mission.end_date.year if mission.end_date else timezone.localdate().year
    return lines(values, last_year=end if mission.end_date or mission.state == "ongoing" else None)


def in_words(total):
    """Say one stated total with its date and source."""
    facts = {"total": f"{total.total:,}", "date": total.as_of.in_words, "source": total.source.title}
    return _("%(total)s in %(date)s: %(source)s") % facts
