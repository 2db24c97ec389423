"""Releases: the whole public record at one moment as one file, kept in the database, where every machine finds it."""

from collections.abc import Iterator

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

CHUNK_BYTES = 2**20  # bytes


class Release(models.Model):
    """One release; its version is the year, the month, and the number in that month: 2026.11.1."""

    version = models.CharField(_("version"), max_length=12, unique=True)
    day = models.DateField(_("date"))
    made_at = models.DateTimeField()  # what is dated later was not public in it
    unseen_history = models.JSONField(default=dict)  # ids of events: {"missions_eventhistory": "{[17,20),[300,)}"}
    notes = models.TextField(blank=True)
    counts = models.JSONField(default=dict)  # {"missions": [rows, added, changed, removed]}, of all kinds
    told = models.JSONField(default=list)  # the major changes: [{"change_set": 42, "day": …, "title": …, "note": …}]
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self):
        return self.version

    @property
    def path(self):
        """Return the permanent path of the file."""
        return reverse("release", args=[self.version])

    @property
    def file_name(self):
        """Return the name under which the file is saved."""
        return f"peacekeeping-record-{self.version}.zip"

    def blocks(self) -> Iterator[bytes]:
        """Yield the file, one chunk in memory at a time."""
        for pk in [*self.chunks.order_by("position").values_list("pk", flat=True)]:
            yield bytes(self.chunks.values_list("data", flat=True).get(pk=pk))


class ReleaseChunk(models.Model):
    """A part of the file of a release."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "position"], name="release_chunk_key")]

    def __str__(self):
        return f"{self.release_id}, {self.position}"


class ReleasedRow(models.Model):
    """A row of a public file as it stood in one release, or in several that follow each other."""

    table = models.CharField(max_length=60)  # the name of the file: missions
    reference = models.CharField(max_length=20)
    cells = models.JSONField()  # the texts of the cells that are not blank, by column
    since = models.ForeignKey(Release, models.CASCADE, related_name="+")  # the first that has it
    until = models.ForeignKey(Release, models.CASCADE, related_name="+", null=True)  # the first that has it no more

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["table", "reference", "since"], name="released_row_key"),
            models.UniqueConstraint(
                fields=["table", "reference"], condition=Q(until=None), name="released_row_of_the_last_release"
            ),
        ]

    def __str__(self):
        return f"{self.table}, {self.reference}"
