"""Publishing runs: a process of its own publishes a large change set, and the page of the set shows how far it is."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .work_rows import WorkRow

MOST_REASONS = 20  # that are kept
TOLD_FOR = timedelta(hours=1)


class RunState(models.TextChoices):
    """How far the publishing of a large change set has come."""

    WORKING = "working", gettext_lazy("is being published")
    PUBLISHED = "published", gettext_lazy("published")
    REFUSED = "refused", gettext_lazy("refused")
    BROKEN_OFF = "broken_off", gettext_lazy("broken off")


class PublishingRun(WorkRow):
    """The last attempt to publish a large change set: who made it, how far it is, or why nothing was published."""

    change_set = models.OneToOneField("changes.ChangeSet", models.CASCADE, related_name="publishing_run")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True)  # None: was due
    reason = models.TextField(blank=True)  # why an account publishes its own work, or its note
    is_approved_too = models.BooleanField(default=False)  # by the same account, as one act
    with_needed = models.BooleanField(default=False)  # whether what the set waits for is published before it
    only_rest = models.BooleanField(default=False)  # whether records stay as they are that changed since
    attempts = models.PositiveSmallIntegerField(default=1)  # one after the other, of which each was broken off
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WORKING)
    reasons = models.JSONField(default=list)  # why it was not published

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.change_set_id}: {self.get_state_display()}"

    @property
    def is_working(self):
        """True while a process publishes the set, or should."""
        return self.state == RunState.WORKING

    @property
    def is_just_published(self):
        """True for a while after the set was published, so that who waited for that sees it."""
        return self.state == RunState.PUBLISHED and timezone.now() - self.changed_at < TOLD_FOR

    @property
    def message(self) -> str:
        """Return who began to publish the set, and when."""
        words = {"time": format_date(timezone.localtime(self.changed_at), "H:i"), "who": self.account}
        if self.account is None:
            return _("Its time had come, and the portal began to publish it at %(time)s.") % words
        return _("%(who)s began to publish it at %(time)s.") % words

    def come_to(self, state: Any, reasons: Iterable[str] = ()) -> None:
        """Save the run in its next state."""
        self.state, self.reasons, self.changed_at, self.phase = state, [*reasons][:MOST_REASONS], Now(), ""
        self.save(update_fields=["state", "reasons", "changed_at", "phase"])


def working_run(change_sets: Any) -> PublishingRun | None:
    """Return the first run that publishes any of some change sets now."""
    runs = PublishingRun.objects.filter(change_set__in=change_sets, state=RunState.WORKING)
    return runs.select_related("account").first()


def refuse_during_run(change_set: Any) -> None:
    """Raise ``ValidationError`` if a process publishes a change set now: nothing else can be done with it meanwhile."""
    if run := working_run([change_set]):
        raise ValidationError(_("%(message)s Wait until that is done, or stop it.") % {"message": run.message})
