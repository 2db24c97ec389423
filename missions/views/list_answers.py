"""Answers that lead to all records of a kind: mandates of KFOR, events of 2011, ongoing missions; and when one was."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import Contribution, Country, Event, Mandate, Mission, State
from pkportal.content.dates import PartialDate
from pkportal.content.written_years import Years
from pkportal.website.search.answers import StatedAnswer
from pkportal.website.search.asked_periods import asked_period
from pkportal.website.search.question import Question, ways_to_ask

from .answers import named_mission
from .selection_answers import CheckedList, period_in_words, rows_of_period

FIRST_YEAR = 1949
DATED_LISTS = [CheckedList(Event, "events"), CheckedList(Mandate, "mandates")]
ASKS_FOR_ONGOING = re.compile(r"\b(?:ongoing|current(?:ly)?|running|now|today)\b", re.IGNORECASE)
MISSION_WORDS = {"mission", "missions", "operation", "operations"}
WORDS_AROUND = {"all", "does", "did", "list", "long", "many", "nato", "was"}
WORDS_AROUND |= {"after", "before", "between", "during", "earlier", "later", "onwards", "since", "till", "until"}
TIME_WORDS = {"began", "begin", "begun", "duration", "end", "ended", "ends", "last", "start", "started", "starts"}


def rows_of_mission_or_date(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many events or mandates of a mission, or of a date, are on record."""
    return list_of(question, DATED_LISTS)


def list_of(question: Question, lists: Iterable[CheckedList]) -> Iterator[StatedAnswer]:
    """Answer how many rows of the list that a question names are of its mission or date, if it asks nothing else."""
    missions, dates = question.records(Mission), question.dates
    for model, url_name, field in lists:
        if question.kind != model._meta.model_name or not asks_only_for(question, kind_words(model)):
            continue
        if len(missions) == 1 and not dates:
            rows = model._default_manager.published().filter(**{f"{field}__code": missions[0].code})
            yield _counted(rows, missions[0].title, url_name, {"mission": missions[0].code})
        elif dates and not question.meanings and hasattr(model._default_manager, "since"):
            first, last = asked_period(question.typed)
            rows, selection = rows_of_period(model._default_manager.published(), first, last)
            yield _counted(rows, period_in_words(first, last), url_name, selection)


def figures_with_words(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many figures have the words of a question, as the box of their list finds them.

    Where it names a mission or a date, other answers say what there is.
    """
    if question.dates or question.records(Mission):
        return
    asked, page = {"q": question.typed}, reverse("contributions")
    figures = Contribution.objects.published().q(ways_to_ask(question))
    if number := figures.order_by().count():
        text = ngettext("“%(words)s”: %(n)d figure on record", "“%(words)s”: %(n)d figures on record", number)
        text %= {"words": question.typed, "n": number}
        yield StatedAnswer(text, f"{page}?{urlencode(asked)}", "", _("All figures"), page)


def kind_words(model: type[Any]) -> set[str]:
    """Return the words by which a question names records of a model."""
    return {str(model._meta.verbose_name), str(model._meta.verbose_name_plural), *model.kind_words}


def asks_only_for(question: Question, words: set[str]) -> bool:
    """True if a question has nothing but names, dates and some words."""
    return {*question.rest.lower().split()} <= words | WORDS_AROUND


def _counted(rows: Any, subject: str, url_name: str, selection: dict[str, Any]) -> StatedAnswer:
    number, opts, page = rows.order_by().values("pk").distinct().count(), rows.model._meta, reverse(url_name)
    noun = opts.verbose_name if number == 1 else opts.verbose_name_plural
    text = _("%(subject)s: %(number)s %(noun)s on record") % {"subject": subject, "number": number, "noun": noun}
    return StatedAnswer(
        text, f"{page}?{urlencode(selection)}", "", _("All %(nouns)s") % {"nouns": opts.verbose_name_plural}, page
    )


def missions_of_year(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many missions were active in a year, or are ongoing as last stated."""
    words = {*question.typed.lower().split()}
    if question.records(Mission) or question.records(Country) or not words & MISSION_WORDS:
        return
    missions, page = Mission.objects.published(), reverse("missions")
    if question.dates and asks_only_for(question, MISSION_WORDS | {"active"}):
        years = Years(*(date.year if date else None for date in asked_period(question.typed)))
        if (years.last or FIRST_YEAR) >= FIRST_YEAR and (years.first or FIRST_YEAR) <= timezone.localdate().year:
            address = f"{page}?{urlencode({'active_in': years})}"
            yield StatedAnswer(_active_in(years, missions), address, "", _("All missions"), page)
    elif ASKS_FOR_ONGOING.search(question.typed) and not question.dates:
        words = {*ASKS_FOR_ONGOING.sub("", question.rest.lower()).split()}
        if words <= MISSION_WORDS | WORDS_AROUND:
            number = missions.filter(state=State.ONGOING).count()
            text = ngettext(
                "%(n)d mission is ongoing, as last stated", "%(n)d missions are ongoing, as last stated", number
            )
            address = f"{page}?{urlencode({'status': State.ONGOING})}"
            yield StatedAnswer(text % {"n": number}, address, "", _("All missions"), page)


def _active_in(years: Years, missions: Any) -> str:
    """Return how many missions were active in some years, and of how many that was last stated before these."""
    active = missions.active_in(years).order_by()
    number = active.values("pk").distinct().count()
    ongoing = active.filter(state=State.ONGOING).with_last_stated()
    before = ongoing.filter(last_stated__lt=str(years.first)).count() if years.first else 0
    text = ngettext("%(n)d mission was active %(years)s", "%(n)d missions were active %(years)s", number)
    is_one = years.first == years.last
    text %= {"n": number, "years": _("in %(date)s") % {"date": years.in_words} if is_one else years.in_words}
    note = _("%(active)s, %(number)d of them as last stated before")
    return note % {"active": text, "number": before} if before else text


def durations(question: Question) -> Iterator[StatedAnswer]:
    """Answer when a mission began and ended, or since when it goes on and when that was last stated."""
    words = {*question.typed.lower().replace("?", "").split()}
    if question.dates or question.records(Country) or not words & (TIME_WORDS | {"when"}):
        return
    if not asks_only_for(question, TIME_WORDS | MISSION_WORDS) or not (mission := named_mission(question)):
        return
    page = mission.get_absolute_url()
    yield StatedAnswer(f"{mission.short_name}: {_time_of(mission)}", page, "", mission.name, page)


def _time_of(mission: Mission) -> str:
    start: PartialDate = mission.start_date
    if mission.end_date:
        return _("%(start)s – %(end)s") % {"start": start.in_words, "end": mission.end_date.in_words}
    if not mission.is_ongoing:
        return _("since %(start)s, end not known") % {"start": start.in_words}
    values = {"start": start.in_words, "date": mission.last_stated.on_or_in}
    if mission.is_stale:
        return _("since %(start)s, last stated %(date)s, more than two years ago") % values
    return _("since %(start)s, as last stated %(date)s") % values
