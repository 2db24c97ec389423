"""Admin that shows which records are checked; they are checked on a page beside their sources, one by one."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pkportal.changes.checking import CHECK, remove_marks
from pkportal.changes.verdicts import Verdict, last_check
from pkportal.content.checking import AIAssisted
from pkportal.sources.claims import markdown_fields

from .claim_pages import claims_address
from .records import RecordAdmin
from .verifying import verify_address


class CheckableAdmin(RecordAdmin):
    """Admin that shows which records are checked, and leads to where they are compared with their sources."""

    @property
    def actions(self):
        """Add the action; Django shows it to those who may check records."""
        return [*super().actions, "mark_unchecked"]

    def has_check_permission(self, request):
        """Check the permission to mark records as checked, and to remove the mark."""
        return request.user.has_perm(CHECK)

    def get_list_display(self, request):
        """Add the mark."""
        return [*super().get_list_display(request), "checked"]

    def get_list_filter(self, request):
        """Add filters by the mark and by AI assistance."""
        assisted = ["ai_assisted"] if issubclass(self.model, AIAssisted) else []
        return [*super().get_list_filter(request), ("is_checked", admin.BooleanFieldListFilter), *assisted]

    def get_readonly_fields(self, request, obj=None):
        """Make the mark read-only: saving does not set it."""
        return [*super().get_readonly_fields(request, obj), "checked", "last_check"]

    def get_fieldsets(self, request, obj=None):
        """Show the mark below the record's own fields, and what the last check found."""
        how = _("A record is checked by somebody else than its writers, beside its sources; any later edit undoes it.")
        assisted = ["ai_assisted"] if issubclass(self.model, AIAssisted) else []
        fields = [*assisted, "checked", "last_check"]
        return [*super().get_fieldsets(request, obj), (_("Check"), {"fields": fields, "description": how})]

    @admin.display(description=_("checked"), boolean=True, ordering="is_checked")
    def checked(self, record):
        """Show the mark; a record that is not saved is not checked."""
        return bool(record.pk and record.is_checked)

    @admin.display(description=_("last check"))
    def last_check(self, record):
        """Say what the last check found, and link the page on which the next is made."""
        if not record.pk:
            return gettext("Not saved yet.")
        links = [(verify_address(record), gettext("Compare with its sources"))]
        if markdown_fields(self.model):
            links.append((claims_address(record), gettext("Claims of this text")))
        shown = format_html_join(" · ", '<a href="{}">{}</a>', links)
        return format_html("{}<br>{}", said_of(last_check(record)), shown)

    @admin.action(description=_("Mark selected %(verbose_name_plural)s as not checked"), permissions=["check"])
    def mark_unchecked(self, request, queryset):
        """Remove the mark."""
        records = remove_marks(request.user, queryset.select_related(*self.list_select_related or ()))
        if not records:
            self.message_user(request, gettext("None of them was marked as checked."), messages.INFO)
            return
        LogEntry.objects.log_actions(request.user.pk, records, CHANGE, gettext("No longer checked."))
        text = ngettext(
            "%(number)d record is no longer checked.", "%(number)d records are no longer checked.", len(records)
        )
        self.message_user(request, text % {"number": len(records)}, messages.SUCCESS)

    def idle_actions(self, record):
        """Leave out removing a mark that the record does not have."""
        return super().idle_actions(record) if record.is_checked else {*super().idle_actions(record), "mark_unchecked"}


def said_of(check) -> str:
    """Return a check in a sentence."""
    if check is None:
        return gettext("It has not been compared with its sources here.")
    words = {"who": check.by_name, "day": f"{check.at:%Y-%m-%d}", "source": check.source_code, "place": check.place}
    words["note"] = check.note
    if not check.is_of_this_state:
        return gettext("%(who)s compared an earlier state of it on %(day)s; it was edited since.") % words
    if check.verdict == Verdict.WRONG:
        return gettext("Wrong, says %(who)s on %(day)s: %(note)s") % words
    if check.verdict == Verdict.UNMARKED:
        return gettext("%(who)s removed the mark on %(day)s.") % words
    return gettext("Right, says %(who)s on %(day)s: compared with %(source)s, %(place)s.") % words
