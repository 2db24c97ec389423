"""Answers for which nations gave to a mission, how many they were, and which gave most."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import Contribution, Country, Mission, contingent_groups
from pkportal.content.dates import PartialDate
from pkportal.website.search.answers import StatedAnswer
from pkportal.website.search.question import Question

from .answers import named_mission
from .asked_subjects import ASKS_FOR_CONTRIBUTORS
from .mission_dates import choose_dates

MAX_LARGEST = 3


def contributors(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many nations gave to a mission on the date asked for, or on a full one, and which gave most."""
    if question.records(Country) or not ASKS_FOR_CONTRIBUTORS.search(question.typed):
        return
    mission = named_mission(question)
    if mission is None or any(mission.life_on(date) in {"before", "after"} for date in question.dates[:1]):
        return
    figures = Contribution.objects.filter(mission=mission).published()
    date = question.dates[0] if question.dates else fullest_late_date(mission, figures)
    groups = contingent_groups(figures.on(date).for_list().best_first(), date)
    if not groups:
        return
    group, page = groups[0], mission.get_absolute_url()
    most = [f"{part.country.name} ({part.quantity:,})" for part in group.parts[:MAX_LARGEST]]
    number = figures.order_by().values("country").distinct().count()
    on_record = ngettext("%(n)d nation on record", "%(n)d nations on record", number) % {"n": number}
    text = _("%(mission)s: %(on_record)s; %(date)s %(most)s, of %(title)s")
    if len(group.parts) > 1:
        text = _("%(mission)s: %(on_record)s; %(date)s %(number)d with %(title)s, most from %(most)s")
    values = {"mission": mission.short_name, "on_record": on_record, "date": date.on_or_in, "title": group.title}
    text %= {**values, "number": len(group.parts), "most": get_text_list(most, _("and"))}
    all_figures = f"{reverse('contributions')}?{urlencode({'mission': mission.code, 'sort': '-quantity'})}"
    yield StatedAnswer(text, f"{page}?on={date}#contributions", "", _("All figures"), all_figures)


def fullest_late_date(mission: Mission, figures) -> PartialDate:
    """Return the date that the page of a mission shows first: the latest with at least half as many nations as any."""
    by_date = figures.order_by().values("as_of").annotate(nations=Count("country", distinct=True)).order_by("as_of")
    mission.figure_dates = [*by_date]
    return choose_dates(mission, None).shown
