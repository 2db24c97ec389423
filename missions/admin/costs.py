"""Admin of what missions cost the nations: deaths and cost shares."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import CostShare, Fatality
from missions.resources import CostShareResource, FatalityResource
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin


@admin.register(Fatality)
class FatalityAdmin(CheckableAdmin):
    """Deaths up to a date; such counts are never summed over dates."""

    resource_classes = [FatalityResource]
    list_display = ["mission", "country", "as_of", "cumulative", "source"]
    list_display_links = ["mission", "country"]
    list_filter = [("mission", UsedRecordsFilter), ("country", UsedRecordsFilter)]
    list_select_related = ["mission", "country", "source"]
    list_per_page = 100
    search_fields = ["mission__name", "mission__acronym", "mission__code", "country__name", "country__iso3"]
    search_help_text = _("Mission or country")
    kept_for_next = ["mission", "as_of", "scope", "source"]
    fieldsets = [
        (
            None,
            {
                "fields": [("mission", "country"), ("as_of", "cumulative"), "scope", "source"],
                "description": _("All deaths up to the date, as the source counts them."),
            },
        ),
    ]


@admin.register(CostShare)
class CostShareAdmin(CheckableAdmin):
    """Shares in the common bill."""

    resource_classes = [CostShareResource]
    list_display = ["country", "period_from", "period_to", "share", "source"]
    list_select_related = ["country", "source"]
    list_per_page = 100
    date_hierarchy = "period_from"
    search_fields = ["country__name", "country__iso3", "source__code", "source__title"]
    search_help_text = _("Country or source")
    kept_for_next = ["period_from", "period_to", "source"]
    fieldsets = [
        (
            None,
            {
                "fields": ["country", ("period_from", "period_to"), "share"],
                "description": _("In per cent of the whole."),
            },
        ),
        (_("Source"), {"fields": ["source"]}),
    ]
