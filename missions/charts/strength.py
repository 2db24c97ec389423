"""The strength of a mission over time, as its sources state it."""

from django.utils.translation import gettext as _

from pkportal.charts.lines import SeriesValue, line_chart


def strength_chart(mission, totals):
    """Draw the stated totals as a line with gaps, as far as the mission is known to have run.

    Fewer than two make no line.
    """
    if len(totals) < 2:
        return None
    values = [SeriesValue(it.as_of, it.total, describe_total(it), it.source.get_absolute_url()) for it in totals]
    return line_chart(values, last_year=mission.last_known.year)


def describe_total(total):
    """Say one stated total with its date and source."""
    facts = {"total": f"{total.total:,}", "date": total.as_of.in_words, "source": total.source.title}
    return _("%(total)s, %(date)s: %(source)s") % facts
