"""Answers that the search gives: Italy KFOR 2014; who commanded ISAF in July 2010; KFOR in 1985."""

import re
from collections.abc import Iterator

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import BaseExpression
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from missions.charts.doubts import with_doubts
from missions.models import (
    PEOPLE_FIRST,
    Appointment,
    Basis,
    Command,
    Contribution,
    Country,
    Mission,
    Unit,
)
from pkportal.content.dates import may_reach
from pkportal.content.search_index import search_query
from pkportal.sources.models import BEST_SOURCE_FIRST
from pkportal.website.search.answers import StatedAnswer
from pkportal.website.search.question import Question

from .asked_subjects import ASKS_FOR_CONTRIBUTORS
from .death_answers import ASKS_FOR_DEATHS

MAX_ANSWERS = 3
HEAD_WORDS = r"led|head(?:ed)?|chief|in charge|command(?:s|ed|er|ers|ing|ant)?|com(?:[a-z]for|isaf)"
ASKS_WHO = re.compile(rf"\b(who|{HEAD_WORDS})\b", re.IGNORECASE)
ASKS_FOR_HEAD = re.compile(rf"\b({HEAD_WORDS})\b", re.IGNORECASE)
ASKS_FIRST = re.compile(r"\b(first|initial|original|began|started)\b", re.IGNORECASE)
POSTS = {"saceur": "shape", "supreme allied commander europe": "shape"}  # titles that have a command of their own
DEPLOYED_FIRST = Case(When(basis=Basis.DEPLOYED, then=Value(0)), default=Value(1))
WHOLE_FIRST = Case(When(location="", then=Value(0)), default=Value(1))


def figures(question: Question) -> Iterator[StatedAnswer]:
    """Answer with the figures of a nation in a mission, or in what a nation was host to, of the date asked for.

    Where there are none of that date, the latest before it; without a date, the latest.
    """
    nations, missions = codes_named(question, Country), codes_named(question, Mission)
    if not nations or not missions and len(nations) < 2 or ASKS_FOR_DEATHS.search(question.said):
        return
    if is_outside_its_life(question):
        return
    rows = Contribution.objects.filter(country__iso3__in=nations).published()
    if missions:
        rows = rows.filter(mission__code__in=missions)
    else:
        rows = rows.filter(mission__host_countries__iso3__in=nations).exclude(mission__host_countries=F("country"))
    rows = (
        rows.with_country_then()
        .select_related("source", "mission", "country")
        .defer("source__search", "mission__search", "mission__summary", "mission__outcome", "country__search")
    )
    asked = [unit for unit, label in Unit.choices if str(label).lower() in question.typed.lower()]
    asked_first = [Case(When(unit__in=asked, then=Value(0)), default=Value(1))] if asked else []
    best = [*asked_first, PEOPLE_FIRST, DEPLOYED_FIRST, WHOLE_FIRST, "-as_of", *BEST_SOURCE_FIRST]
    of_date = rows_of_date(question, rows, best)
    if not of_date and len(nations) == len(missions) == 1:
        yield from _no_figure(question, nations[0])
    for figure in of_date:
        yield _figure(figure, question)


def _figure(figure: Contribution, question: Question) -> StatedAnswer:
    """Return the answer of one figure, with the selection of all of that nation, mission and date."""
    selection = {"mission": figure.mission.code, "country": figure.country.iso3}
    for date in question.dates[:1]:
        selection |= {"from": date, "to": date} if figure.is_of_date else {"to": date}
    values = {
        "nation": figure.country_called,
        "mission": figure.mission.short_name,
        "date": figure.as_of.in_words,
        "state": figure.get_value_state_display() if figure.value_state != "exact" else "",
        "number": f"{figure.quantity:,} {figure.unit_in_words}",
        "basis": figure.get_basis_display(),
    }
    text = _("%(nation)s, %(mission)s, %(date)s: %(state)s %(number)s (%(basis)s)") % values
    text = or_none_later(" ".join(text.split()), figure, question)
    address = f"{reverse('contributions')}?{urlencode(selection)}"
    return stated_by_source(figure, with_doubts(text, [figure]), _("All figures"), address)


