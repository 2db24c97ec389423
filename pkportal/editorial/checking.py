"""Checking at the desk: who has compared a record with its source says so, and any edit takes it back."""

import pghistory
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import AIAssisted, digest
from pkportal.editorial.records import RecordAdmin


class CheckableAdmin(RecordAdmin):
    """An admin that shows what was checked, and marks it."""

    @property
    def actions(self):
        """Offer both marks to those who may change the record."""
        return [*super().actions, "mark_checked", "mark_unchecked"]

    def get_list_display(self, request):
        """Say of each record whether it was checked."""
        return [*super().get_list_display(request), "checked"]

    def get_list_filter(self, request):
        """Find what is still to be checked, and what an AI system helped to write."""
        assisted = ["ai_assisted"] if issubclass(self.model, AIAssisted) else []
        return [*super().get_list_filter(request), ("is_checked", admin.BooleanFieldListFilter), *assisted]

    def get_readonly_fields(self, request, obj=None):
        """Let nobody check by saving."""
        return [*super().get_readonly_fields(request, obj), "checked"]

    def get_fieldsets(self, request, obj=None):
        """Show the check below the record's own fields."""
        how = _(
            "“Checked” is said with the actions of the list, of the record as it then stands; an edit takes it back."
        )
        assisted = ["ai_assisted"] if issubclass(self.model, AIAssisted) else []
        return [
            *super().get_fieldsets(request, obj),
            (_("Check"), {"fields": [*assisted, "checked"], "description": how}),
        ]

    @admin.display(description=_("checked"), boolean=True, ordering="is_checked")
    def checked(self, record):
        """Show a mark; a record that is not saved was not checked."""
        return bool(record.pk and record.is_checked)

    @admin.action(description=_("Mark selected %(verbose_name_plural)s as checked"), permissions=["change"])
    def mark_checked(self, request, queryset):
        """Say that the records as they stand agree with their sources."""
        self.mark(request, queryset.filter(is_checked=False), digest(*self.model.checked_fields), gettext("Checked."))

    @admin.action(description=_("Mark selected %(verbose_name_plural)s as not checked"), permissions=["change"])
    def mark_unchecked(self, request, queryset):
        """Say that nobody knows."""
        self.mark(request, queryset.filter(is_checked=True), Value(""), gettext("No longer checked."))

    def mark(self, request, queryset, value, message):
        """Mark all chosen records with one statement, and write it into the log of each."""
        with transaction.atomic(), pghistory.context(act="check"):
            chosen = self.model._default_manager.filter(pk__in=[*queryset.values_list("pk", flat=True)])
            done = chosen.update(checked_digest=value)
            LogEntry.objects.log_actions(
                request.user.pk, chosen.select_related(*self.list_select_related or ()), CHANGE, message
            )
        said = ngettext("%(done)d record: %(what)s", "%(done)d records: %(what)s", done) % {
            "done": done,
            "what": message,
        }
        said = said if done else gettext("All of them were marked like that already.")
        self.message_user(request, said, messages.SUCCESS if done else messages.INFO)
