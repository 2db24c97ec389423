"""The desk for events."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Event
from missions.resources import EventResource
from pkportal.editorial.checking import CheckableAdmin


@admin.register(Event)
class EventAdmin(CheckableAdmin):
    """What happened in missions."""

    resource_classes = [EventResource]
    list_display = ["title", "date", "mission", "kind"]
    list_filter = ["kind", ("mission", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["mission"]
    search_fields = ["title", "text", "mission__name", "mission__acronym", "mission__code"]
    search_help_text = _("Title, text or mission")
    fieldsets = [
        (
            None,
            {
                "fields": ["mission", ("date", "kind"), "title"],
                "description": _("A date is as exact as its source: 1999, 1999-06 or 1999-06-12."),
            },
        ),
        (
            _("Text"),
            {
                "fields": ["text", "sources"],
                "description": _("Markdown. A claim is sourced where it stands: [@un-sres-1244, para. 7]."),
            },
        ),
    ]
