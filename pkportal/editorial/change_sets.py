"""The review of change sets in the admin: the queue, the page of each set, and what may be done with it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pkportal.changes import review
from pkportal.changes.applying import NotApplicable, problems_of
from pkportal.changes.clashes import clashes_of, settle
from pkportal.changes.comparing import count_actions, differences
from pkportal.changes.drafts import may_edit
from pkportal.changes.models import Action, ChangeSet, ReviewState
from pkportal.changes.restoring import may_undo, undo

from .addresses import change_set_address
from .drafting import ROW
from .expert_links import ExpertLinks
from .queue_filter import QueueFilter


class SubmitForm(forms.Form):
    """What a reviewer is told, who it is, and until when."""

    note = forms.CharField(label=_("Note to the reviewer"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    assigned_to = forms.ModelChoiceField(User.objects.none(), label=_("Reviewer"), required=False)
    due = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, reviewers=(), **kwargs):
        super().__init__(*args, **kwargs)
        pks = [account.pk for account in reviewers]
        self.fields["assigned_to"].queryset = User.objects.filter(pk__in=pks).order_by("username")


class PublicNoteForm(forms.ModelForm):
    """What readers are told of a change."""

    class Meta:
        model = ChangeSet
        fields = ["is_major", "public_note"]


class ReasonForm(forms.Form):
    """A reason or a remark."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


