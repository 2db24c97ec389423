"""The list of imports in the admin: which files were sent, by whom, when, and what became of them."""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pkportal.changes.imported_files import ImportedFile
from pkportal.content.registry import models_with_label

from .addresses import change_set_address, imported_address
from .read_only import ReadOnlyAdmin

IMPORT_FILES = "changes.import_files"


class ImportedKindFilter(SimpleListFilter):
    """Filter by the kind of record that the rows of a file are."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        """Offer the kinds of which there are files."""
        kinds = {*ImportedFile.objects.order_by().values_list("kind", flat=True).distinct()}
        names = {kind: str(model._meta.verbose_name_plural) for kind, model in models_with_label().items()}
        return [(kind, capfirst(names[kind])) for kind in names if kind in kinds]

    def queryset(self, request, queryset):
        """Keep the files of one kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(ImportedFile)
class ImportedFileAdmin(ReadOnlyAdmin):
    """Every file that was sent, with its change set; each has its page under its kind."""

    list_display = ["name", "kind_in_words", "account", "sent_at", "state_in_words", "counts_in_words"]
    list_filter = ["state", ImportedKindFilter]
    list_select_related = ["account", "change_set"]
    search_fields = ["name", "account__username"]
    actions = None
    list_per_page = 50

    def has_module_permission(self, request):
        """Show it to those who import."""
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        """Show it to those who import."""
        return request.user.has_perm(IMPORT_FILES)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, imported):
        """Return the kind as people call it."""
        return capfirst(imported.model._meta.verbose_name_plural) if imported.model else imported.kind

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, imported):
        """Return the state, with the change set."""
        state = capfirst(imported.state_in_words)
        if imported.change_set is None:
            return state
        words = [state, change_set_address(imported.change_set), imported.change_set.number]
        return format_html('{} (<a href="{}">{}</a>)', *words)

    @admin.display(description=_("rows"))
    def counts_in_words(self, imported):
        """Return the number of rows of each outcome."""
        return ", ".join(f"{number:,} {outcome.label}" for outcome, number in imported.counts.items() if number) or "–"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead to the page of the file under its kind."""
        imported = self.get_object(request, object_id)
        if not self.has_view_permission(request):
            raise PermissionDenied
        if imported is None or imported.model is None:
            return redirect(reverse("admin:changes_importedfile_changelist"))
        return redirect(imported_address(imported))
