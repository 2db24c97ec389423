"""Drafting in the admin: what the public would see at once is saved as a draft, which waits for review."""

import json

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pkportal.changes.drafts import drop, extend_draft, is_protected, may_edit, may_write, open_draft, save_draft
from pkportal.changes.models import Action, Change, ChangeSet
from pkportal.changes.waiting import stand_in
from pkportal.content.roots import root_of

from .addresses import FROM_SET, ROW, change_set_address, form_address, row_address
from .draft_forms import REFERENCE_TOKEN, Draft
from .optimistic_locking import TOKENS
from .waiting_choices import choice_text, choice_value, is_by_code, is_not_stored, record_by_code


def draft_of(request) -> Draft | None:
    """Return the draft that the form of a request shows and extends; None where records are edited directly."""
    return getattr(request, "draft", None)


def draft_with(user, **change) -> Draft | None:
    """Return the draft that has a change; None if there is none, or its set is closed."""
    rows = Change.objects.filter(change_set__in=ChangeSet.objects.open(), **change).select_related("change_set")
    for row in rows[:1]:
        changes = {change.reference: change for change in row.change_set.changes.all()}
        return Draft(row.change_set.root, row.change_set, changes, user)
    return None


class DraftingAdmin(admin.ModelAdmin):
    """Admin that saves what the public would see into the open draft of the root record."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Find the draft before the form is built."""
        request.draft, request.is_drafted, request.change_set = None, False, None
        if is_by_code(object_id):  # the link beside a choice
            return redirect(self.address_by_code(object_id))
        if object_id is None:
            request.draft = self.draft_of_row(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def address_by_code(self, choice):
        """Return the address of the form of a record that was chosen by its code."""
        record = record_by_code(self.model, choice)
        if record is None or is_not_stored(record):
            return row_address(self.model, record.addition.reference if record else "")
        return form_address(self.model, record.pk)

    def get_object(self, request, object_id, from_field=None):
        """Find the draft of the record too."""
        record = super().get_object(request, object_id, from_field)
        if record is not None and hasattr(request, "draft"):
            request.draft = self.draft_for(request, record)
        return record

    def draft_for(self, request, record) -> Draft | None:
        """Return the draft of a record that is not edited directly: the one that the address names, or of its root."""
        named = request.GET.get(FROM_SET, "")
        if named.isdecimal() and (
            draft := draft_with(
                request.user, change_set=named, change_set__root_reference="", reference=record.reference
            )
        ):
            return draft
        if not is_protected(record):
            return None
        root = root_of(record)
        change_set = open_draft(root)
        changes = {change.reference: change for change in change_set.changes.all()} if change_set else {}
        return Draft(root, change_set, changes, request.user)

    def draft_of_row(self, request) -> Draft | None:
        """Return the draft that adds the record which the address of an add form names."""
        reference = request.GET.get(ROW, "")
        if not reference:
            return None
        return draft_with(request.user, kind=self.opts.label_lower, reference=reference, action=Action.ADD)

    def get_changeform_initial_data(self, request):
        """Say which row of the draft an add form is of."""
        initial = super().get_changeform_initial_data(request)
        row = initial.pop(ROW, "")
        return {**initial, TOKENS: f"{REFERENCE_TOKEN}={row}"} if draft_of(request) else initial

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Pass the draft to the form."""
        form = super().get_form(request, obj, change, **kwargs)
        form.draft = draft_of(request)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Show the rows that the draft adds; what was sent is not copied for each inline, which is slow."""
        options = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        draft = draft_of(request)
        if request.method == "POST":
            options |= {"data": request.POST, "files": request.FILES}
        elif draft:
            options["initial"] = [{TOKENS: f"{REFERENCE_TOKEN}={reference}"} for reference in draft.added(inline.model)]
        return options

    def has_change_permission(self, request, obj=None):
        """Refuse what somebody else has begun to those who may only write their own."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or not hasattr(request, "draft"):
            return True
        draft = request.draft
        return may_edit(request.user, draft.change_set) if draft else may_write(request.user, obj)

    def render_change_form(self, request, context, *args, **kwargs):
        """Say on the form that what is saved waits, and in which draft."""
        return super().render_change_form(request, {**context, "draft": draft_of(request)}, *args, **kwargs)

    # Saving

    def save_model(self, request, obj, form, change):
        """Save a record that the public does not see; what it would see waits in a draft."""
        request.is_drafted = draft_of(request) is not None or is_protected(obj)
        if request.is_drafted:
            return
        if not may_write(request.user, obj):
            raise PermissionDenied
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Save links and parts with the record, or all of the page into the draft."""
        if not request.is_drafted:
            super().save_related(request, form, formsets, change)
            return
        draft = draft_of(request)
        edits = [edit for edit in [form.edit()] if edit]
        if form.instance.reference is None or form.instance.pk is None:
            form.instance.reference = form.reference
        for formset in formsets:
            edits += formset.edits()
        if draft and draft.change_set and draft.root is None:
            request.change_set = extend_draft(draft.change_set, edits, request.user)
        else:
            root = draft.root if draft else root_of(form.instance)
            is_first = draft is not None and draft.change_set is None
            request.change_set = save_draft(root, edits, request.user, is_first=is_first)
        dropped = [reference for formset in formsets for reference in formset.dropped()]
        if dropped and request.change_set:
            drop(request.change_set, dropped, request.user)

    def construct_change_message(self, request, form, formsets, add=False):
        """Leave a draft out of the log of records: it has its own."""
        return "" if request.is_drafted else super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request, obj, message):
        """Leave a draft out of the log of records: it has its own."""
        return None if request.is_drafted else super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        """Leave a draft out of the log of records: it has its own."""
        return None if getattr(request, "is_drafted", False) else super().log_change(request, obj, message)

    def response_add(self, request, obj, post_url_continue=None):
        """Lead from a record that waits to its draft."""
        if not request.is_drafted:
            return super().response_add(request, obj, post_url_continue)
        return self.response_drafted(request, row_address(self.model, obj.reference), obj.reference)

    def response_change(self, request, obj):
        """Lead from a record that waits to its draft."""
        if not request.is_drafted:
            return super().response_change(request, obj)
        draft = draft_of(request)
        return self.response_drafted(request, form_address(self.model, obj.pk, draft.change_set if draft else None))

    def response_drafted(self, request, continue_address, reference=""):
        """Say that nothing public has changed, and lead to the draft, to the form again, or to an empty form."""
        change_set = request.change_set
        if change_set is None:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
            return redirect(continue_address)
        text = _("Saved in the draft %(number)s. Readers see no change until it is published.")
        self.message_user(request, text % {"number": change_set.number}, messages.SUCCESS)
        if "_continue" in request.POST:
            return redirect(continue_address)
        if "_addanother" in request.POST:
            return redirect(self.add_address())
        if IS_POPUP_VAR not in request.POST:
            return redirect(change_set_address(change_set))
        addition = change_set.changes.filter(reference=reference, action=Action.ADD).first()
        if addition and addition.code:
            return self.choose_in_opener(request, stand_in(addition))
        return redirect(f"{change_set_address(change_set)}?{IS_POPUP_VAR}=1")

    def choose_in_opener(self, request, record):
        """Close a window in which a record was added, and choose the record in the form that opened it."""
        chosen = json.dumps({"value": choice_value(record), "obj": choice_text(record)})
        return TemplateResponse(request, "admin/popup_response.html", {"popup_response_data": chosen})

    def add_address(self):
        """Return the address of the form of a new record."""
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_add")
