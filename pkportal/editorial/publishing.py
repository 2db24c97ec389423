"""Publishing and withdrawing in the admin, as actions of the list and from the form, each by a change set."""

import logging

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pkportal.changes import review
from pkportal.changes.drafts import is_protected
from pkportal.changes.problems import NotApplicable
from pkportal.changes.publication import lock_record, propose_publication
from pkportal.content.models import Status

from .addresses import change_set_address, form_address
from .draft_forms import DraftForm
from .records import RecordAdmin
from .withdrawing import WithdrawingAdmin, reasons_in

_log = logging.getLogger("pkportal.editorial")
SEND, PUBLISH_NOW = "_review", "_publish"  # buttons of the form


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


class PublishableAdmin(WithdrawingAdmin, RecordAdmin):
    """Admin whose actions publish and withdraw; a published record is not saved with obstacles."""

    form = PublishableForm

    @property
    def actions(self):
        """Add the actions; Django shows them to those who have the permission."""
        return [*super().actions, "publish", "withdraw"]

    def has_publish_permission(self, request):
        """Check the permission that ``Publishable`` gives each of its models, and the one to publish at all."""
        own = f"{self.opts.app_label}.{get_permission_codename('publish', self.opts)}"
        return request.user.has_perms([own, review.PUBLISH])

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

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Offer to send a record that is edited directly to review, or to publish it."""
        is_direct = obj is None or (obj.status != Status.PUBLISHED and not is_protected(obj))
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        context["show_send_to_review"] = is_direct and may_save
        context["show_publish"] = is_direct and may_save and self.has_publish_permission(request)
        if obj and obj.status in (Status.PUBLISHED, Status.WITHDRAWN) and may_save:
            context["withdraw_address"] = self.withdraw_address(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        """Look for obstacles after links and parts are saved: sources and inline parts count too."""
        super().save_related(request, form, formsets, change)
        if not request.is_drafted and form.instance.status == Status.PUBLISHED:
            saved = self.model._base_manager.get(pk=form.instance.pk)  # with the columns that the database computes
            if obstacles := [*saved.obstacles()]:
                raise NotPublishable(obstacles)

    def response_add(self, request, obj, post_url_continue=None):
        """Send a new record to review, or publish it, if its button was pressed."""
        return self.response_proposed(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        """Send a record to review, or publish it, if its button was pressed."""
        return self.response_proposed(request, obj) or super().response_change(request, obj)

    def response_proposed(self, request, record):
        """Return the page that follows a button of the form; None if it was another one, or the save is a draft."""
        if request.is_drafted or not {SEND, PUBLISH_NOW} & request.POST.keys():
            return None
        if PUBLISH_NOW in request.POST and self.has_publish_permission(request):
            if self.publish_one(request, record):
                self.report(request, gettext("It is published."), 1)
            return redirect(self.proposal_address(request) or form_address(self.model, record.pk))
        change_set = propose_publication(record, request.user)
        text = gettext("Saved. Say below who is to read it, and send it to review: %(number)s.")
        self.message_user(request, text % {"number": change_set.number}, messages.SUCCESS)
        return redirect(change_set_address(change_set))

    def get_list_display(self, request):
        """Add the status."""
        return [*super().get_list_display(request), "status"]

    def get_list_filter(self, request):
        """Add a filter by status."""
        return ["status", *super().get_list_filter(request)]

    def get_readonly_fields(self, request, obj=None):
        """Make the status read-only: saving does not change it."""
        dates = ["published_at", "withdrawn_at", "withdrawal_reason", "moved_to"]
        return [*super().get_readonly_fields(request, obj), "status", *dates, "readiness"]

    def get_fieldsets(self, request, obj=None):
        """Show status, dates and obstacles below the record's own fields."""
        how = _("A record is public once somebody has published it who did not write it, and until it is withdrawn.")
        fields = [("status", "published_at", "withdrawn_at"), "readiness"]
        if obj and obj.status == Status.WITHDRAWN:
            fields[1:1] = ["withdrawal_reason", "moved_to"]
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
        """Publish each record that is ready, and name what stands in the way of the others."""
        done = sum(self.publish_one(request, record) for record in queryset.order_by("pk"))
        self.report(request, ngettext("%d record was published.", "%d records were published.", done) % done, done)
        address = self.proposal_address(request)
        return redirect(address) if address and not done else None

    def publish_one(self, request, record) -> bool:
        """Publish a record by a change set, or say why not. True if it was published."""
        try:
            with transaction.atomic():
                record = lock_record(record)
                dated = record.published_at if record.status == Status.PUBLISHED else None
                if record.is_public:
                    return False
                change_set = propose_publication(record, request.user)
                if review.is_own_work(request.user, change_set):
                    self.lead_to_review(request, record, change_set)
                    return False
                review.publish(change_set, request.user)
        except (NotApplicable, PermissionDenied, ValidationError) as error:
            self.message_user(request, f"{record}: {reasons_in(error)}", messages.ERROR)
            return False
        self.log_change(request, record, gettext("Published."))
        _log.info("publish", {"kind": self.opts.model_name, "record": record})
        if dated:
            text = gettext("“%(record)s” was dated %(date)s. Readers see it from now on.")
            words = {"record": record, "date": format_date(localtime(dated), "j F Y, H:i")}
            self.message_user(request, text % words, messages.INFO)
        return True

    def lead_to_review(self, request, record, change_set):
        """Say why a Publisher does not publish own work by a click, and where it goes on."""
        if review.needs_second_reader():
            text = gettext("You wrote some of “{}”, so somebody else must approve it. Send it to review: {}.")
        else:
            text = gettext("You wrote some of “{}”. Send it to review, or say why nobody else reads it before: {}.")
        address = request.proposal = change_set_address(change_set)
        link = format_html('<a href="{}">{}</a>', address, change_set.number)
        self.message_user(request, format_html(text, record, link), messages.WARNING)

    def proposal_address(self, request):
        """Return the address of the change set that an own record was left in, or nothing."""
        return getattr(request, "proposal", "")

    def idle_actions(self, record):
        """Leave out the actions for which the form has buttons."""
        return {*super().idle_actions(record), "publish", "withdraw"}

    def report(self, request, message, done):
        """Show a message: a success, or only information if nothing was done."""
        self.message_user(request, message, messages.SUCCESS if done else messages.INFO)
