"""Admin actions to publish and withdraw; the form itself never changes the status."""

import logging

import pghistory
from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pkportal.content.models import Status

from .draft_forms import DraftForm
from .records import RecordAdmin

_log = logging.getLogger("pkportal.editorial")


class NotPublishable(Exception):
    """Raised after a published record was saved with ``obstacles``, so that the transaction is rolled back."""

    def __init__(self, obstacles):
        super().__init__(*obstacles)
        self.obstacles = obstacles


class PublishableForm(DraftForm):
    """Form of a record that may be published; ``obstacles`` are those that the last attempt to save met."""

    obstacles = ()

    def clean(self):
        """Add the obstacles for which the last attempt to save was rolled back as errors."""
        cleaned = super().clean()
        if self.obstacles:
            words = gettext("This record is published, so it cannot be saved like this:")
            self.add_error(None, [words, *self.obstacles])
        return cleaned


class PublishableAdmin(RecordAdmin):
    """Admin whose actions publish and withdraw; a published record is not saved with obstacles."""

    form = PublishableForm

    @property
    def actions(self):
        """Add the actions; Django shows them to those who have the permission."""
        return [*super().actions, "publish", "withdraw"]

    def has_publish_permission(self, request):
        """Check the permission that ``Publishable`` gives each of its models."""
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename('publish', self.opts)}")

    def changeform_view(self, request, *args, **kwargs):
        """Show the form again with the obstacles when what was saved had to be rolled back."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except NotPublishable as error:
            request.obstacles = error.obstacles
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Pass the obstacles to the form."""
        form = super().get_form(request, obj, change, **kwargs)
        form.obstacles = getattr(request, "obstacles", ())
        return form

    def save_related(self, request, form, formsets, change):
        """Look for obstacles after links and parts are saved: sources and inline parts count too."""
        super().save_related(request, form, formsets, change)
        if not request.is_drafted and form.instance.status == Status.PUBLISHED:
            saved = self.model._base_manager.get(pk=form.instance.pk)  # with the columns that the database computes
            if obstacles := [*saved.obstacles()]:
                raise NotPublishable(obstacles)

    def get_list_display(self, request):
        """Add the status."""
        return [*super().get_list_display(request), "status"]

    def get_list_filter(self, request):
        """Add a filter by status."""
        return ["status", *super().get_list_filter(request)]

    def get_readonly_fields(self, request, obj=None):
        """Make the status read-only: saving does not change it."""
        return [*super().get_readonly_fields(request, obj), "status", "published_at", "withdrawn_at", "readiness"]

    def get_fieldsets(self, request, obj=None):
        """Show status, dates and obstacles below the record's own fields."""
        how = _("Records are published and withdrawn with the actions of the list, by users who have the permission.")
        fields = [("status", "published_at", "withdrawn_at"), "readiness"]
        return [*super().get_fieldsets(request, obj), (_("Publication"), {"fields": fields, "description": how})]

    @admin.display(description=_("ready"))
    def readiness(self, record):
        """List the obstacles."""
        if not record.pk:
            return gettext("Not saved yet.")
        obstacles = format_html_join("", "<li>{}</li>", ((obstacle,) for obstacle in record.obstacles()))
        return obstacles and format_html_join("", "<ul>{}</ul>", [(obstacles,)]) or gettext("Yes: nothing is missing.")

    @admin.action(description=_("Publish selected %(verbose_name_plural)s"), permissions=["publish"])
    def publish(self, request, queryset):
        """Publish each record that is ready, and name the obstacles of the others."""
        done = 0
        with transaction.atomic(), pghistory.context(act="publish"):
            for record in self.lock_selected(queryset).exclude(status=Status.PUBLISHED):
                try:
                    record.publish()
                except ValidationError as error:
                    self.message_user(request, f"{record}: {' '.join(error.messages)}", messages.ERROR)
                else:
                    self.log_change(request, record, gettext("Published."))
                    _log.info("publish", {"kind": self.opts.model_name, "record": record})
                    done += 1
        self.report(request, ngettext("%d record was published.", "%d records were published.", done) % done, done)

    @admin.action(description=_("Withdraw selected %(verbose_name_plural)s"), permissions=["publish"])
    def withdraw(self, request, queryset):
        """Withdraw the published ones among the selected records."""
        done = 0
        with transaction.atomic(), pghistory.context(act="withdraw"):
            for record in self.lock_selected(queryset).filter(status=Status.PUBLISHED):
                record.withdraw()
                self.log_change(request, record, gettext("Withdrawn."))
                _log.info("withdraw", {"kind": self.opts.model_name, "record": record})
                done += 1
        self.report(request, ngettext("%d record was withdrawn.", "%d records were withdrawn.", done) % done, done)

    def lock_selected(self, queryset):
        """Lock the selected records, so that none changes between the check of its obstacles and its publication."""
        return self.model._default_manager.filter(pk__in=queryset.values("pk")).order_by("pk").select_for_update()

    def report(self, request, message, done):
        """Show a message: a success, or only information if nothing was done."""
        self.message_user(request, message, messages.SUCCESS if done else messages.INFO)
