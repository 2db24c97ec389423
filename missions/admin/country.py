"""Admin of countries."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Country
from missions.resources import CountryResource
from pkportal.editorial.records import RecordAdmin


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    """Nations: those that send, those that host, those that pay."""

    resource_classes = [CountryResource]
    list_display = ["name", "iso3", "iso2", "region", "joined_on", "partnership"]
    list_filter = [("joined_on", admin.EmptyFieldListFilter), "partnership", "region"]
    list_per_page = 100
    search_fields = ["name", "iso3", "iso2"]
    search_help_text = _("Name or ISO code")
    fieldsets = [
        (None, {"fields": ["name", ("iso3", "iso2"), "region"]}),
        (
            _("NATO"),
            {
                "fields": ["joined_on", "partnership"],
                "description": _("Whether a nation was an ally or a partner at a date is computed from these."),
            },
        ),
    ]
