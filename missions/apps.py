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
        "missions.views.mandate_answers.resolutions",
        "missions.views.answers.holders",
        "missions.views.answers.figures",
        "missions.views.contributor_answers.contributors",
        "missions.views.strength_answers.totals",
        "missions.views.answers.lives",
        "missions.views.list_answers.durations",
        "missions.views.list_answers.rows_of_mission_or_date",
        "missions.views.list_answers.missions_of_year",
        "missions.views.selection_answers.figures_of_nations",
        "missions.views.selection_answers.figures_of_period",
        "missions.views.selection_answers.missions_without",
        "missions.views.selection_answers.unchecked_record",
    ]
    answers_of_lists = ["missions.views.list_answers.figures_with_words"]
    parameter_words = [
        ("active ongoing running state", ["status"]),
        ("nation country state iso iso3 iso2 member", ["country", "nation", "contributor"]),
        ("contributor contributing troop_contributor ally", ["contributor", "country", "nation"]),
        ("location where place site base city province area", ["place", "host", "nation", "region"]),
        ("host host_country hosted_by", ["host", "region"]),
        ("continent theatre theater", ["region"]),
        ("operation op force deployment", ["mission"]),
        ("relation membership member ally partner nato status", ["standing"]),
        ("troops number amount quantity figure value minimum at_least", ["min"]),
        ("maximum at_most", ["max"]),
        ("counted counted_as measure metric", ["basis"]),
        ("un_charter charter", ["chapter"]),
        ("resolution legal_basis legal authority", ["mandate", "symbol", "q"]),
        ("headquarters hq commander", ["command"]),
    ]
    search_examples = ["nation:italy type:peacekeeping", 'nation:"united kingdom" year:1999']
