"""Rows of long work: how far a piece of it has come, as the pages show it while a process works on it."""

from typing import NamedTuple

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

TELLING = 0.15  # the share of the work that tells how long the rest takes


class Pace(NamedTuple):
    """How fast work goes: the percentage that is done, rows a second, and the seconds left, if they are known."""

    percentage: int
    rate: int
    seconds_left: int | None


class WorkRow(models.Model):
    """A piece of long work: since when it is in its state, and how far the work has come."""

    changed_at = models.DateTimeField(db_default=Now())  # when it came into its state
    phase = models.CharField(max_length=40, blank=True)
    rows_done = models.IntegerField(default=0)
    thousandths_done = models.IntegerField(default=0)  # of the work of a phase
    reported_at = models.DateTimeField(null=True)  # when that was written

    class Meta:
        abstract = True

    @property
    def pace(self) -> Pace:
        """Return how fast the work goes.

        What is left is unknown at first, and again once it has taken longer than was expected.
        """
        reported_at = self.reported_at or self.changed_at
        seconds = max((reported_at - self.changed_at).total_seconds(), 1)
        done = self.thousandths_done / 1000
        expected = seconds * (1 - done) / done if done >= TELLING else 0
        left = round(expected - (timezone.now() - reported_at).total_seconds())
        return Pace(round(100 * done), round(self.rows_done / seconds), left if left > 0 else None)
