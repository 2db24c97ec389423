"""The record as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .glossary import MISSION_TERMS


class MissionsConfig(AppConfig):
    """Missions, and what is stated about them: mandates, commands, events, contributions."""

    name = "missions"
    verbose_name = _("missions and nations")
    default_auto_field = "django.db.models.BigAutoField"
    glossary = MISSION_TERMS
    code_meanings = ["missions.views.code_meanings.MISSION_MEANINGS"]
    glossary_of_records = ["missions.views.glossary.mission_acronyms"]
    sitemap_pages = ["coverage"]
    search_answers = [
        "missions.views.death_answers.deaths",
        "missions.views.answers.holders",
        "missions.views.answers.figures",
        "missions.views.answers.totals",
        "missions.views.answers.lives",
        "missions.views.selection_answers.figures_of_nations",
        "missions.views.selection_answers.figures_of_period",
        "missions.views.selection_answers.missions_without",
        "missions.views.selection_answers.unchecked_record",
    ]
    search_examples = ["nation:italy type:peacekeeping", 'nation:"united kingdom" year:1999']
