"""What the admin remembers that is no part of the record: forms that are open or were not saved, mails, acts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class UnsavedForm(models.Model):
    """What somebody typed in a form and has not saved.

    It belongs to an account or, when the session had ended, to a browser, until somebody signs in there.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True)
    browser = models.UUIDField(null=True)  # in a cookie
    address = models.CharField(max_length=300)
    data = models.TextField()  # as it was sent: title=New+words&order=1
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


class SentForm(models.Model):
    """A form that was sent and answered, for a day: where the answer led, should it be sent again.

    The form of a window that added a record was answered with what the other window is to choose.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    address = models.TextField()
    popup_data = models.TextField(blank=True, db_default="")
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.address


class MailChoice(models.Model):
    """Which mails about reviews an account gets; without a row, all of them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice")
    review_requests = models.BooleanField(_("A change is assigned to me, or waits for my review"), default=True)
    answers = models.BooleanField(_("Somebody asks for changes to what I wrote, or discards it"), default=True)
    comments = models.BooleanField(
        _("Somebody comments on what I wrote, or on what is assigned to me"), default=True, db_default=True
    )
    publications = models.BooleanField(_("What I wrote is published"), default=True)
    failures = models.BooleanField(_("What I wrote could not be published at its time"), default=True)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        default_permissions = ()

    def __str__(self):
        return str(self.user)


class AccountAct(models.Model):
    """Something that an account did which no record shows: it signed in, exported or imported a file."""

    at = models.DateTimeField(_("when"), db_default=Now())
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    name = models.CharField(_("who"), max_length=150, blank=True)  # of the account, which may be gone
    act = models.CharField(_("what"), max_length=40)
    text = models.CharField(_("details"), max_length=300, blank=True)
    network = models.CharField(_("from which network"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("act of an account")
        verbose_name_plural = _("acts of accounts")
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["-at", "-id"], name="account_act_latest")]

    def __str__(self):
        return f"{self.name}: {self.act}"
