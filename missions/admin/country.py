"""Admin of countries."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Country, CountryName
from missions.resources import CountryNameResource, CountryResource
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.help_texts import PARTIAL_DATE_HELP
from pkportal.editorial.records import RecordAdmin, RecordInline


class CountryNameInline(RecordInline):
    """Other names of the country, and its codes in other lists."""

    model = CountryName
    fields = ["name", "kind", "from_date", "to_date", "note"]
    ordering = ["kind", "name__name_order"]
    classes = ["collapse"]


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    """Nations: those that send, those that host, those that pay."""

    resource_classes = [CountryResource]
    list_display = ["name", "iso3", "iso2", "region", "joined_on", "partnership"]
    list_filter = [("joined_on", admin.EmptyFieldListFilter), "partnership", "region"]
    list_per_page = 100
    search_fields = ["name", "iso3", "iso2"]
    search_help_text = _("Name or ISO code")
    inlines = [CountryNameInline]
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


@admin.register(CountryName)
class CountryNameAdmin(RecordAdmin):
    """Former, short and French names of nations, and their codes in other lists."""

    resource_classes = [CountryNameResource]
    list_display = ["name", "kind", "country", "from_date", "to_date"]
    list_filter = ["kind", ("country", UsedRecordsFilter)]
    list_select_related = ["country"]
    list_per_page = 100
    search_fields = ["name", "country__name", "country__iso3"]
    search_help_text = _("Name or country")
    kept_for_next = ["country", "kind"]
    fieldsets = [
        (None, {"fields": ["country", ("name", "kind")]}),
        (_("Time"), {"fields": [("from_date", "to_date"), "note"], "description": PARTIAL_DATE_HELP}),
    ]
