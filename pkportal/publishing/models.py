"""Records that editors prepare in private and then make public."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a record stands on our desk; what happened in NATO is another matter."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


def public(path=""):
    """Ask whether the record at the end of a path is published and its time has come."""
    prefix = f"{path}__" if path else ""
    return Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}published_at__lte": timezone.now()})


class OpenQuerySet(models.QuerySet):
    """Records that are public as soon as they exist: countries, sources, code lists."""

    def published(self):
        """Keep all: there is nothing to hide."""
        return self.all()


class PublishableQuerySet(models.QuerySet):
    """Records that are public when an editor has said so."""

    def published(self):
        """Keep what the public may read now."""
        return self.filter(public())


class PartQuerySet(models.QuerySet):
    """Records that are public with the record they are part of."""

    def published(self):
        """Keep what belongs to something the public may read now, or to nothing that could be hidden."""
        path = self.model.part_of
        shown = public(path)
        if any(field.null for field in fields_along(self.model, path)):
            shown |= Q(**{f"{path}__isnull": True})
        return self.filter(shown)


def fields_along(model, path):
    """Follow a path of relations and give each field on it."""
    for name in path.split("__"):
        field = model._meta.get_field(name)
        yield field
        model = field.related_model


class Publishable(models.Model):
    """A record with a draft, a published and a withdrawn state, and the dates of them."""

    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT, db_default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("A time to come keeps a published record hidden till then."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view", "publish"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_published_has_date",
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message=_("A published record says when it was published."),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_has_date",
                condition=~Q(status=Status.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                violation_error_message=_("A withdrawn record says when it was withdrawn."),
            ),
        ]

    @property
    def is_public(self):
        """Say of one loaded record what ``published()`` says of many."""
        return self.status == Status.PUBLISHED and self.published_at <= timezone.now()

    def obstacles(self):
        """Yield, in words, what stands between this record and the public; each kind of content says what."""
        yield from ()

    def publish(self):
        """Make the record public, or raise ``ValidationError`` with every obstacle."""
        if obstacles := list(self.obstacles()):
            raise ValidationError(obstacles)
        self.status = Status.PUBLISHED
        self.published_at = self.published_at or timezone.now()
        self.save(update_fields=["status", "published_at"])

    def withdraw(self):
        """Take the record back from the public; the date of first publication stays."""
        self.status = Status.WITHDRAWN
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["status", "withdrawn_at"])
