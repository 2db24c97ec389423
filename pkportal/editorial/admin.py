"""Admins of sources, synonyms, accounts and groups."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from pkportal.editorial.dependents import named
from pkportal.editorial.records import RecordAdmin
from pkportal.exchange.resources import SourceResource
from pkportal.sources.cited_by import unprotected_references
from pkportal.sources.models import Source
from pkportal.website.models import Synonym
from pkportal.website.resources import SynonymResource

from . import change_sets, imported_files, verifying  # noqa: F401 - they register their own
from .accounts import ColleagueAdmin, ColleagueGroupAdmin

admin.site.unregister([User, Group])
admin.site.unregister([Authenticator, EmailAddress])  # the one shows secrets, the other is not used
admin.site.register(User, ColleagueAdmin)
admin.site.register(Group, ColleagueGroupAdmin)


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources that texts cite and figures are taken from."""

    resource_classes = [SourceResource]
    list_display = ["code", "title", "publisher", "published", "kind", "grade"]
    list_filter = ["kind", "grade"]
    search_fields = ["code", "title", "short_title", "publisher", "authors", "published"]
    search_help_text = _("Code, title, publisher, author or date")
    kept_for_next = ["publisher", "kind", "grade", "licence"]
    prepopulated_fields = {"code": ["title"]}
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "code", "short_title", ("kind", "grade")],
                "description": _("Texts cite a source by its code: [@code, p. 12]."),
            },
        ),
        (_("Publication"), {"fields": ["publisher", "authors", "published", "url", "licence"]}),
    ]

    def get_deleted_objects(self, objs, request):
        """Protect a source that a record lists or a text cites."""
        *deleted, protected = super().get_deleted_objects(objs, request)
        citing = [record for source in objs for record in unprotected_references(source)]
        labels = [named(record, self.form_of) for record in citing]
        return *deleted, [*protected, *dict.fromkeys(labels)]


@admin.register(Synonym)
class SynonymAdmin(RecordAdmin):
    """Abbreviations and other words that the search takes for words of our texts."""

    resource_classes = [SynonymResource]
    list_display = ["term", "means", "kind"]
    list_filter = ["kind"]
    list_per_page = 100
    search_fields = ["term", "means"]
    search_help_text = _("Term or meaning")
    fieldsets = [(None, {"fields": ["term", "means", "kind"]})]
