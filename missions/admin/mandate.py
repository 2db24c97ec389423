"""Admin of mandates."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Mandate
from missions.resources import MandateResource
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin
from pkportal.editorial.help_texts import CITATION_HELP, PARTIAL_DATE_HELP


@admin.register(Mandate)
class MandateAdmin(CheckableAdmin):
    """The instruments that missions rest on."""

    resource_classes = [MandateResource]
    list_display = ["symbol", "title", "mission", "kind", "adopted", "expires"]
    list_filter = ["kind", "chapter", "availability", ("mission", UsedRecordsFilter)]
    list_select_related = ["mission"]
    search_fields = ["symbol", "title", "code", "mission__name", "mission__acronym", "mission__code", "adopted"]
    search_help_text = _("Symbol, title, code, mission or date of adoption")
    kept_for_next = ["mission", "sources"]
    prepopulated_fields = {"code": ["symbol"]}
    fieldsets = [
        (None, {"fields": ["mission", "symbol", "code", "title", ("kind", "chapter"), "availability"]}),
        (
            _("Time"),
            {
                "fields": [("adopted", "expires")],
                "description": PARTIAL_DATE_HELP,
            },
        ),
        (
            _("Chain of documents"),
            {"fields": ["derives_from"], "description": _("Resolution, Council decision, plan, rules of engagement.")},
        ),
        (
            _("Text"),
            {
                "fields": ["authorises", "sources"],
                "description": CITATION_HELP,
            },
        ),
    ]
