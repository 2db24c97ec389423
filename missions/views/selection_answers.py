"""Answers that lead to a selection of a list: Denmark after 2001; missions without a mandate; what is not checked."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import Contribution, Country, Event, Mandate, MandateKind, Mission, called_on, with_former_names
from pkportal.content.dates import PartialDate
from pkportal.website.search.answers import StatedAnswer
from pkportal.website.search.asked_periods import asked_period
from pkportal.website.search.question import Question

from .answers import ASKS_WHO
from .death_answers import ASKS_FOR_DEATHS

ASKS_UNCHECKED = re.compile(r"\b(unchecked|unverified|not (?:yet )?(?:been )?(?:checked|verified))\b", re.IGNORECASE)
ASKS_WITHOUT = re.compile(
    r"\b(?:missions?|operations?)\b.*\b(?:without|lack(?:ing|s|ed)?|(?:with|have|has|had|got) no)\b(.*)", re.IGNORECASE
)
OF_UNITED_NATIONS = re.compile(r"\b(?:un|unsc|u\.n\.|united nations|security council)\b", re.IGNORECASE)
FIGURES_AND_MISSIONS = {"figures": Count("*"), "missions": Count("mission", distinct=True)}


class CheckedList(NamedTuple):
    """A list with the filters ``mission`` and ``checked``: its model, its URL name and the field of the missions."""

    model: type[Model]
    url_name: str
    field: str = "mission"


def figures_of_nations(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many figures of several nations are on record, and in how many missions: Italy and France."""
    nations = sorted(question.records(Country), key=lambda nation: nation.title)
    asks_else = ASKS_WHO.search(question.typed) or ASKS_FOR_DEATHS.search(question.said)
    if len(nations) < 2 or question.records(Mission) or question.dates or asks_else:
        return
    codes = [nation.code for nation in nations]
    rows = Contribution.objects.filter(country__iso3__in=codes).published().order_by()
    counts = rows.aggregate(nations=Count("country", distinct=True), **FIGURES_AND_MISSIONS)
    if counts["nations"] == len(codes):  # else one is rather the place that is asked about
        address = f"{reverse('contributions')}?{urlencode({'country': codes}, doseq=True)}"
        names = get_text_list([nation.title for nation in nations], _("and"))
        text = _("%(nations)s: %(figures)s on record in %(missions)s") % {"nations": names, **counts_in_words(counts)}
        yield StatedAnswer(text, address, "", nations[0].title, reverse("country", args=codes[:1]))


def counts_in_words(counts: dict[str, int]) -> dict[str, str]:
    """Return the numbers of figures and of missions in words."""
    return {
        "figures": ngettext("%(n)d figure", "%(n)d figures", counts["figures"]) % {"n": counts["figures"]},
        "missions": ngettext("%(n)d mission", "%(n)d missions", counts["missions"]) % {"n": counts["missions"]},
    }


