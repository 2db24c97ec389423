"""The desk for sources."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pkportal.publishing.desk import RecordAdmin

from .models import Source
from .rows import SourceRows


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """What claims and figures are taken from."""

    resource_classes = [SourceRows]
    list_display = ["code", "title", "publisher", "published", "kind", "grade"]
    list_filter = ["kind", "grade"]
    search_fields = ["code", "title", "publisher", "authors"]
    search_help_text = _("Code, title, publisher or author")
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "code", ("kind", "grade")],
                "description": _("Texts cite a source by its code: [@code, p. 12]."),
            },
        ),
        (_("Publication"), {"fields": ["publisher", "authors", "published", "url", "licence"]}),
    ]
