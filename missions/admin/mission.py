"""Admin of missions and of their objectives."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Event, Mission, Objective
from missions.resources import MissionResource, ObjectiveResource
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin
from pkportal.editorial.help_texts import CITATION_HELP, PARTIAL_DATE_HELP
from pkportal.editorial.publishing import PublishableAdmin
from pkportal.editorial.records import RecordInline


class ObjectiveInline(RecordInline):
    """Aims of the mission, in the order of their mandate."""

    model = Objective
    fields = ["order", "text", "met", "met_source", "ai_assisted"]
    ordering = ["order"]


class EventInline(RecordInline):
    """What happened, by title; the text of an event is edited on its own page."""

    model = Event
    fields = ["date", "kind", "title", "ai_assisted"]
    ordering = ["date", "title"]
    classes = ["collapse"]


@admin.register(Mission)
class MissionAdmin(PublishableAdmin, CheckableAdmin):
    """Operations and missions."""

    resource_classes = [MissionResource]
    list_display = ["name", "acronym", "type", "start_date", "end_date", "state"]
    list_filter = ["state", "type", "region", ("host_countries", UsedRecordsFilter)]
    search_fields = ["name", "acronym", "operation_names", "code"]
    search_help_text = _("Name, acronym, operation name or code")
    prepopulated_fields = {"code": ["name"]}
    inlines = [ObjectiveInline, EventInline]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", ("acronym", "code"), "operation_names", ("type", "state")]}),
        (
            _("Time"),
            {
                "fields": [("start_date", "end_date"), ("peak_strength", "peak_strength_date"), "predecessors"],
                "description": PARTIAL_DATE_HELP,
            },
        ),
        (_("Place"), {"fields": ["region", "host_countries", ("latitude", "longitude")]}),
        (
            _("Authority"),
            {"fields": ["legal_basis", "lead_command"], "description": _("Instruments are mandates of their own.")},
        ),
        (
            _("Text"),
            {
                "fields": ["summary", "outcome", "sources"],
                "description": CITATION_HELP,
            },
        ),
    ]


@admin.register(Objective)
class ObjectiveAdmin(CheckableAdmin):
    """What missions were sent to achieve."""

    resource_classes = [ObjectiveResource]
    list_display = ["text", "mission", "order", "met"]
    list_filter = ["met", ("mission", UsedRecordsFilter)]
    list_select_related = ["mission"]
    search_fields = ["text", "mission__name", "mission__acronym", "mission__code"]
    search_help_text = _("Text or mission")
    fieldsets = [
        (None, {"fields": [("mission", "order"), "text"]}),
        (
            _("Judgement"),
            {"fields": ["met", "met_source"], "description": _("Only where a source says how far it was met.")},
        ),
    ]
