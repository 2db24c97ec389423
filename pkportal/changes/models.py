"""Change sets: what somebody wants to change in the record, cell by cell, before the public sees it.

A draft made in a form, the difference that a file makes, a restored past state and the undoing of a change are all
change sets: one page shows them, one queue reviews them, one function applies them.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pkportal.content.queries import IsAmong
from pkportal.content.registry import models_with_label

from .imported_files import ImportedFile  # noqa: F401 - a model of this app
from .preview_links import PreviewLink
from .publishing_runs import PublishingRun  # noqa: F401 - a model of this app
from .verdicts import Check  # noqa: F401 - a model of this app


class ReviewState(models.TextChoices):
    """How far a change set has come."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    DISCARDED = "discarded", _("discarded")


OPEN = [ReviewState.DRAFT, ReviewState.IN_REVIEW, ReviewState.APPROVED]


class Origin(models.TextChoices):
    """What made a change set."""

    FORM = "form", _("form")
    IMPORT = "import", _("file")
    RESTORE = "restore", _("restored state")
    UNDO = "undo", _("undone change")


class Action(models.TextChoices):
    """What a change does to its record."""

    ADD = "add", _("add")
    CHANGE = "change", _("change")
    REMOVE = "remove", _("remove")


class Act(models.TextChoices):
    """What somebody did with a change set; the log of each shows them all."""

    SAVED = "saved", _("saved")
    RECODED = "recoded", _("changed the code")
    LEFT_OUT = "left_out", _("left out")
    SUBMITTED = "submitted", _("sent to review")
    ASSIGNED = "assigned", _("assigned")
    RETURNED = "returned", _("asked for changes")
    REOPENED = "reopened", _("made a draft again")
    APPROVED = "approved", _("approved")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    FAILED = "failed", _("not published")
    DISCARDED = "discarded", _("discarded")
    READ = "read", _("read by a second person")
    COMMENTED = "commented", _("commented")
    SHARED = "shared", _("made a link for an expert")
    UNSHARED = "unshared", _("revoked the link of an expert")


class ChangeSetQuerySet(models.QuerySet):
    """Query set of change sets."""

    def open(self):
        """Keep those that are neither published nor discarded."""
        return self.filter(state__in=OPEN)

    def of_root(self, root):
        """Keep those of a root record, by its permanent reference."""
        return self.filter(root_kind=root._meta.label_lower, root_reference=root.reference)

    def noted(self):
        """Keep the major changes that are published: readers are told of them."""
        return self.filter(state=ReviewState.PUBLISHED, is_major=True)

    def unread(self):
        """Keep what its own writer published, until a second person has read it."""
        alone = Q(IsAmong(F("published_by_id"), F("writers"))) & Q(approved_by=None)
        return self.filter(alone, state=ReviewState.PUBLISHED, read_by=None)


