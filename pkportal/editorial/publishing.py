"""Publishing at the desk: by those who may, of what is ready, and never by the way."""

import pghistory
from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pkportal.content.models import Status

from .optimistic_locking import OptimisticLockingForm
from .records import RecordAdmin


class PublishableForm(OptimisticLockingForm):
    """A form that leaves a published record fit for the public, its links included."""

    def _post_clean(self):
        """Save to see what the record would be, ask it, and take the saving back."""
        super()._post_clean()
        if self.errors or self.instance.status != Status.PUBLISHED:
            return
        with transaction.atomic():
            self.instance.save()
            self._save_m2m()
            obstacles = list(type(self.instance)._base_manager.get(pk=self.instance.pk).obstacles())
            transaction.set_rollback(True)
        if obstacles:
            self.add_error(None, [gettext("This record is published, so it cannot be left like that:"), *obstacles])


class PublishableAdmin(RecordAdmin):
    """An admin whose records are published and withdrawn by its actions, and by nothing else."""

    form = PublishableForm

    @property
    def actions(self):
        """Offer both acts; Django shows them to those who may."""
        return [*super().actions, "publish", "withdraw"]

    def has_publish_permission(self, request):
        """Ask for the permission that ``Publishable`` gives each of its models."""
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename('publish', self.opts)}")

    def get_list_display(self, request):
        """Say of each record where it stands."""
        return [*super().get_list_display(request), "status"]

    def get_list_filter(self, request):
        """Let drafts be found."""
        return ["status", *super().get_list_filter(request)]

    def get_readonly_fields(self, request, obj=None):
        """Let nobody publish by saving."""
        return [*super().get_readonly_fields(request, obj), "status", "published_at", "withdrawn_at", "readiness"]

    def get_fieldsets(self, request, obj=None):
        """Show where the record stands below its own fields."""
        how = _("A record is published and withdrawn with the actions of the list, by those who may.")
        fields = [("status", "published_at", "withdrawn_at"), "readiness"]
        return [*super().get_fieldsets(request, obj), (_("Publication"), {"fields": fields, "description": how})]

    @admin.display(description=_("ready"))
    def readiness(self, record):
        """List what stands between a record and the public."""
        if not record.pk:
            return gettext("Not saved yet.")
        obstacles = format_html_join("", "<li>{}</li>", ((it,) for it in record.obstacles()))
        return (
            obstacles and format_html_join("", "<ul>{}</ul>", [(obstacles,)]) or gettext("Nothing stands in its way.")
        )

    @admin.action(description=_("Publish selected %(verbose_name_plural)s"), permissions=["publish"])
    def publish(self, request, queryset):
        """Publish each record that is ready, and say of each other one why it is not."""
        done = 0
        with transaction.atomic(), pghistory.context(act="publish"):
            for record in self.locked(queryset).exclude(status=Status.PUBLISHED):
                try:
                    record.publish()
                except ValidationError as error:
                    self.message_user(request, f"{record}: {' '.join(error.messages)}", messages.ERROR)
                else:
                    self.log_change(request, record, gettext("Published."))
                    done += 1
        self.say(request, ngettext("%d record was published.", "%d records were published.", done) % done, done)

    @admin.action(description=_("Withdraw selected %(verbose_name_plural)s"), permissions=["publish"])
    def withdraw(self, request, queryset):
        """Take published records back from the public; a draft has nothing to be taken back."""
        done = 0
        with transaction.atomic(), pghistory.context(act="withdraw"):
            for record in self.locked(queryset).filter(status=Status.PUBLISHED):
                record.withdraw()
                self.log_change(request, record, gettext("Withdrawn."))
                done += 1
        self.say(request, ngettext("%d record was withdrawn.", "%d records were withdrawn.", done) % done, done)

    def locked(self, queryset):
        """Hold the chosen records, so that none changes between the question and the act."""
        return self.model._default_manager.filter(pk__in=queryset.values("pk")).order_by("pk").select_for_update()

    def say(self, request, message, done):
        """Report a success as such, and nothing done as a plain fact."""
        self.message_user(request, message, messages.SUCCESS if done else messages.INFO)
