"""Checks of records: who compared which words with which passage of a source, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import Checkable, digest_of
from pkportal.content.registry import models_with_label


class Verdict(models.TextChoices):
    """What somebody found who compared a record with its source."""

    RIGHT = "right", _("right")
    WRONG = "wrong", _("wrong")
    UNMARKED = "unmarked", _("mark removed")


class CheckQuerySet(models.QuerySet):
    """Query set of checks."""

    def latest_of_each(self):
        """Keep the last check of each state of each record."""
        return self.order_by("reference", "digest", "-pk").distinct("reference", "digest")


class Check(models.Model):
    """One comparison of a record, as it was when somebody saw it, with a passage of a source."""

    kind = models.CharField(_("kind"), max_length=60)  # the label of the model
    reference = models.CharField(_("reference"), max_length=20)
    title = models.CharField(_("record"), max_length=300)  # in words, when it was checked
    digest = models.CharField(max_length=32)  # of the checked columns, as they were seen
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    source_code = models.CharField(_("source"), max_length=60, blank=True)
    place = models.CharField(_("page or passage"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("checked by")
    )
    by_name = models.CharField(_("checked by"), max_length=150)
    at = models.DateTimeField(_("checked"), db_default=Now())

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["-pk"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["reference", "digest"], name="check_of_a_state")]
        constraints = [
            models.CheckConstraint(
                name="check_right_names_the_passage",
                condition=~Q(verdict=Verdict.RIGHT) | ~Q(source_code="") & ~Q(place=""),
                violation_error_message=_("Say in which source you read it, and on which page or in which passage."),
            ),
            models.CheckConstraint(
                name="check_wrong_has_a_reason",
                condition=~Q(verdict=Verdict.WRONG) | ~Q(note=""),
                violation_error_message=_("Say what is wrong."),
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.get_verdict_display()}"

    @property
    def model(self):
        """Return the model of the record, or None if there is no such model any more."""
        return models_with_label().get(self.kind)


def found_wrong(model: type[Checkable]) -> Q:
    """Return the condition that a record, as it is now, was found to be wrong; any edit ends it."""
    checks = Check.objects.filter(verdict=Verdict.WRONG, kind=model._meta.label_lower)
    digest = digest_of(*model.checked_fields, name=OuterRef)
    is_of_this_state = Exists(checks.filter(reference=OuterRef("reference"), digest=digest))
    # the digest of a hundred thousand figures takes long: ask first for those that were ever found wrong
    return Q(reference__in=checks.values("reference")) & Q(is_of_this_state)


def last_check(record: Checkable) -> Check | None:
    """Return the last check of a record; ``is_of_this_state`` is true of it if the record was not edited since."""
    digest = digest_of(*record.checked_fields)
    states = type(record)._base_manager.annotate(now=digest).filter(pk=record.pk, now=OuterRef("digest"))
    return Check.objects.filter(reference=record.reference).annotate(is_of_this_state=Exists(states)).first()


def renew_marks(model: type[Checkable], references: list[str]) -> None:
    """Mark the records whose present state somebody has found right, before it was published or long ago."""
    right = {
        (check.reference, check.digest)
        for check in Check.objects.filter(reference__in=references).latest_of_each()
        if check.verdict == Verdict.RIGHT
    }
    if right:
        records = model._base_manager.filter(reference__in={reference for reference, _digest in right})
        states = records.annotate(now=digest_of(*model.checked_fields)).values_list("pk", "reference", "now")
        pks = [pk for pk, reference, now in states if (reference, now) in right]
        model._base_manager.filter(pk__in=pks).update(checked_digest=digest_of(*model.checked_fields))
