"""Forms of the admin that lose no work: what is typed is saved by itself, kept, and shown again.

A page sends its form every twenty seconds after a change. What belongs in a draft is saved there. Everything else, and
what cannot be saved yet, is kept for the account as it was typed, and is shown again when the form is next opened.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import Media, Script
from django.http import HttpResponseRedirect, JsonResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pkportal.changes.models import ReviewState

from .draft_forms import REFERENCE_TOKEN
from .drafting import DraftingAdmin
from .kept_page import (
    AUTOSAVE,
    FORGET,
    STILL_OPEN,
    TYPED,
    forget_typed,
    keep_typed,
    typed_address,
    typed_before_sign_in,
)
from .open_forms import note_open
from .optimistic_locking import TOKENS
from .unsaved_forms import address_of_form, data_of, forget, forget_saved, unsaved_form


class WorkKeepingAdmin(DraftingAdmin):
    """Admin whose forms save themselves, say who else has them open, and show again what was not saved."""

    keeps_unsaved = True  # also what was sent after the session had ended

    @property
    def media(self):
        """Add the script that sends the form."""
        return super().media + Media(js=[Script("js/keeping_work.js", defer=True)])

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Answer what the page sends by itself; show the form, or save it and forget what was kept of it."""
        if request.method != "POST":
            return self.show_form(request, object_id, form_url, extra_context)
        if AUTOSAVE in request.POST:
            return self.autosave(request, object_id)
        if STILL_OPEN in request.POST:
            return JsonResponse({"text": self.who_else(request, object_id)})
        if FORGET in request.POST:
            return forget_typed(request)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if isinstance(response, HttpResponseRedirect):
            forget_saved(request.user, address_of_form(request))
        return response

    # Opening a form

    def show_form(self, request, object_id, form_url, extra_context):
        """Show a form with what was typed and not saved, if that is asked for; else say that there is something."""
        if response := typed_before_sign_in(request):
            return response
        unsaved = unsaved_form(request)
        context = {**(extra_context or {}), "who_else": self.who_else(request, object_id)}
        if unsaved and TYPED in request.GET:
            return self.show_again(request, object_id, form_url, context, unsaved)
        context |= {"unsaved": unsaved, "unsaved_address": typed_address(request)}
        return super().changeform_view(request, object_id, form_url, context)

    def show_again(self, request, object_id, form_url, context, unsaved):
        """Show a form with what was typed in it, as if it was sent, but save nothing."""
        request.shown_again = unsaved.kept_at
        request.POST, request.method = data_of(unsaved), "POST"
        try:
            return super().changeform_view(request, object_id, form_url, context)
        finally:
            request.method = "GET"

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Tell a form that is shown again when it was typed: it is not saved before somebody has looked at it."""
        form = super().get_form(request, obj, change, **kwargs)
        form.shown_again = getattr(request, "shown_again", None)
        return form

    def who_else(self, request, object_id):
        """Note that a form is open, and say who else has it open; a form of a new record is nobody else's."""
        if object_id is None or not self.has_change_permission(request):
            return ""
        others = note_open(request.user, address_of_form(request))
        if not others:
            return ""
        names = get_text_list([other.name for other in others], _("and"))
        text = _("%(names)s has this form open too, since %(time)s UTC. Fields that only one of you changes are kept.")
        return text % {"names": names, "time": f"{others[0].since:%H:%M}"}

    # Saving by itself

    def autosave(self, request, object_id):
        """Save a form into its draft, or keep it as it was typed where that cannot be, and say which."""
        text = ""
        if self.belongs_in_draft(request, object_id):
            text = _("Kept for you at {time}. It has errors, so it is not in the draft yet: save it to see them.")
            request.is_autosave = True
            response = super().changeform_view(request, object_id)
            if isinstance(response, HttpResponseRedirect):
                forget(request.user, address_of_form(request))
                number = request.change_set.number if request.change_set else ""
                saved = _("Saved in the draft %(number)s at {time}.") % {"number": number}
                return JsonResponse({"text": saved, "tokens": self.new_tokens(request)})
        return keep_typed(request, text)

    def belongs_in_draft(self, request, object_id):
        """True if what is typed goes into a draft that nobody reviews yet. Raises ``PermissionDenied``."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            draft = self.draft_of_row(request)
        else:
            request.draft = None  # found with the record
            record = self.get_object(request, unquote(object_id))
            if record is None or not self.has_change_permission(request, record):
                raise PermissionDenied
            draft = request.draft
        return draft is not None and (draft.change_set is None or draft.change_set.state == ReviewState.DRAFT)

    def save_related(self, request, form, formsets, change):
        """Remember the forms, whose version tokens are new once they are saved."""
        super().save_related(request, form, formsets, change)
        request.saved_forms = [form, *(row for formset in formsets for row in formset.forms)]

    def new_tokens(self, request):
        """Return the version tokens of the forms of a page that was saved, by the name of the field."""
        main, *_rows = request.saved_forms
        draft = self.draft_for(request, main.instance) if main.instance.pk else self.draft_of_row(request)
        tokens = {}
        for saved in request.saved_forms:
            form_class = type(saved)
            form_class.draft = draft
            instance = saved.instance if saved.instance.pk else None
            initial = {TOKENS: f"{REFERENCE_TOKEN}={saved.reference or ''}"}
            form = form_class(prefix=saved.prefix, instance=instance, initial=initial)
            tokens[form.add_prefix(TOKENS)] = form.initial[TOKENS]
        return tokens

    def message_user(self, request, message, level=messages.INFO, **kwargs):
        """Leave no message for the next page when a form saves itself."""
        if not getattr(request, "is_autosave", False):
            super().message_user(request, message, level, **kwargs)
