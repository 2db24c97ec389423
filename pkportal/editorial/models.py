"""What the admin remembers of forms that are open, and of forms that were not saved; neither is part of the record."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class UnsavedForm(models.Model):
    """What somebody typed in a form and has not saved.

    It belongs to an account or, when the session had ended, to a browser, until somebody signs in there.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True)
    browser = models.UUIDField(null=True)  # in a cookie
    address = models.CharField(max_length=300)
    data = models.TextField()  # as it was sent: title=Kosovo+Force&code=kfor
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["account", "address"], name="unsaved_form_of_account"),
            models.UniqueConstraint(fields=["browser", "address"], name="unsaved_form_of_browser"),
            models.CheckConstraint(
                condition=Q(account=None, browser__isnull=False) | Q(account__isnull=False, browser=None),
                name="unsaved_form_has_one_owner",
            ),
        ]

    def __str__(self):
        return self.address


class OpenForm(models.Model):
    """A form that somebody has open, as far as is known: the page says so each minute."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)
    opened_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["address", "account"], name="open_form_of_account")]

    def __str__(self):
        return self.address
