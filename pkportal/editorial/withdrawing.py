"""Withdrawing in the admin: one page asks why, and where readers find what took the place of the record."""

import logging

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pkportal.changes import review
from pkportal.changes.problems import NotApplicable
from pkportal.changes.publication import propose_withdrawal, withdraw_at_once
from pkportal.content.models import Status
from pkportal.content.registry import record_with_reference
from pkportal.content.withdrawal import is_reference, moved_to_field, validate_moved_to

from .addresses import change_set_address, form_address

_log = logging.getLogger("pkportal.editorial")
MAX_WITHDRAWN = 100  # records at once


class WithdrawalForm(forms.Form):
    """What readers are told where the record was."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        help_text=_("Readers see this sentence where the record was: “It counted the same battalion twice.”"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    moved_to = moved_to_field().formfield(
        label=_("Where readers are led"), required=False, widget=forms.TextInput(attrs={"class": "vTextField"})
    )

    def __init__(self, *args, records=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.records = records

    def clean_moved_to(self):
        """Refuse a reference that no record has, and the record itself."""
        target = self.cleaned_data["moved_to"].strip()
        if target:
            validate_moved_to(target)
        if not is_reference(target):
            own = [record.get_absolute_url() for record in self.records if hasattr(record, "get_absolute_url")]
            if target in own:
                raise ValidationError(_("This is the record that is withdrawn."))
            return target
        record = record_with_reference(target)
        if record is None:
            raise ValidationError(_("No record has the reference %(reference)s.") % {"reference": target})
        if record in self.records:
            raise ValidationError(_("This is the record that is withdrawn."))
        return target


class WithdrawingAdmin(admin.ModelAdmin):
    """Admin with a page that withdraws published records, from the list or from the form of one."""

    def get_urls(self):
        """Add the page of one record."""
        view = self.admin_site.admin_view(self.withdraw_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    @admin.action(description=_("Withdraw selected %(verbose_name_plural)s"), permissions=["publish"])
    def withdraw(self, request, queryset):
        """Ask why the published ones among the selected records are withdrawn, and withdraw them."""
        records = [*queryset.filter(status=Status.PUBLISHED).order_by("pk")[: MAX_WITHDRAWN + 1]]
        if not records:
            self.message_user(request, gettext("None of them is published."), messages.INFO)
            return None
        if len(records) > MAX_WITHDRAWN:
            text = gettext("At most %(number)d records can be withdrawn at once.")
            self.message_user(request, text % {"number": MAX_WITHDRAWN}, messages.ERROR)
            return None
        return self.withdrawal_page(request, records, self.list_address())

    def withdraw_view(self, request, object_id):
        """Ask why one record is withdrawn, and withdraw it, or propose it; or say another reason for a withdrawal."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if record.status not in (Status.PUBLISHED, Status.WITHDRAWN):
            self.message_user(request, gettext("It is not published."), messages.INFO)
            return redirect(form_address(self.model, record.pk))
        return self.withdrawal_page(request, [record], form_address(self.model, record.pk))

    def withdrawal_page(self, request, records, address):
        """Show the page, or withdraw the records and lead back to where the page was opened."""
        first, *others = records
        is_withdrawn = not others and first.status == Status.WITHDRAWN
        told = {"reason": first.withdrawal_reason, "moved_to": first.moved_to} if is_withdrawn else None
        form = WithdrawalForm(request.POST if "reason" in request.POST else None, initial=told, records=records)
        if form.is_valid():
            change_sets = [self.withdraw_one(request, record, **form.cleaned_data) for record in records]
            withdrawn = [it for it in change_sets if it and not it.is_open]
            if done := len(withdrawn):
                text = ngettext("%d record was withdrawn.", "%d records were withdrawn.", done) % done
                text = gettext("Readers see the new reason.") if is_withdrawn else text
                self.message_user(request, text, messages.SUCCESS)
            proposed = [change_set_address(it) for it in change_sets if it and it.is_open]
            return redirect(proposed[0] if len(proposed) == 1 else address)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Why it is withdrawn") if is_withdrawn else gettext("Withdraw from the public"),
            "form": form,
            "records": records,
            "is_withdrawn": is_withdrawn,
            "back": address,
            "selection": ACTION_CHECKBOX_NAME,
            "is_at_once": self.withdraws_at_once(request),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/withdraw.html", context)

    def withdraws_at_once(self, request):
        """True if what this account withdraws is withdrawn at once; else it is proposed, and somebody else approves."""
        return self.has_publish_permission(request) and not review.needs_second_reader()

    def withdraw_one(self, request, record, reason, moved_to):
        """Return the change set that withdraws a record, published or proposed; None if it cannot be withdrawn."""
        try:
            if self.withdraws_at_once(request):
                change_set = withdraw_at_once(record, request.user, reason, moved_to)
                self.log_change(request, record, gettext("Withdrawn: %s") % reason)
                _log.info("withdraw", {"kind": self.opts.model_name, "record": record})
                return change_set
            change_set = propose_withdrawal(record, request.user, reason, moved_to)
        except (NotApplicable, PermissionDenied, ValidationError) as error:
            self.message_user(request, f"{record}: {reasons_in(error)}", messages.ERROR)
            return None
        text = gettext(
            "%(number)s proposes it for “%(record)s”. Readers see no change until somebody else approves that."
        )
        self.message_user(request, text % {"number": change_set.number, "record": record}, messages.WARNING)
        return change_set

    def withdraw_address(self, record):
        """Return the address of the page that withdraws one record."""
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_withdraw", args=[record.pk]
        )

    def list_address(self):
        """Return the address of the list."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def reasons_in(error):
    """Return why a record cannot be published or withdrawn, in one line."""
    return " ".join(getattr(error, "messages", [str(reason) for reason in error.args]))