@admin.register(ChangeSet)
class ChangeSetAdmin(ExpertLinks):
    """Drafts, what is in review, and what was published by whom."""

    list_display = ["number", "title", "state", "origin", "opened_by", "assigned_to", "due", "saved_at"]
    list_display_links = ["number", "title"]
    list_filter = [QueueFilter, "state", "origin", ("assigned_to", admin.RelatedOnlyFieldListFilter), "root_kind"]
    list_select_related = ["opened_by", "assigned_to"]
    search_fields = ["title", "root_reference"]
    date_hierarchy = None
    actions = None
    list_per_page = 50

    def has_add_permission(self, request):
        """Change sets come from forms, files and histories."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Every change set stays on record."""
        return False

    def has_change_permission(self, request, obj=None):
        """A change set is changed by what is done with it."""
        return False

    def get_urls(self):
        """Add the address of each act."""
        act = self.admin_site.admin_view(self.act)
        return [path("<int:pk>/act/<slug:act>/", act, name="changes_changeset_act"), *super().get_urls()]

    @admin.display(description=_("number"), ordering="pk")
    def number(self, change_set):
        """Return CS-0042."""
        return change_set.number

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a set beside the record as it is: what differs, what stands in its way, what was said."""
        change_set = self.get_object(request, object_id)
        if change_set is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, change_set):
            raise PermissionDenied
        changes = [*change_set.changes.all()]
        records = [{"difference": it, "address": form_address(change_set, it)} for it in differences(change_set)]
        problems = problems_of(change_set) if change_set.is_open else []
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(change_set),
            "change_set": change_set,
            "records": records,
            "counts": count_actions(changes),
            "problems": problems,
            "clashes": clashes_of(change_set, problems),
            "log": change_set.log.select_related("by"),
            "may": self.rights(request.user, change_set),
            "forms": self.forms_of(change_set),
            "root": change_set.root,
            "media": self.media,
            **self.link_context(request.user, change_set),
        }
        return TemplateResponse(request, "admin/changes/change_set.html", context)

    def rights(self, user, change_set):
        """Return what an account may do with a set now."""
        is_open, publishes = change_set.is_open, review.may_publish(user, change_set)
        is_own = review.is_own_work(user, change_set)
        return {
            "edit": is_open and may_edit(user, change_set),
            "submit": change_set.state == ReviewState.DRAFT and may_edit(user, change_set),
            "ask": change_set.state in (ReviewState.IN_REVIEW, ReviewState.APPROVED) and publishes,
            "approve": change_set.state == ReviewState.IN_REVIEW and review.may_approve(user, change_set),
            "publish": is_open and publishes and not (is_own and review.needs_second_reader()),
            "is_own": is_own,
            "undo": change_set.state == ReviewState.PUBLISHED and may_undo(user, change_set),
            "discard": is_open and (may_edit(user, change_set) or publishes),
            "read": change_set.lacks_second_reader and review.may_approve(user, change_set),
        }

    def forms_of(self, change_set):
        """Return the forms of the acts."""
        return {
            "submit": SubmitForm(reviewers=reviewers_of(change_set)),
            "note": PublicNoteForm(instance=change_set),
            "reason": ReasonForm(),
        }

    @method_decorator(require_POST)
    def act(self, request, pk, act):
        """Do something with a set, or say why not."""
        change_set = get_object_or_404(ChangeSet, pk=pk)
        if not self.has_view_permission(request, change_set):
            raise PermissionDenied
        try:
            done = getattr(self, f"act_{act}")(request, change_set) if act in ACTS else None
        except NotApplicable as error:
            self.message_user(request, gettext("It was not published:"), messages.ERROR)
            for problem in error.problems[:20]:
                self.message_user(request, f"{problem.reference} {problem.message}".strip(), messages.ERROR)
            done = ""
        except ValidationError as error:
            for message in error.messages:
                self.message_user(request, message, messages.ERROR)
            done = ""
        if done is None:
            raise Http404
        if isinstance(done, HttpResponse):
            return done
        if done:
            self.message_user(request, done, messages.SUCCESS)
        return redirect(change_set_address(change_set))

    def act_submit(self, request, change_set):
        """Send a draft to review."""
        form = SubmitForm(request.POST, reviewers=reviewers_of(change_set))
        if not form.is_valid():
            raise ValidationError([message for messages in form.errors.values() for message in messages])
        values = form.cleaned_data
        review.submit(change_set, request.user, values["note"], values["assigned_to"], values["due"])
        return gettext("It was sent to review.")

    def act_ask(self, request, change_set):
        """Ask its writers for changes."""
        review.ask_for_changes(change_set, request.user, request.POST.get("reason", ""))
        return gettext("It is a draft again, and its writers see your reason.")

    def act_approve(self, request, change_set):
        """Approve what somebody else wrote."""
        review.approve(change_set, request.user, request.POST.get("reason", ""))
        return gettext("It is approved.")

    def act_publish(self, request, change_set):
        """Publish a set."""
        form = PublicNoteForm(request.POST, instance=change_set)
        if not form.is_valid():
            raise ValidationError([message for messages in form.errors.values() for message in messages])
        review.note_for_readers(change_set, request.user, **form.cleaned_data)
        review.publish(change_set, request.user, request.POST.get("reason", ""))
        return gettext("It is published.")

    def act_settle(self, request, change_set):
        """Choose, cell by cell, between what others made of it and what the set makes of it."""
        left = settle(change_set, request.user, request.POST)
        return gettext("Your choices are kept.") if not left else gettext("Your choices are kept: choose the rest too.")

    def act_discard(self, request, change_set):
        """Give up a draft."""
        review.discard(change_set, request.user, request.POST.get("reason", ""))
        return gettext("It is discarded. It stays on record here.")

    def act_undo(self, request, change_set):
        """Draft the reverse of what was published, and go on there."""
        draft = undo(change_set, request.user)
        text = gettext("%(undo)s undoes %(number)s. Readers see no change until it is published.")
        self.message_user(request, text % {"undo": draft.number, "number": change_set.number}, messages.SUCCESS)
        return redirect(change_set_address(draft))

    def act_read(self, request, change_set):
        """Be the second reader of what its writer published alone."""
        review.mark_read(change_set, request.user, request.POST.get("reason", ""))
        return gettext("You are its second reader.")

    def act_comment(self, request, change_set):
        """Say something about a set or about one of its cells."""
        review.comment(
            change_set,
            request.user,
            request.POST.get("reason", ""),
            request.POST.get("reference", "")[:20],
            request.POST.get("column", "")[:60],
        )
        return gettext("Your comment is on the page.")


ACTS = {name.removeprefix("act_") for name in vars(ChangeSetAdmin) if name.startswith("act_")}


def reviewers_of(change_set):
    """Return the accounts that may approve a set."""
    staff = User.objects.filter(is_staff=True, is_active=True).exclude(pk__in=change_set.writers)
    return [account for account in staff if review.may_approve(account, change_set)]


def form_address(change_set, difference):
    """Return the address of the form of a changed record, or nothing where there is none."""
    change = next(change for change in change_set.changes.all() if change.reference == difference.reference)
    if change.model is None or change.model not in admin.site._registry:
        return ""
    opts = change.model._meta
    prefix = f"admin:{opts.app_label}_{opts.model_name}"
    if change.action == Action.ADD and change_set.is_open:
        return f"{reverse(f'{prefix}_add')}?{ROW}={change.reference}"
    pk = change.model._base_manager.filter(reference=change.reference).values_list("pk", flat=True).first()
    return reverse(f"{prefix}_change", args=[pk]) if pk else ""
