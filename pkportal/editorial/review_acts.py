"""What may be done with a change set in the admin: each act is a form on its page, and its address takes the form."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from pkportal.changes import review
from pkportal.changes.clashes import settle
from pkportal.changes.drafts import may_edit
from pkportal.changes.models import ChangeSet, ReviewState
from pkportal.changes.problems import NotApplicable
from pkportal.changes.publishing_runs import working_run
from pkportal.changes.publishing_work import Publishing, publish_or_start, stop_run
from pkportal.changes.restoring import may_undo, undo

from .addresses import change_set_address
from .review_forms import ACT_FORMS, RemarkForm

MAX_NAMED_PROBLEMS = 20  # that are named in messages
ONLY_REST = "only_rest"  # of the undo of a large file


class ReviewActs(admin.ModelAdmin):
    """Admin of change sets that can be sent to review, approved, published, commented and discarded."""

    def get_urls(self):
        """Add the address of each act."""
        act = self.admin_site.admin_view(self.act)
        return [path("<int:pk>/act/<slug:act>/", act, name="changes_changeset_act"), *super().get_urls()]

    def rights(self, user, change_set):
        """Return what an account may do with a set now: while a process publishes it, nothing but stop that."""
        if working_run([change_set]):
            return {"stop": review.may_publish(user, change_set)}
        is_open, publishes = change_set.is_open, review.may_publish(user, change_set)
        edits = is_open and may_edit(user, change_set)
        approves = change_set.state == ReviewState.IN_REVIEW and review.may_approve(user, change_set)
        return {
            "edit": edits,
            "submit": change_set.state == ReviewState.DRAFT and edits,
            "assign": change_set.state == ReviewState.IN_REVIEW and (edits or publishes),
            "ask": change_set.state in (ReviewState.IN_REVIEW, ReviewState.APPROVED) and publishes,
            "approve": approves,
            "schedule": change_set.state == ReviewState.APPROVED and publishes,
            "publish": is_open and not approves and review.may_publish_alone(user, change_set),
            "undo": change_set.state == ReviewState.PUBLISHED and may_undo(user, change_set),
            "discard": is_open and (edits or publishes),
            "read": change_set.lacks_second_reader and review.may_approve(user, change_set),
            "comment": True,
        }

    def forms_of(self, change_set, user):
        """Return the form of each act; while a process publishes the set there is none."""
        if working_run([change_set]):
            return {}
        return {act: form(change_set=change_set, user=user) for act, form in ACT_FORMS.items()}

    @method_decorator(require_POST)
    def act(self, request, pk, act):
        """Do something with a set; if it cannot be done, show the page with what was typed, and say why not."""
        change_set = get_object_or_404(ChangeSet, pk=pk)
        if not self.has_view_permission(request, change_set):
            raise PermissionDenied
        if act not in ACTS:
            raise Http404
        form = ACT_FORMS.get(act, RemarkForm)(request.POST, change_set=change_set, user=request.user)
        done = form.is_valid() and self.try_act(request, change_set, act, form)
        if not done:
            return self.change_view(request, str(pk), extra_context={act: form})
        if isinstance(done, HttpResponse):
            return done
        self.message_user(request, done, messages.SUCCESS)
        return redirect(change_set_address(change_set))

    def try_act(self, request, change_set, act, form):
        """Return what was done, or say what stood in the way and return nothing; nothing is stored then."""
        try:
            with transaction.atomic():
                return getattr(self, f"act_{act}")(request, change_set, form)
        except NotApplicable as error:
            self.message_user(request, gettext("It was not published:"), messages.ERROR)
            for problem in error.problems[:MAX_NAMED_PROBLEMS]:
                self.message_user(request, problem.line, messages.ERROR)
        except ValidationError as error:
            for message in error.messages:
                self.message_user(request, message, messages.ERROR)
        return ""

    def act_submit(self, request, change_set, form):
        """Send a draft to review."""
        values = form.cleaned_data
        form.save_note()
        review.submit(change_set, request.user, values["note"], values["assigned_to"], values["due"])
        return gettext("It was sent to review.")

    def act_assign(self, request, change_set, form):
        """Say who is to read it, and until when."""
        review.assign(change_set, request.user, **form.cleaned_data)
        return gettext("It is assigned.") if form.cleaned_data["assigned_to"] else gettext("It is assigned to nobody.")

    def act_ask(self, request, change_set, form):
        """Ask its writers for changes."""
        review.ask_for_changes(change_set, request.user, form.cleaned_data["reason"])
        return gettext("It is a draft again, and its writers see your reason.")

    def act_approve(self, request, change_set, form):
        """Approve what somebody else wrote; with the other button, publish it too."""
        form.save_note()
        if "and_publish" in request.POST:
            return self.publish_or_start(request, change_set, form, is_approved_too=True)
        publish_at = form.cleaned_data["publish_at"]
        review.approve(change_set, request.user, form.cleaned_data["reason"], publish_at)
        return gettext("It is approved.") if publish_at is None else scheduled_message(publish_at)

    def act_schedule(self, request, change_set, form):
        """Say when what is approved is published."""
        publish_at = form.cleaned_data["publish_at"]
        review.schedule(change_set, request.user, publish_at)
        return scheduled_message(publish_at) if publish_at else gettext("It waits until somebody publishes it.")

    def act_publish(self, request, change_set, form):
        """Publish a set."""
        form.save_note()
        return self.publish_or_start(request, change_set, form)

    def publish_or_start(self, request, change_set, form, is_approved_too=False):
        """Publish a set, or start the process that publishes a large one."""
        values = form.cleaned_data
        with_needed, only_rest = values.get("with_needed", False), ONLY_REST in request.POST
        how = Publishing(values.get("reason", ""), is_approved_too, with_needed, only_rest)
        if publish_or_start(change_set, request.user, how):
            return outcome(change_set)
        return gettext("Its publication has begun.")

    def act_stop(self, request, change_set, form):
        """Stop the process that publishes a large set."""
        if not stop_run(change_set, request.user):
            raise ValidationError(gettext("It is done already."))
        return gettext("It was stopped, and nothing was published.")

    def act_settle(self, request, change_set, form):
        """Choose, cell by cell, between what others made of it and what the set makes of it."""
        left = settle(change_set, request.user, request.POST)
        return gettext("Your choices are kept.") if not left else gettext("Your choices are kept: choose the rest too.")

    def act_discard(self, request, change_set, form):
        """Give up a draft."""
        review.discard(change_set, request.user, form.cleaned_data["reason"])
        return gettext("It is discarded. It stays on record here.")

    def act_undo(self, request, change_set, form):
        """Draft the reverse of what was published, and go on there."""
        draft = undo(change_set, request.user, form.cleaned_data.get("reason", ""))
        text = gettext("%(undo)s undoes %(number)s. Readers see no change until it is published.")
        self.message_user(request, text % {"undo": draft.number, "number": change_set.number}, messages.SUCCESS)
        return redirect(change_set_address(draft))

    def act_read(self, request, change_set, form):
        """Be the second reader of what its writer published alone."""
        review.mark_read(change_set, request.user, form.cleaned_data["reason"])
        return gettext("You are its second reader.")

    def act_comment(self, request, change_set, form):
        """Say something about a set, or about the cell whose button was pressed."""
        cell = request.POST.get("cell", "")
        reference, _dot, column = cell.partition(".")
        text = request.POST.get(f"text.{cell}", "") if cell else form.cleaned_data["reason"]
        review.comment(change_set, request.user, text, reference, column)
        return gettext("Your comment is on the page.")


ACTS = {name.removeprefix("act_") for name in vars(ReviewActs) if name.startswith("act_")}


def scheduled_message(publish_at):
    """Return what becomes of what is approved for a time."""
    return gettext("It is approved, and published by itself on %(when)s.") % {"when": moment(publish_at)}


def outcome(change_set):
    """Return what became of a published set: readers see it, or the record is dated to come."""
    published_at = getattr(change_set.root, "published_at", None)
    if published_at and published_at > timezone.now() and change_set.root.status == "published":
        return gettext("It is published. The record is dated: readers see it from %(when)s.") % {
            "when": moment(published_at)
        }
    return gettext("It is published.")


def moment(time):
    """Return a time in words, in the time zone of the portal."""
    return format_date(timezone.localtime(time), "j F Y, H:i")