def figures_of_period(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many figures of a nation are on record for a year or a period, and in how many missions."""
    nations = question.records(Country)
    asks_else = ASKS_WHO.search(question.typed) or ASKS_FOR_DEATHS.search(question.said)
    if len(nations) != 1 or question.records(Mission) or not question.dates or asks_else:
        return
    first, last = asked_period(question.typed)
    of_nation = Contribution.objects.filter(country__iso3=nations[0].code).published()
    rows, selection = rows_of_period(of_nation, first, last)
    counts = rows.order_by().aggregate(**FIGURES_AND_MISSIONS)
    if not counts["figures"]:
        return
    address = f"{reverse('contributions')}?{urlencode({'country': nations[0].code, **selection})}"
    nation = with_former_names(Country.objects.filter(iso3=nations[0].code).only("name")).get()
    names = {called_on(nation.former, nation.name, date) for date in (first, last)}
    values = {
        "nation": names.pop() if len(names) == 1 else nation.name,
        "period": period_in_words(first, last),
        **counts_in_words(counts),
    }
    text = _("%(nation)s, %(period)s: %(figures)s on record in %(missions)s") % values
    yield StatedAnswer(text, address, "", nations[0].title, reverse("country", args=[nations[0].code]))


def rows_of_period(rows: Any, first: PartialDate | None, last: PartialDate | None) -> tuple[Any, dict[str, str]]:
    """Return the rows of a period, and the values by which a list selects them."""
    selection: dict[str, str] = {}
    if first:
        rows, selection = rows.since(first), {"from": first}
    if last:
        rows, selection = rows.until(last), {**selection, "to": last}
    return rows, selection


def period_in_words(first: PartialDate | None, last: PartialDate | None) -> str:
    """Return a period in words: from 2002; until 2001; 2001; 2001 – 2005."""
    if first and last:
        return first.in_words if first == last else f"{first.in_words} – {last.in_words}"
    date = first or last
    return " ".join([_("from") if first else _("until"), date.in_words if date else ""])


def missions_without(question: Question) -> Iterator[StatedAnswer]:
    """Answer which missions have no mandate of a kind on record, or none at all."""
    lacking = ASKS_WITHOUT.search(question.typed)
    if not lacking:
        return
    kinds = [MandateKind(kind) for kind, label in MandateKind.choices if str(label).lower() in lacking[1].lower()]
    if OF_UNITED_NATIONS.search(lacking[1]):
        kinds = [MandateKind(MandateKind.RESOLUTION)]
    if not kinds and not re.search(r"\b(?:mandate|legal basis)\b", lacking[1], re.IGNORECASE):
        return
    without = Mandate.objects.filter(kind__in=kinds) if kinds else Mandate.objects.all()
    number = Mission.objects.published().exclude(pk__in=without.values("mission")).count()
    names = {"number": number, "kind": _(" or ").join(str(kind.label) for kind in kinds) or _("legal basis")}
    text = ngettext(
        "%(number)d mission has no %(kind)s on record",
        "%(number)d missions have no %(kind)s on record",
        number,
    )
    selection = urlencode({"mandate": [f"-{kind}" for kind in kinds] or "none"}, doseq=True)
    missions = reverse("missions")
    yield StatedAnswer(text % names, f"{missions}?{selection}", "", _("All missions"), missions)


def unchecked_record(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many figures, events and mandates of the missions that are asked for are not checked."""
    lists = [CheckedList(Contribution, "contributions"), CheckedList(Event, "events"), CheckedList(Mandate, "mandates")]
    return unchecked_in(question, lists)


def unchecked_in(question: Question, lists: Iterable[CheckedList]) -> Iterator[StatedAnswer]:
    """Answer how many rows of each list are not checked, of a mission or of the missions that a country was host to."""
    missions, hosts = question.records(Mission), question.records(Country)
    if not (missions or hosts) or not ASKS_UNCHECKED.search(question.typed):
        return
    subject = (missions or hosts)[0]
    view, named = ("mission", Q(code=subject.code)) if missions else ("country", Q(host_countries__iso3=subject.code))
    codes = [*Mission.objects.published().filter(named).order_by("code").values_list("code", flat=True)]
    page = reverse(view, args=[subject.code])
    for model, url_name, field in lists:
        rows = model._default_manager.published().filter(is_checked=False, **{f"{field}__code__in": codes})
        number = rows.order_by().values("pk").distinct().count()
        if number:
            opts = model._meta
            noun = opts.verbose_name if number == 1 else opts.verbose_name_plural
            text = _("%(subject)s, not yet checked: %(number)s %(noun)s") % {
                "subject": subject.title,
                "number": f"{number:,}",
                "noun": noun,
            }
            address = f"{reverse(url_name)}?{urlencode({'mission': codes, 'checked': 'no'}, doseq=True)}"
            yield StatedAnswer(text, address, "", subject.title, page)
