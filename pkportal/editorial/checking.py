"""Admin actions to mark records as checked against their sources; any later edit removes the mark."""

import pghistory
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import AIAssisted, digest_of
from pkportal.editorial.records import RecordAdmin
from pkportal.sources.unverified import NOT_ENOUGH, rests_on_unverified


class CheckableAdmin(RecordAdmin):
    """Admin that shows which records are checked, and marks them."""

    @property
    def actions(self):
        """Add the actions; Django shows them to those who may change the record."""
        return [*super().actions, "mark_checked", "mark_unchecked"]

    def get_list_display(self, request):
        """Add the mark."""
        return [*super().get_list_display(request), "checked"]

    def get_list_filter(self, request):
        """Add filters by the mark and by AI assistance."""
        assisted = ["ai_assisted"] if issubclass(self.model, AIAssisted) else []
        return [*super().get_list_filter(request), ("is_checked", admin.BooleanFieldListFilter), *assisted]

    def get_readonly_fields(self, request, obj=None):
        """Make the mark read-only: saving does not set it."""
        return [*super().get_readonly_fields(request, obj), "checked"]

    def get_fieldsets(self, request, obj=None):
        """Show the mark below the record's own fields."""
        how = _("Mark a record as checked with the actions of the list; any later edit removes the mark.")
        assisted = ["ai_assisted"] if issubclass(self.model, AIAssisted) else []
        return [
            *super().get_fieldsets(request, obj),
            (_("Check"), {"fields": [*assisted, "checked"], "description": how}),
        ]

    @admin.display(description=_("checked"), boolean=True, ordering="is_checked")
    def checked(self, record):
        """Show the mark; a record that is not saved is not checked."""
        return bool(record.pk and record.is_checked)

    @admin.action(description=_("Mark selected %(verbose_name_plural)s as checked"), permissions=["change"])
    def mark_checked(self, request, queryset):
        """Mark records, as they now are, as checked, but none whose only source is unverified."""
        unverified = rests_on_unverified(self.model)
        left = queryset.filter(unverified, is_checked=False).count() if unverified else 0
        if left:
            text = ngettext(
                "%(number)d record is not marked. %(why)s", "%(number)d records are not marked. %(why)s", left
            )
            self.message_user(request, text % {"number": left, "why": NOT_ENOUGH}, messages.WARNING)
            queryset = queryset.exclude(unverified)
            if not queryset.exists():
                return
        self.set_mark(
            request,
            queryset.filter(is_checked=False),
            digest_of(*self.model.checked_fields),
            gettext("Checked."),
        )

    @admin.action(description=_("Mark selected %(verbose_name_plural)s as not checked"), permissions=["change"])
    def mark_unchecked(self, request, queryset):
        """Remove the mark."""
        self.set_mark(request, queryset.filter(is_checked=True), Value(""), gettext("No longer checked."))

    def idle_actions(self, record):
        """Offer the mark that the record does not have."""
        return {*super().idle_actions(record), "mark_checked" if record.is_checked else "mark_unchecked"}

    def set_mark(self, request, queryset, value, message):
        """Set the mark of all selected records with one statement, and log it for each."""
        with transaction.atomic(), pghistory.context(act="check"):
            selected = self.model._default_manager.filter(pk__in=[*queryset.values_list("pk", flat=True)])
            number = selected.update(checked_digest=value)
            LogEntry.objects.log_actions(
                request.user.pk, selected.select_related(*self.list_select_related or ()), CHANGE, message
            )
        if number:
            text = ngettext("%(number)d record: %(what)s", "%(number)d records: %(what)s", number)
            self.message_user(request, text % {"number": number, "what": message}, messages.SUCCESS)
        else:
            self.message_user(request, gettext("All of them were already marked like that."), messages.INFO)