class ChangeSet(models.Model):
    """What somebody wants to change in one root record and its parts, or in all the rows of one file.

    A root record is one that has a page of its own: a mission with its figures, events and mandates.
    """

    root_kind = models.CharField(_("kind"), max_length=60, blank=True)
    root_reference = models.CharField(_("reference"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300)
    origin = models.CharField(_("made by"), max_length=7, choices=Origin, default=Origin.FORM)
    state = models.CharField(_("state"), max_length=9, choices=ReviewState, default=ReviewState.DRAFT)
    writers = ArrayField(models.BigIntegerField(), verbose_name=_("writers"), default=list)  # accounts, by primary key
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("begun by")
    )
    opened_at = models.DateTimeField(_("begun"), db_default=Now())
    saved_at = models.DateTimeField(_("last saved"), db_default=Now())
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="assigned_change_sets",
        null=True,
        blank=True,
        verbose_name=_("assigned to"),
    )
    due = models.DateField(_("due"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sent to review"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("approved by")
    )
    publish_at = models.DateTimeField(
        _("to be published"), null=True, blank=True, help_text=_("Published by itself at this time, once approved.")
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published"), null=True)
    own_work_reason = models.TextField(_("why no second person approved it"), blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("second reader")
    )
    undoes = models.ForeignKey("self", models.SET_NULL, related_name="undone_by", null=True)  # an import, taken back
    is_major = models.BooleanField(_("major change"), default=False)
    public_note = models.CharField(
        _("what changed, for readers"),
        max_length=300,
        blank=True,
        help_text=_("One sentence, which readers see under “Changes”. A major change needs it."),
    )

    objects = ChangeSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")
        ordering = ["-saved_at", "-pk"]
        default_permissions = ["view", "publish"]
        permissions = [
            ("edit_others", "Can edit drafts that others began"),
            ("import_files", "Can import files"),
            ("check_records", "Can mark records as checked against their sources"),
        ]
        indexes = [
            models.Index(fields=["state", "-saved_at"], name="change_set_queue"),
            models.Index(
                fields=["root_kind", "root_reference"],
                condition=Q(state=ReviewState.PUBLISHED, is_major=True),
                name="change_set_noted",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["root_kind", "root_reference"],
                condition=Q(state__in=OPEN) & ~Q(root_reference=""),
                name="change_set_one_open_of_a_record",
                violation_error_message=_("This record has an open draft already."),
            ),
            models.CheckConstraint(
                name="change_set_approved_by_another",
                condition=Q(approved_by=None) | ~Q(IsAmong(F("approved_by_id"), F("writers"))),
                violation_error_message=_("Nobody approves what they wrote."),
            ),
            models.CheckConstraint(
                name="change_set_read_by_another",
                condition=Q(read_by=None) | ~Q(IsAmong(F("read_by_id"), F("writers"))),
                violation_error_message=_("The second reader is somebody else than the writer."),
            ),
            models.CheckConstraint(
                name="change_set_own_work_has_a_reason",
                condition=(
                    Q(published_by=None)
                    | ~Q(approved_by=None)
                    | ~Q(IsAmong(F("published_by_id"), F("writers")))
                    | ~Q(own_work_reason="")
                ),
                violation_error_message=_("Say why you publish your own work without a second reader."),
            ),
            models.CheckConstraint(
                name="change_set_major_has_a_note",
                condition=Q(is_major=False) | ~Q(public_note="") | ~Q(state=ReviewState.PUBLISHED),
                violation_error_message=_("A major change says in a sentence what changed."),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def number(self):
        """Return the name of a change set in messages and in history: CS-0042."""
        return f"CS-{self.pk:04}" if self.pk else "CS"

    @property
    def is_open(self):
        """True until it is published or discarded."""
        return self.state in OPEN

    @property
    def lacks_second_reader(self):
        """True if its own writer published it and nobody else has read it since."""
        is_alone = self.published_by_id in self.writers and self.approved_by_id is None
        return self.state == ReviewState.PUBLISHED and is_alone and self.read_by_id is None

    @property
    def root(self):
        """Return the root record as it is now, or None: a file has none, and a new record none yet."""
        model = models_with_label().get(self.root_kind)
        return model and model._base_manager.filter(reference=self.root_reference).first()


class Change(models.Model):
    """One change of a set: of one record, with the old and the new cell of each column of its file that changes."""

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=60)  # the label of the model
    reference = models.CharField(max_length=20)
    action = models.CharField(max_length=6, choices=Action)
    title = models.CharField(max_length=300)  # the record in words, when it was last saved
    cells = models.JSONField(default=dict)  # {"summary": ["was", "new"]}
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["change_set", "reference"], name="change_one_of_a_record")]

    def __str__(self):
        return f"{self.get_action_display()} {self.reference}"

    @property
    def model(self):
        """Return the model of the record, or None if there is no such model any more."""
        return models_with_label().get(self.kind)

    @property
    def code_column(self):
        """Return the column of the code by which others name the record; blank for a kind that has none."""
        keys: list[str] = self.model.key_fields if self.model else []
        return keys[0] if len(keys) == 1 else ""

    @property
    def code(self):
        """Return the code that the record is to have, blank if it has none or none has been entered yet."""
        return self.cells.get(self.code_column, ["", ""])[1]


class LogItem(models.Model):
    """What somebody did with a change set or said about it, as a whole or about one cell."""

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="log")
    act = models.CharField(max_length=9, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    by_name = models.CharField(max_length=150, blank=True)  # of an account, or of an expert without one
    at = models.DateTimeField(db_default=Now())
    text = models.TextField(blank=True)
    reference = models.CharField(max_length=20, blank=True)  # of the record that a comment is about
    column = models.CharField(max_length=60, blank=True)
    link = models.ForeignKey(PreviewLink, models.SET_NULL, related_name="comments", null=True)  # by which it came

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.get_act_display()}: {self.by_name}"
