"""The list of lessons."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lessons.filters import LessonFilter
from lessons.models import Lesson, Maturity
from lessons.resources import LessonResource
from pkportal.website.lists import FilteredList
from pkportal.website.presenters import ListColumn, first_words, label_column, present_values, url_column, url_prefix

LESSON_COLUMNS = {
    "address": url_column("number", "lesson"),
    "maturity": label_column("maturity", Maturity, capfirst),
    "beginning": ListColumn(("conclusion",), lambda text: first_words(text, 16), cached=False),
    "missions": ListColumn(
        ("mission_names",),
        lambda missions: join_links("mission", ((it["code"], it["acronym"] or it["name"]) for it in missions)),
        cached=False,
    ),
    "themes": ListColumn(
        ("theme_names",),
        lambda themes: join_links("theme", ((it["code"], it["name"]) for it in themes)),
        cached=False,
    ),
}


def join_links(url_name, records):
    """Return links to the pages of records, given as pairs of code and name."""
    return SafeString(", ".join([record_link(url_name, code, name) for code, name in records]))


@lru_cache(1000)
def record_link(url_name, code, name):
    """Return the link to the page of a record."""
    return format_html('<a href="{}{}/">{}</a>', url_prefix(url_name), code, name)


class LessonList(FilteredList):
    """List of lessons."""

    filterset_class = LessonFilter
    resource = LessonResource
    nouns = (_("lesson"), _("lessons"))

    def get_queryset(self):
        """Return what the public may read."""
        return Lesson.objects.published()

    def load_rows(self, queryset):
        """Load dicts: making a model instance for each row would cost more than reading the values."""
        return queryset.list_values()

    def get_context_data(self, **kwargs):
        """Add the rows of the page."""
        context = super().get_context_data(**kwargs)
        return {**context, "lessons": present_values(context["page_obj"], LESSON_COLUMNS)}
