"""Answers that the search gives from counts of deaths: deaths in SFOR; Italy ISAF killed."""

import re
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.models import Contribution, Country, Fatality, Mission
from pkportal.website.search.answers import StatedAnswer
from pkportal.website.search.question import Question

MAX_COUNTS = 3
ASKS_FOR_DEATHS = re.compile(
    r"\b(deaths?|died|dead|dies?|killed|fatalit(?:y|ies)|casualt(?:y|ies)|fallen|losses)\b", re.IGNORECASE
)


def deaths(question: Question) -> Iterator[StatedAnswer]:
    """Answer with the largest counts of the deaths in a mission or of a nation, and with how many are on record.

    Where the record has none of a nation, those in the missions to which it was host: killed in Kosovo.
    """
    missions, countries = question.records(Mission)[:1], question.records(Country)
    nations = countries[:1]
    if not (missions or nations) or not ASKS_FOR_DEATHS.search(question.said):
        return
    named = {f"{name}__in": [it.code for it in them] for name, them in of_names(missions, nations)}
    if not missions and len(countries) > 1:
        named, nations = of_place(countries)
    counts = largest_counts(**named)
    view, code, part = ("mission", missions[0].code, "deaths") if missions else ("country", nations[0].code, "losses")
    page = f"{reverse(view, args=[code])}#{part}"
    if not counts and not missions and (counts := largest_counts(mission__host_countries__iso3=code)):
        page = f"{counts[0].mission.get_absolute_url()}#deaths"
    subject = ", ".join(it.title for it in [*nations, *missions])
    if not counts:
        text = _("%(subject)s: no count of deaths on record (not: none died)") % {"subject": subject}
        yield StatedAnswer(text, page, "", _("All counts of deaths"), page)
        return
    if missions and not nations:
        given = Contribution.objects.filter(mission__code=code).values_list("country_id", flat=True)
        yield StatedAnswer(coverage(subject, counts, given), page, "", _("All counts of deaths"), page)
    for count in counts[:MAX_COUNTS]:
        source = count.source
        names = source.short_name
        words, all_counts = count_in_words(count), _("All counts of deaths")
        yield StatedAnswer(words, count.permanent_address(), names, all_counts, page, source.get_absolute_url())


def of_place(countries: list) -> tuple[dict[str, list[str]], list]:
    """Return the lookups of a nation's deaths where another was host, French deaths in Bosnia, and the countries.

    The nation comes first: it is the one that has deaths where the other was host.
    """
    codes = [it.code for it in countries]
    for code in codes:
        lookups = {"country__iso3__in": [code], "mission__host_countries__iso3__in": [it for it in codes if it != code]}
        if Fatality.objects.published().filter(**lookups).exists():
            return lookups, _with_first(countries, code)
    hosts = [code for code in codes if Mission.objects.published().filter(host_countries__iso3=code).exists()]
    nation = next((code for code in codes if code not in hosts), codes[0])
    return {"country__iso3__in": [nation], "mission__host_countries__iso3__in": hosts}, _with_first(countries, nation)


def _with_first(countries: list, code: str) -> list:
    return [*(it for it in countries if it.code == code), *(it for it in countries if it.code != code)]


def largest_counts(**named) -> list[Fatality]:
    """Return the latest count of each nation in the missions or of the nations that are named, the largest first."""
    counts = Fatality.objects.published().filter(**named).latest_of_each().with_country_then()
    counts = counts.select_related("mission", "country")
    return sorted(counts.defer("mission__search", "country__search", "source__search"), key=largest_first)


def of_names(missions: list, nations: list) -> list[tuple[str, list]]:
    """Pair the lookup of the missions and that of the nations with those that a question names."""
    return [(name, them) for name, them in [("mission__code", missions), ("country__iso3", nations)] if them]


def largest_first(count: Fatality) -> int:
    """Return the sort key of counts of deaths."""
    return -count.cumulative


def coverage(subject: str, counts: list[Fatality], given: QuerySet) -> str:
    """Return of how many of the nations on record in a mission the record has the deaths."""
    nations = len({*given.order_by().distinct(), *(count.country_id for count in counts)})
    text = ngettext(
        "%(subject)s: the record has the deaths of its one nation on record",
        "%(subject)s: the record has the deaths of %(counted)s of %(nations)s nations on record in it",
        nations,
    )
    return text % {"subject": subject, "counted": len(counts), "nations": nations}


def count_in_words(count: Fatality) -> str:
    """Return a count in words: ``Italy, Stabilisation Force: 4 deaths up to December 2004``, with whose they are."""
    text = ngettext(
        "%(nation)s, %(mission)s: %(number)s death up to %(date)s",
        "%(nation)s, %(mission)s: %(number)s deaths up to %(date)s",
        count.cumulative,
    )
    facts = {"nation": count.country_called, "mission": count.mission.name, "date": count.as_of.in_words}
    words = text % {**facts, "number": f"{count.cumulative:,}"}
    scope = _("(its source counts the deaths %(scope)s)") % {"scope": count.scope}
    return f"{words} {scope}" if count.scope else words
