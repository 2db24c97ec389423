"""Admin of missions and of their objectives."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Event, Mission, MissionName, Objective
from missions.resources import MissionNameResource, MissionResource, ObjectiveResource
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin
from pkportal.editorial.help_texts import CITATION_HELP, PARTIAL_DATE_HELP
from pkportal.editorial.publishing import PublishableAdmin
from pkportal.editorial.records import RecordAdmin, RecordInline


class MissionNameInline(RecordInline):
    """Other names of the mission and of its operations."""

    model = MissionName
    fields = ["name", "kind", "from_date", "to_date", "note"]
    ordering = ["kind", "name__name_order"]
    classes = ["collapse"]


class ObjectiveInline(RecordInline):
    """Aims of the mission, in the order of their mandate."""

    model = Objective
    fields = ["order", "text", "met", "met_source", "ai_assisted"]
    ordering = ["order"]


class EventInline(RecordInline):
    """What happened, by title; the text of an event is edited on its own page."""

    model = Event
    fields = ["date", "kind", "title", "ai_assisted"]
    ordering = ["date", "title__name_order"]
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
    inlines = [ObjectiveInline, MissionNameInline, EventInline]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", "code", "acronym", "operation_names", ("type", "state")]}),
        (
            _("Time"),
            {
                "fields": [
                    ("start_date", "end_date", "under_nato_from"),
                    ("peak_strength", "peak_strength_date"),
                    "predecessors",
                ],
                "description": PARTIAL_DATE_HELP,
            },
        ),
        (_("Place"), {"fields": ["region", "host_countries", ("latitude", "longitude")]}),
        (
            _("Authority"),
            {
                "fields": ["legal_basis", "lead_command"],
                "description": _("Each resolution, decision or agreement is a mandate of its own."),
            },
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
    kept_for_next = ["mission"]
    fieldsets = [
        (None, {"fields": [("mission", "order"), "text"]}),
        (
            _("Assessment"),
            {"fields": ["met", "met_source"], "description": _("Only where a source says whether it was met.")},
        ),
    ]


@admin.register(MissionName)
class MissionNameAdmin(RecordAdmin):
    """Names by which missions and their operations are known."""

    resource_classes = [MissionNameResource]
    list_display = ["name", "kind", "mission", "from_date", "to_date"]
    list_filter = ["kind", ("mission", UsedRecordsFilter)]
    list_select_related = ["mission"]
    list_per_page = 100
    search_fields = ["name", "mission__name", "mission__acronym", "mission__code"]
    search_help_text = _("Name or mission")
    kept_for_next = ["mission", "kind"]
    fieldsets = [
        (None, {"fields": ["mission", ("name", "kind")]}),
        (_("Time"), {"fields": [("from_date", "to_date"), "note"], "description": PARTIAL_DATE_HELP}),
    ]