def _no_figure(question: Question, nation: str) -> Iterator[StatedAnswer]:
    """Answer that the record has no figure of a nation in a mission, at any time or up to the date asked for."""
    mission = named_mission(question)
    if mission is None or ASKS_WHO.search(question.typed) or mission.host_countries.filter(iso3=nation).exists():
        return
    (country,) = question.records(Country)
    text = _("%(nation)s, %(mission)s: no figure on record (not: nobody was sent)")
    if question.dates:
        text = _("%(nation)s, %(mission)s: no figure of %(date)s or earlier on record (not: nobody was sent)")
    values = {
        "nation": country.title,
        "mission": mission.short_name,
        "date": question.dates[0].in_words if question.dates else "",
    }
    page = mission.get_absolute_url()
    yield StatedAnswer(text % values, page, "", mission.short_name, page)


def holders(question: Question) -> Iterator[StatedAnswer]:
    """Answer who was at the head of a mission or held a post, on the date that is asked for or else last."""
    asks_else = ASKS_FOR_DEATHS.search(question.said) or ASKS_FOR_CONTRIBUTORS.search(question.typed)
    posts = None if asks_else else _posts(question)
    if posts is None:
        return
    dates = question.dates[:1]
    for date in dates:
        posts = posts.on(date)
    posts = (
        posts.with_last_stated()
        .with_country_then()
        .select_related("command__mission", "country")
        .defer("search", "command__search", "country__search", "command__mission__search", "command__mission__summary")
    )
    order = F("from_date").asc() if ASKS_FIRST.search(question.typed) else F("from_date").desc(nulls_last=True)
    posts = posts.annotate(is_meant=Case(When(_of_person_or_nation(question), then=Value(True)), default=Value(False)))
    found = [*posts.order_by("-is_meant", order, "person__name_order")[:MAX_ANSWERS]]
    found = [post for post in found if post.is_meant == found[0].is_meant]
    if not found and ASKS_FOR_HEAD.search(question.typed):
        yield from _nobody_at_head(question)
    for post in sorted(found, key=lambda post: -_days_held(post, dates)):
        first, last = (date.in_words if date else "" for date in [post.from_date, post.to_date])
        open_time = _("from %(date)s") % {"date": first} if first else ""
        if post.last_stated and not last:
            open_time = _("%(time)s, as last stated %(date)s") % {"time": open_time, "date": post.last_stated.on_or_in}
        time = f"{first or '?'} – {last}" if last else open_time.removeprefix(", ")
        text = ", ".join(
            filter(None, [f"{post}{f' ({post.country_called})' if post.country else ''}", str(post.command), time])
        )
        page = post.command.mission or post.command
        address, name = page.get_absolute_url(), str(page)
        for date in dates:
            address, name = f"{address}?on={date}", f"{name} {date.on_or_in}"
        yield StatedAnswer(text, post.permanent_address(), "", name, address)


def _nobody_at_head(question: Question) -> Iterator[StatedAnswer]:
    """Answer that the record names nobody at the head of a mission, at any time or on the date asked for.

    Outside its life ``lives`` answers.
    """
    mission = named_mission(question)
    if mission is None or is_outside_its_life(question):
        return
    text = _("%(mission)s: nobody at its head on record (not: nobody commanded it)")
    if question.dates:
        text = _("%(mission)s: nobody at its head on record %(date)s (not: nobody commanded it)")
    values = {"mission": mission.short_name, "date": question.dates[0].on_or_in if question.dates else ""}
    page = mission.get_absolute_url()
    yield StatedAnswer(text % values, page, "", mission.short_name, page)


def lives(question: Question) -> Iterator[StatedAnswer]:
    """Answer for a date outside the life of a mission, or lead to its page as of a month or a day."""
    if not question.dates or not (mission := named_mission(question)):
        return
    date = question.dates[0]
    life = mission.life_on(date)
    values = {
        "mission": mission.short_name,
        "date": date.on_or_in,
        "start": mission.start_date.on_or_in,
        "end": mission.end_date.on_or_in if mission.end_date else "",
    }
    sentences = {
        "before": _("%(mission)s did not exist %(date)s: it began %(start)s"),
        "after": _("%(mission)s no longer existed %(date)s: it ended %(end)s"),
    }
    is_code_alone = question.code and not question.records(Country)
    if life in sentences or not life and date.precision != "year" and is_code_alone:
        text = sentences.get(life, _("%(mission)s %(date)s: its force, its command and who held the posts")) % values
        address = f"{mission.get_absolute_url()}?on={date}"
        yield StatedAnswer(text, address, "", mission.name, mission.get_absolute_url())


