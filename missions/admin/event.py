"""Admin of events."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Event
from missions.resources import EventResource
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin
from pkportal.editorial.help_texts import CITATION_HELP, PARTIAL_DATE_HELP


@admin.register(Event)
class EventAdmin(CheckableAdmin):
    """What happened in missions."""

    resource_classes = [EventResource]
    list_display = ["title", "date", "mission", "kind"]
    list_filter = ["kind", ("mission", UsedRecordsFilter)]
    list_select_related = ["mission"]
    search_fields = ["title", "text", "mission__name", "mission__acronym", "mission__code", "date"]
    search_help_text = _("Title, text, mission or date: 1999, 1999-06")
    kept_for_next = ["mission", "sources"]
    fieldsets = [
        (
            None,
            {
                "fields": ["mission", ("date", "kind"), "title"],
                "description": PARTIAL_DATE_HELP,
            },
        ),
        (
            _("Text"),
            {
                "fields": ["text", "sources"],
                "description": CITATION_HELP,
            },
        ),
    ]
