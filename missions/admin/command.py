"""Admin of commands and of appointments."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Appointment, Command
from missions.resources import AppointmentResource, CommandResource
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin
from pkportal.editorial.help_texts import PARTIAL_DATE_HELP
from pkportal.editorial.records import RecordInline


class AppointmentInline(RecordInline):
    """Who led the command, in order of time; sources are edited on the page of the appointment."""

    model = Appointment
    fields = ["rank", "person", "country", "from_date", "to_date"]
    ordering = ["from_date", "person__name_order"]


@admin.register(Command)
class CommandAdmin(CheckableAdmin):
    """Headquarters and forces."""

    resource_classes = [CommandResource]
    list_display = ["name", "level", "parent", "mission", "place", "active_from", "active_to"]
    list_filter = ["level", ("mission", UsedRecordsFilter)]
    list_select_related = ["parent", "mission"]
    list_per_page = 100
    search_fields = ["name", "code", "place", "mission__name", "mission__acronym"]
    search_help_text = _("Name, code, place or mission")
    prepopulated_fields = {"code": ["name"]}
    inlines = [AppointmentInline]
    fieldsets = [
        (None, {"fields": ["name", "code", "level"]}),
        (
            _("Chain of command"),
            {"fields": ["parent", "mission"], "description": _("A permanent command belongs to no mission.")},
        ),
        (_("Place and time"), {"fields": [("place", "country"), ("active_from", "active_to")]}),
        (_("Sources"), {"fields": ["sources"]}),
    ]


@admin.register(Appointment)
class AppointmentAdmin(CheckableAdmin):
    """People at the head of commands."""

    resource_classes = [AppointmentResource]
    list_display = ["person", "rank", "command", "country", "from_date", "to_date"]
    list_filter = [("command", UsedRecordsFilter), ("country", UsedRecordsFilter)]
    list_select_related = ["command", "country"]
    search_fields = ["person", "rank", "command__name", "command__code", "country__name"]
    search_help_text = _("Person, rank, command or country")
    kept_for_next = ["command"]
    fieldsets = [
        (None, {"fields": ["command", ("rank", "person"), "country"]}),
        (
            _("Time"),
            {
                "fields": [("from_date", "to_date")],
                "description": PARTIAL_DATE_HELP,
            },
        ),
        (_("Sources"), {"fields": ["sources"]}),
    ]
