"""The analysis as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .glossary import LESSON_TERMS


class LessonsConfig(AppConfig):
    """Themes, challenges, lessons and topics."""

    name = "lessons"
    verbose_name = _("lessons, themes and topics")
    default_auto_field = "django.db.models.BigAutoField"
    glossary = LESSON_TERMS
    code_meanings = ["lessons.views.code_meanings.LESSON_MEANINGS"]
    sitemap_pages = ["home", "themes"]
    search_answers = [
        "lessons.views.answers.for_type_of_mission",
        "lessons.views.answers.rows_of_mission",
        "lessons.views.answers.unchecked_analysis",
    ]
    parameter_words = [
        ("topic subject tag issue", ["theme", "q"]),
        ("stage status state learned", ["maturity"]),
        ("capability capability_area doctrine", ["dotmlpfi"]),
        ("group theme_group", ["family"]),
    ]
    search_examples = ["mission:kfor kind:lesson"]
    method_page = ["topic", "how-this-site-is-made"]
