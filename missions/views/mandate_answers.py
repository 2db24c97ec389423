"""Answers about mandates: resolution 1031 and Bosnia, of which the text of the mandate need not have the second."""

import re
from collections.abc import Iterator

from django.db.models import Q

from missions.models import Country, Mandate, Mission
from missions.models.mandate import RESOLUTION_FORMS
from pkportal.website.search.answers import StatedAnswer
from pkportal.website.search.question import Question

from .answers import MAX_ANSWERS

NUMBER_ALONE = re.compile(r"(?<![0-9./-])(?!(?:199|20)[0-9])(?P<number>[0-9]{3,4})(?![0-9./-])")  # no year of a mission
RESOLUTION_NUMBERS = [*(re.compile(form.pattern, re.IGNORECASE) for form in RESOLUTION_FORMS), NUMBER_ALONE]


def resolutions(question: Question) -> Iterator[StatedAnswer]:
    """Answer with the resolution of a number of a mission that is named beside it, or of one in the country named."""
    numbers = {found["number"] for form in RESOLUTION_NUMBERS if (found := form.search(question.typed))}
    hosts = Q(mission__host_countries__iso3__in=[it.code for it in question.records(Country)])
    of_named = hosts | Q(mission__code__in=[it.code for it in question.records(Mission)])
    if not numbers or not (question.records(Country) or question.records(Mission)):
        return
    rows = Mandate.objects.published().filter(of_named, symbol__regex=rf"^S/RES/({'|'.join(numbers)})\y")
    rows = rows.select_related("mission")
    for mandate in rows.defer("search", "mission__search").order_by("adopted", "pk").distinct()[:MAX_ANSWERS]:
        adopted = mandate.adopted.in_words if mandate.adopted else ""
        text = ", ".join(filter(None, [mandate.symbol, adopted, mandate.title]))
        mission = mandate.mission
        yield StatedAnswer(text, mandate.get_absolute_url(), "", mission.short_name, mission.get_absolute_url())
