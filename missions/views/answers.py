"""Answers that the search gives from figures and from tenures: Italy KFOR 2014; who commanded ISAF in July 2010."""

import re
from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from missions.charts.doubts import with_doubts
from missions.models import PEOPLE_FIRST, Appointment, Contribution, Country, Mission
from pkportal.sources.models import BEST_SOURCE_FIRST
from pkportal.website.search.answers import StatedAnswer, dates_in
from pkportal.website.search.question import Question

from .death_answers import ASKS_FOR_DEATHS

MAX_ANSWERS = 3
ASKS_WHO = re.compile(r"\b(who|led|head(?:ed)?|command(?:s|ed|er|ers)?)\b", re.IGNORECASE)


def figures(question: Question) -> Iterator[StatedAnswer]:
    """Answer with the figures of a nation in a mission, of the date that is asked for or else the latest."""
    nations, missions = question.records(Country), question.records(Mission)
    if not nations or not missions or ASKS_FOR_DEATHS.search(question.typed):
        return
    nation, mission = nations[0], missions[0]
    rows = Contribution.objects.filter(country__iso3=nation.code, mission__code=mission.code).published()
    selection = {"mission": mission.code, "country": nation.code}
    for date in [*dates_in(question)][:1]:
        rows = rows.since(date).until(date)
        selection |= {"from": date, "to": date}
    rows = rows.select_related("source").defer("source__search")
    address = f"{reverse('contributions')}?{urlencode(selection)}"
    for figure in rows.order_by(PEOPLE_FIRST, "-as_of", *BEST_SOURCE_FIRST)[:MAX_ANSWERS]:
        source = figure.source
        values = {
            "nation": nation.title,
            "mission": mission.title,
            "date": figure.as_of.in_words,
            "state": figure.get_value_state_display() if figure.value_state != "exact" else "",
            "number": f"{figure.quantity:,} {figure.unit_in_words}",
            "basis": figure.get_basis_display(),
        }
        text = _("%(nation)s, %(mission)s, %(date)s: %(state)s %(number)s (%(basis)s)") % values
        yield StatedAnswer(
            with_doubts(" ".join(text.split()), [figure]),
            source.get_absolute_url(),
            source.short_title or source.title,
            _("All figures"),
            address,
        )


def holders(question: Question) -> Iterator[StatedAnswer]:
    """Answer who was at the head of a mission, on the date that is asked for or else last."""
    missions = question.records(Mission)
    if not missions or not ASKS_WHO.search(question.typed):
        return
    mission = missions[0]
    is_top = Q(command__parent__mission__isnull=True) | ~Q(command__parent__mission=F("command__mission"))
    posts = Appointment.objects.published().filter(is_top, command__mission__code=mission.code)
    dates = [*dates_in(question)][:1]
    for date in dates:
        posts = posts.on(date)
    address = f"{reverse('mission', args=[mission.code])}{'?on=' + dates[0] if dates else ''}"
    posts = posts.select_related("command", "country").defer("search", "command__search", "country__search")
    for post in posts.order_by(F("from_date").desc(nulls_last=True), "person")[:MAX_ANSWERS]:
        time = " – ".join(date.in_words if date else "?" for date in [post.from_date, post.to_date])
        text = f"{post}{f' ({post.country})' if post.country else ''}, {post.command.name}, {time}"
        yield StatedAnswer(text, post.command.get_absolute_url(), "", mission.title, address)
