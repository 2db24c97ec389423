"""Answers for how strong a mission was: KFOR troops 2004, the peak strength of ISAF, Kosovo troops 2010."""

import re
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from missions.models import Country, CountryName, CountryNameKind, Mission, StatedTotal
from pkportal.sources.models import BEST_SOURCE_FIRST
from pkportal.website.search.answers import StatedAnswer
from pkportal.website.search.question import Question

from .answers import codes_named, is_outside_its_life, or_none_later, rows_of_date, stated_by_source

ASKS_FOR_PEAK = re.compile(r"\b(peak|highest|largest|maximum|most|height)\b", re.IGNORECASE)
ASKS_STRENGTH = re.compile(r"\b(how (?:many|large|big)|strength|size|troops?|soldiers|personnel)\b", re.IGNORECASE)
STRENGTH_WORDS = {"big", "force", "forces", "highest", "how", "large", "largest", "maximum", "number", "peak"}
STRENGTH_WORDS |= {"personnel", "size", "soldiers", "strength", "total", "troop", "troops"}


def totals(question: Question) -> Iterator[StatedAnswer]:
    """Answer how strong a mission was on the date that is asked for, as sources state it, or else last.

    The name of a host country alone means the missions in it: Kosovo troops 2010.
    """
    nations, missions = codes_named(question, Country), codes_named(question, Mission)
    if bool(nations) == bool(missions) or len(nations) > 1 or not ASKS_STRENGTH.search(question.typed):
        return
    if nations and not _is_of_place(question) or is_outside_its_life(question):
        return
    is_meant = {"mission__host_countries__iso3__in": nations} if nations else {"mission__code__in": missions[:1]}
    rows = StatedTotal.objects.filter(**is_meant).published().select_related("source", "mission")
    rows = rows.defer("source__search", "mission__search", "mission__summary", "mission__outcome")
    order = ["-total", "as_of"] if ASKS_FOR_PEAK.search(question.typed) else ["-as_of"]
    for total in rows_of_date(question, rows, [*order, *BEST_SOURCE_FIRST]):
        mission = total.mission
        state = f"{total.get_value_state_display()} " if total.value_state != "exact" else ""
        values = {"mission": mission.short_name, "date": total.as_of.in_words, "number": f"{state}{total.total:,}"}
        text = or_none_later(_("%(mission)s, %(date)s: %(number)s in all, as stated") % values, total, question)
        yield stated_by_source(total, text, _("Strength over time"), f"{mission.get_absolute_url()}#strength")


def _is_of_place(question: Question) -> bool:
    """True if only the size of a force is asked, of a country by its name: not German troops, or troops Kunduz."""
    typed = {" ".join(question.tokens[it.start : it.stop]) for it in question.meanings}
    of_nation = Q(kind=CountryNameKind.ADJECTIVE, name__in=typed)
    asks_only = {*question.rest.lower().split()} <= STRENGTH_WORDS
    return asks_only and not CountryName.objects.filter(of_nation).exists()
