"""The list of lessons."""

from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lessons.filters import LessonFilter
from lessons.models import Lesson, Maturity
from lessons.resources import LessonResource
from pkportal.website.lists import FilteredList, first_words, url_prefix


class LessonList(FilteredList):
    """The lessons, narrowed by what the visitor asks."""

    filterset_class = LessonFilter
    rows = LessonResource
    nouns = (_("lesson"), _("lessons"))

    def get_queryset(self):
        """List what the public may read."""
        return Lesson.objects.published()

    def get_paginator(self, queryset, *args, **kwargs):
        """Read plain rows: a record a row, made and thrown away, costs more than reading it."""
        return super().get_paginator(queryset.for_rows(), *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add the lessons as the page shows them."""
        context = super().get_context_data(**kwargs)
        return {**context, "lessons": present_lessons(context["page_obj"])}


def present_lessons(lessons):
    """Give each lesson its words for a reader; what rows share is made once a page."""
    maturities = {code: capfirst(str(label)) for code, label in Maturity.choices}
    at, missions, themes = (url_prefix(page) for page in ["lesson", "mission", "theme"])
    for lesson in lessons:
        yield {
            **lesson,
            "address": f"{at}{lesson['number']}/",
            "maturity": maturities[lesson["maturity"]],
            "beginning": first_words(lesson["conclusion"], 28),
            "missions": join_links(
                missions, ((it["code"], it["acronym"] or it["name"]) for it in lesson["mission_names"])
            ),
            "themes": join_links(themes, ((it["code"], it["name"]) for it in lesson["theme_names"])),
        }


def join_links(at, named):
    """Join links to the pages of some records."""
    return format_html_join(", ", '<a href="{}{}/">{}</a>', ((at, *it) for it in named))
