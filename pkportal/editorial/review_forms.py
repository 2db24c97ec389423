"""Forms of the acts of a review: each keeps what was typed, and shows what is wrong with it in its place."""

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pkportal.changes import review
from pkportal.changes.effects import PUBLISHES
from pkportal.changes.models import ChangeSet, ReviewState
from pkportal.changes.waiting import sets_waited_for

from .record_fields import WrappedTextWidget

DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text_field(label, **options):
    """Return a field for some lines of text; what must be said is asked for by the act itself."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), required=False, **options)


class ActForm(forms.Form):
    """Form of an act: of a change set, by an account. Its fields have names of their own on the page."""

    act = ""

    def __init__(self, *args, change_set, user, **kwargs):
        super().__init__(*args, auto_id=f"{self.act}_%s", **kwargs)
        self.change_set, self.user = change_set, user


class ReaderNoteForm(ActForm):
    """What readers are told of a change."""

    is_major = ChangeSet._meta.get_field("is_major").formfield(
        help_text=_("Readers find a major change on the page of the record and in the feeds.")
    )
    public_note = ChangeSet._meta.get_field("public_note").formfield(
        widget=WrappedTextWidget({"maxlength": 300, "rows": 2})
    )

    def __init__(self, *args, change_set, initial=None, **kwargs):
        told = {"is_major": change_set.is_major, "public_note": change_set.public_note}
        super().__init__(*args, change_set=change_set, initial=told | (initial or {}), **kwargs)

    def clean(self):
        """Ask for the sentence of a major change."""
        if self.cleaned_data.get("is_major") and not self.cleaned_data.get("public_note", "").strip():
            self.add_error("public_note", _("A major change says in a sentence what changed."))
        return self.cleaned_data

    def save_note(self):
        """Keep what readers are told, if the page asked for it."""
        if "public_note" in self.data:
            told = self.cleaned_data["is_major"], self.cleaned_data["public_note"]
            review.note_for_readers(self.change_set, self.user, *told)


class NeededForm(ReaderNoteForm):
    """What readers are told, and whether what the set waits for is published with it."""

    with_needed = forms.BooleanField(required=False)

    def __init__(self, *args, change_set, user, **kwargs):
        super().__init__(*args, change_set=change_set, user=user, **kwargs)
        self.needed = sets_waited_for(change_set) if change_set.is_open else []
        if not self.needed or not all(review.may_publish_alone(user, needed) for needed in self.needed):
            del self.fields["with_needed"]
            return
        names = ", ".join(map(str, self.needed))
        self.fields["with_needed"].label = _("Publish first what it waits for: %(names)s") % {"names": names}


class AssignForm(ActForm):
    """Who is to read a change set, and until when."""

    act = "assign"
    assigned_to = forms.ModelChoiceField(User.objects.none(), label=_("Reviewer"), required=False)
    due = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, change_set, **kwargs):
        chosen = {"assigned_to": change_set.assigned_to_id, "due": change_set.due}
        super().__init__(*args, change_set=change_set, initial=chosen, **kwargs)
        pks = [account.pk for account in reviewers_of(change_set)]
        self.fields["assigned_to"].queryset = User.objects.filter(pk__in=pks).order_by("username")

    def clean_due(self):
        """Refuse a day that is over."""
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate() and due != self.change_set.due:
            raise ValidationError(_("This day is over."))
        return due


class SubmitForm(AssignForm, ReaderNoteForm):
    """What a reviewer is told, who it is, and until when."""

    act = "submit"
    note = text_field(_("Note to the reviewer"))
    field_order = ["note", "assigned_to", "due", "is_major", "public_note"]


class ScheduleForm(ActForm):
    """When an approved change set is published by itself."""

    act = "schedule"
    publish_at = forms.DateTimeField(
        label=_("Publish by itself at (UTC)"),
        help_text=_("Empty: somebody publishes it."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, change_set, **kwargs):
        super().__init__(*args, change_set=change_set, initial={"publish_at": change_set.publish_at}, **kwargs)

    def clean_publish_at(self):
        """Refuse a time that has passed."""
        publish_at = self.cleaned_data["publish_at"]
        if publish_at and publish_at <= timezone.now():
            raise ValidationError(_("This time has passed. Leave it empty, and publish it yourself."))
        return publish_at


class ApproveForm(NeededForm):
    """A note, what readers are told, and when it is published."""

    act = "approve"
    reason = text_field(_("Note"))
    publish_at = ScheduleForm.base_fields["publish_at"]
    clean_publish_at = ScheduleForm.clean_publish_at
    field_order = ["reason", "is_major", "public_note", "with_needed", "publish_at"]


class PublishForm(NeededForm):
    """What readers are told, and of own work why nobody else has read it."""

    act = "publish"
    reason = text_field(_("Why you publish your own work without a second reader"))
    field_order = ["reason", "is_major", "public_note", "with_needed"]

    def __init__(self, *args, change_set, user, **kwargs):
        super().__init__(*args, change_set=change_set, user=user, **kwargs)
        if not any(review.is_own_work(user, it) for it in [change_set, *self.needed]):
            del self.fields["reason"]


class AskForm(ActForm):
    """What must be changed."""

    act = "ask"
    reason = text_field(_("What must be changed"))


class ReadForm(ActForm):
    """What a second reader has to say."""

    act = "read"
    reason = text_field(_("Note"))


class DiscardForm(ActForm):
    """Why a draft is given up."""

    act = "discard"
    reason = text_field(_("Why it is not needed"))


class UndoForm(ActForm):
    """Of what published a record, why that is withdrawn; of anything else, nothing but a button."""

    act = "undo"
    reason = text_field(
        _("Why it is withdrawn, for readers"),
        help_text=_("This published a record. To undo it is to withdraw the record: readers see why."),
    )

    def __init__(self, *args, change_set, **kwargs):
        super().__init__(*args, change_set=change_set, **kwargs)
        is_published = change_set.state == ReviewState.PUBLISHED
        if not is_published or not change_set.changes.filter(PUBLISHES).exists():
            del self.fields["reason"]


class RemarkForm(ActForm):
    """A comment on a change set; those on one of its cells are fields of the page."""

    act = "comment"
    reason = text_field(_("Comment"))


WRITERS_FORMS = [SubmitForm, AssignForm, UndoForm, DiscardForm, RemarkForm]
REVIEWERS_FORMS = [ApproveForm, ScheduleForm, PublishForm, AskForm, ReadForm]
ACT_FORMS: dict[str, type[ActForm]] = {form.act: form for form in [*WRITERS_FORMS, *REVIEWERS_FORMS]}


def reviewers_of(change_set: ChangeSet) -> list[User]:
    """Return the accounts that may approve a set."""
    staff = User.objects.filter(is_staff=True, is_active=True).exclude(pk__in=change_set.writers)
    return [account for account in staff if review.may_approve(account, change_set)]
