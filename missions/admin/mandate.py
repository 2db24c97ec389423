"""The desk for mandates."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from missions.models import Mandate
from missions.resources import MandateResource
from pkportal.editorial.checking import CheckableAdmin


@admin.register(Mandate)
class MandateAdmin(CheckableAdmin):
    """The instruments that missions rest on."""

    resource_classes = [MandateResource]
    list_display = ["symbol", "title", "mission", "kind", "adopted", "expires"]
    list_filter = ["kind", "chapter", "availability", ("mission", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["mission"]
    search_fields = ["symbol", "title", "code", "mission__name", "mission__acronym", "mission__code"]
    search_help_text = _("Symbol, title, code or mission")
    prepopulated_fields = {"code": ["symbol"]}
    fieldsets = [
        (None, {"fields": ["mission", ("symbol", "code"), "title", ("kind", "chapter"), "availability"]}),
        (
            _("Time"),
            {
                "fields": [("adopted", "expires")],
                "description": _("A date is as exact as its source: 1999, 1999-06 or 1999-06-12."),
            },
        ),
        (
            _("Chain"),
            {"fields": ["derives_from"], "description": _("Resolution, Council decision, plan, rules of engagement.")},
        ),
        (
            _("Text"),
            {
                "fields": ["authorises", "sources"],
                "description": _("Markdown. A claim is sourced where it stands: [@un-sres-1244, para. 7]."),
            },
        ),
    ]
