"""Imported files: what somebody sent, how it was read, what it would do row by row, and what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pkportal.content.registry import models_with_label

from .work_rows import WorkRow


class ImportState(models.TextChoices):
    """How far an imported file has come."""

    SENDING = "sending", _("is being sent")
    ASKING = "asking", _("waits for an answer")
    STAGING = "staging", _("is being read")
    STAGED = "staged", _("waits for confirmation")
    APPLYING = "applying", _("is being stored")
    APPLIED = "applied", _("stored")
    UNDOING = "undoing", _("is being undone")
    PROPOSED = "proposed", _("waits for review")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("thrown away")
    UNDONE = "undone", _("undone")
    BROKEN_OFF = "broken_off", _("broken off")


WORKING = [ImportState.STAGING, ImportState.APPLYING, ImportState.UNDOING]
MOST_IN_MEMORY = 1024 * 1024  # bytes of a file that is read; a larger one is on disk meanwhile
FINISHED = [ImportState.APPLIED, ImportState.PROPOSED, ImportState.CANCELLED, ImportState.UNDONE]


class RowOutcome(models.TextChoices):
    """What becomes of one row of a file."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")


class ImportedFile(WorkRow):
    """A file that somebody sent to be imported: its name, size and digest, how it is read, and what came of it.

    It is kept for good, and its change set with it; its bytes and its rows only until it is stored or thrown away.
    """

    change_set = models.OneToOneField("changes.ChangeSet", models.CASCADE, related_name="imported_file", null=True)
    kind = models.CharField(_("kind"), max_length=60)  # the label of the model
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("who")
    )
    name = models.CharField(_("file"), max_length=300)
    size = models.BigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField(_("sent"), db_default=Now())
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.STAGING)
    options = models.JSONField(default=dict)  # {"encoding": "cp1250", "sheet": "2024"}, as a person answered
    mapping = models.JSONField(default=dict)  # {"Nation": "country", "Remarks": ""}, by header
    constants = models.JSONField(default=dict)  # {"mission": "x"}: columns that the file lacks
    unfolding = models.JSONField(default=list)  # ["year", "quantity"]: a wide table becomes a list
    mapping_name = models.CharField(max_length=80, blank=True)  # of the saved mapping by which it was read
    refused_conversions = models.JSONField(default=list)  # [["quantity", "~1200"]]
    confirmed_names = models.JSONField(default=list)  # [["country", "Germny"]]: right as they were read
    column_answers = models.JSONField(default=dict)  # {"order": {"as_of": "day first"}}: by what they are about
    question = models.JSONField(default=dict)  # what a person must decide before the file can be read
    notes = models.JSONField(default=list)  # what was left out: [{"row": 3, "text": "…"}]
    conversions = models.JSONField(default=list)  # [{"column": "quantity", "text": "1,200", "said": "…", "rows": 3}]
    cell_questions = models.JSONField(default=list)  # [{"column": "country", "text": "Germny", "question": "…"}]
    columns = models.JSONField(default=list)  # of the file, in the order of the kind's file
    changing = models.JSONField(default=list)  # those of them in which anything changes
    rows_new = models.IntegerField(_("new"), default=0)
    rows_changed = models.IntegerField(_("changed"), default=0)
    rows_unchanged = models.IntegerField(_("unchanged"), default=0)
    rows_refused = models.IntegerField(_("refused"), default=0)
    faults = models.IntegerField(default=0)  # of all refused rows
    rows_asked = models.IntegerField(default=0)
    not_marked = models.IntegerField(default=0)  # rows that the file calls checked and the record does not
    near_misses = models.JSONField(default=list)  # [{"kind": "as_of", "rows": 555, "words": "…"}]
    same_records = models.JSONField(default=list)  # ["as_of"]: kinds of them that are the records they look like
    wholes = models.JSONField(default=list)  # ["kind=news"]: what the file may be the whole of
    whole = models.CharField(max_length=300, blank=True)  # what it is said to be the whole of
    rows_removed = models.IntegerField(_("removed"), default=0)  # records that it does not have, of that whole
    stage_name = models.CharField(max_length=60, blank=True)  # of the tables with its rows
    only_good = models.BooleanField(default=False)  # whether it is stored without the rows that are refused
    context_id = models.UUIDField(null=True)  # of the history of what it stored
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    message = models.TextField(blank=True)  # why it was refused or broken off

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["kind", "-sent_at"], name="imported_file_of_kind"),
            models.Index(fields=["sha256"], name="imported_file_digest"),
        ]

    def __str__(self):
        return self.name

    @property
    def model(self) -> Any:
        """Return the model of the rows, or None if there is no such model any more."""
        return models_with_label().get(self.kind)

    @property
    def is_finished(self):
        """True once it was stored, proposed or thrown away."""
        return self.state in FINISHED

    @property
    def changes_anything(self):
        """True if there is anything to import."""
        return bool(self.rows_new or self.rows_changed or self.rows_removed)

    @property
    def state_in_words(self):
        """Return how far the file has come, or once it is proposed, how far its change set has."""
        if self.state == ImportState.STAGED and not self.changes_anything:
            return _("nothing in it is new")
        if self.state == ImportState.PROPOSED and self.change_set:
            return self.change_set.get_state_display()
        return self.get_state_display()

    @property
    def counts(self):
        """Return how many rows have which outcome."""
        return {
            RowOutcome.NEW: self.rows_new,
            RowOutcome.CHANGED: self.rows_changed,
            RowOutcome.UNCHANGED: self.rows_unchanged,
            RowOutcome.REFUSED: self.rows_refused,
        }

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open the bytes of the file; it is empty once they are no longer kept."""
        with SpooledTemporaryFile(MOST_IN_MEMORY) as file:
            for data in self.chunks.values_list("data", flat=True).iterator(chunk_size=1):
                file.write(data)
            file.seek(0)
            yield cast(BinaryIO, file)

    def first_of_same(self):
        """Return the first import of the same bytes into the same kind before this one, if any was not thrown away."""
        if not self.sha256:  # it has not arrived yet
            return None
        same = ImportedFile.objects.filter(sha256=self.sha256, kind=self.kind, pk__lt=self.pk)
        return same.exclude(state__in=[ImportState.CANCELLED, ImportState.REFUSED]).order_by("pk").first()


class FileChunk(models.Model):
    """A piece of the bytes of an imported file, until it is stored or thrown away."""

    imported_file = models.ForeignKey(ImportedFile, models.CASCADE, related_name="chunks")
    number = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["imported_file", "number"], name="file_chunk_one_of_a_number")]

    def __str__(self):
        return f"{self.imported_file_id}.{self.number}"


class SavedMapping(models.Model):
    """How the columns of one office's files are read: kept under a name for its next file of that kind."""

    kind = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=80)
    columns = models.JSONField()  # {"Nation": "country", "Remarks": ""}
    constants = models.JSONField(default=dict)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["kind", "name"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="saved_mapping_one_of_a_name")]

    def __str__(self):
        return self.name