def is_outside_its_life(question: Question) -> bool:
    """True if the date that a question asks for is before or after the life of its mission, which ``lives`` answers."""
    mission = named_mission(question) if question.dates else None
    return mission is not None and mission.life_on(question.dates[0]) in {"before", "after"}


def _days_held(post, dates) -> int:
    """Return on how many days of a date a person held a post; who began “in July” may not have held it on the first."""
    days = 0
    for date in dates:
        is_day = date.precision == "day"
        start = (post.from_date.last if is_day else post.from_date.first) if post.from_date else date.last
        end = (post.to_date.first if is_day else post.to_date.last) if post.to_date else date.last
        days += max((min(end, date.last) - max(start, date.first)).days + 1, 0)
    return days


def codes_named(question, model) -> list[str]:
    """Return the codes of the records of a model that a question names."""
    return [record.code for record in question.records(model)]


def named_mission(question: Question) -> Mission | None:
    """Return the mission that a question names, if it names one."""
    codes = codes_named(question, Mission)
    missions = Mission.objects.published().filter(code__in=codes).defer("search", "summary", "outcome")
    return missions.order_by("pk").first() if codes else None


def _posts(question) -> QuerySet | None:
    """Return the tenures that a question asks for: of a post by its title, or at the head of a mission."""
    words = question.typed.lower()
    if commands := [command for title, command in POSTS.items() if re.search(rf"\b{title}\b", words)]:
        return Appointment.objects.published().filter(command__code__in=commands)
    if not ASKS_WHO.search(question.typed):
        return _posts_of_person(question)
    same = {word for meaning in question.meanings for phrase in meaning.words for word in phrase.split()}
    codes, tokens = codes_named(question, Mission), [token.lower() for token in question.tokens]
    if not (codes or same or Command.objects.filter(mission=None, code__in=tokens).exists()):
        return None  # “the command” is of none
    missions = Q(command__mission__code__in=codes) | Q(command__mission__isnull=True, command__code__in=tokens)
    if same:  # COMKFOR stands for the commander of KFOR
        missions |= Q(command__mission__acronym__in=same)
    is_top = Q(command__parent__mission__isnull=True) | ~Q(command__parent__mission=F("command__mission"))
    return Appointment.objects.published().filter(is_top, missions)


def _of_person_or_nation(question) -> Q:
    """Return the condition that a tenure is of a person or a nation that a question names beside a post."""
    words = ASKS_FIRST.sub("", ASKS_WHO.sub("", question.rest)).split()
    named = Q(search=search_query(" or ".join(words))) if words else Q()
    return named | Q(country__iso3__in=codes_named(question, Country))


def _posts_of_person(question) -> QuerySet | None:
    """Return the tenures of the person who is named beside a mission or a date: McNeill ISAF, Stavridis 2011."""
    missions, words = codes_named(question, Mission), question.rest
    if not words or not (missions or question.dates) or question.records(Country):
        return None
    posts = Appointment.objects.published().filter(search=search_query(words))
    return posts.filter(command__mission__code__in=missions) if missions else posts


def rows_of_date(question: Question, rows: QuerySet, order: list[str | BaseExpression]) -> list:
    """Return the best rows of the date that is asked for, or else the latest before it; without a date the latest."""
    for date in question.dates[:1]:
        is_of_date = Case(When(may_reach(date, "as_of"), then=Value(True)), default=Value(False))
        rows = rows.filter(as_of__lte=date.last.isoformat()).annotate(is_of_date=is_of_date)
        order = ["-is_of_date", *order]
    found = [*rows.order_by(*order)[:MAX_ANSWERS]]
    if not found or not question.dates:
        return found
    first = found[0]
    return [row for row in found if row.is_of_date and first.is_of_date or row.as_of == first.as_of]


def or_none_later(text: str, row, question: Question) -> str:
    """Return what is stated, and that it is the latest up to the date asked for, if it is not of that date."""
    if not question.dates or row.is_of_date:
        return text
    return _("%(text)s; none later on record up to %(date)s") % {"text": text, "date": question.dates[0].in_words}


def stated_by_source(record, text, selection, address) -> StatedAnswer:
    """Return the answer of one row, with its source."""
    source = record.source
    return StatedAnswer(
        text, record.permanent_address(), source.short_name, selection, address, source.get_absolute_url()
    )
