"""Admins of sources, accounts and groups."""

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pkportal.editorial.records import RecordAdmin
from pkportal.exchange.resources import SourceResource
from pkportal.sources.cited_by import records_naming
from pkportal.sources.models import Source

from .accounts import ColleagueAdmin, ColleagueGroupAdmin

admin.site.unregister([User, Group])
admin.site.register(User, ColleagueAdmin)
admin.site.register(Group, ColleagueGroupAdmin)


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """What claims and figures are taken from."""

    resource_classes = [SourceResource]
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

    def get_deleted_objects(self, objs, request):
        """Keep a source that a list or a sentence names: without it they would say what nobody can look up."""
        *found, protected = super().get_deleted_objects(objs, request)
        naming = [f"{capfirst(it._meta.verbose_name)}: {it}" for source in objs for it in records_naming(source)]
        return *found, [*protected, *dict.fromkeys(naming)]
