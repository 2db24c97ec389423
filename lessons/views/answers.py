"""Answers of the search about lessons: those on a subject for a type of mission; what is not checked."""

import re
from collections.abc import Iterator

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.models import Challenge, Lesson
from missions.models import Country, Mission, MissionType
from missions.views.list_answers import list_of
from missions.views.selection_answers import CheckedList, unchecked_in
from pkportal.website.search.answers import StatedAnswer
from pkportal.website.search.question import Question

ANALYSIS_LISTS = [CheckedList(Lesson, "lessons", "missions"), CheckedList(Challenge, "challenges")]
ASKS_FOR_LESSONS = re.compile(r"\blessons?\b", re.IGNORECASE)
WORDS_BETWEEN = re.compile(
    r"\b(?:lessons?|missions?|operations?|learned|on|about|for|of|in|from|an?|the)\b", re.IGNORECASE
)


def unchecked_analysis(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many lessons and challenges of the missions that are asked for are not checked."""
    return unchecked_in(question, ANALYSIS_LISTS)


def rows_of_mission(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many lessons or challenges of a mission are on record."""
    return list_of(question, ANALYSIS_LISTS)


def for_type_of_mission(question: Question) -> Iterator[StatedAnswer]:
    """Answer how many lessons of missions of a type have the other words of a question."""
    typed = question.typed.lower()
    types = {
        short_type(type_): type_
        for type_ in map(MissionType, MissionType.values)
        if re.search(rf"\b{short_type(type_)}\b", typed)
    }
    if not types or not ASKS_FOR_LESSONS.search(typed) or question.records(Mission) or question.records(Country):
        return
    name, type_ = next(iter(types.items()))
    subject = " ".join(WORDS_BETWEEN.sub(" ", typed.replace(name, " ")).split())
    same = [words for meaning in question.meanings for words in meaning.words]
    lessons, of_type = Lesson.objects.published().type([type_]), {"type": type_.value}
    all_of_type = f"{reverse('lessons')}?{urlencode(of_type)}"
    for words in [subject, " or ".join([subject, *same])] if subject else [""]:
        if number := (lessons.q(words) if words else lessons).count():
            address = f"{reverse('lessons')}?{urlencode({**of_type, 'q': words})}" if words else all_of_type
            counted = ngettext("%(number)d lesson", "%(number)d lessons", number) % {"number": number}
            text = _("%(lessons)s, type of mission: %(type)s") % {"lessons": counted, "type": type_.label}
            about = _(", about %(subject)s") % {"subject": subject} if subject else ""
            yield StatedAnswer(f"{text}{about}", address, "", _("All lessons of that type"), all_of_type)
            return


def short_type(type_: MissionType) -> str:
    """Return the words of a type by which people call it: training, of training and capacity building."""
    return str(type_.label).partition(" and ")[0].lower()
