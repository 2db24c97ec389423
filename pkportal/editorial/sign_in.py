"""Sign-in to the admin by django-allauth: its account adapter, and its form for a new password by mail."""

import time
from smtplib import SMTPException

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import ResetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .sign_in_log import log, log_throttled


class SignInAdapter(DefaultAccountAdapter):
    """What the portal does in another way than allauth."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The username or the password is wrong. Mind small and capital letters."),
        "too_many_login_attempts": _("Too many attempts failed. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a minute, then try again."),
    }

    def pre_authenticate(self, request, **credentials):
        """Log an attempt that is refused because too many failed before it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            log_throttled(credentials, request)
            raise

    def is_safe_url(self, url):
        """True if an address is of this site; one that cannot be read, such as ``//[x``, is not."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def is_reauthentication_required(self, **kwargs):
        """Ask for the password again before a change, but not right after it was given to sign in."""
        records = get_authentication_records(self.request, self.request.user)
        is_recent = records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_recent and super().is_reauthentication_required(**kwargs)

    def get_password_change_redirect_url(self, request):
        """Go back to the admin."""
        return reverse("admin:index")

    def send_mail(self, template_prefix, email, context):
        """Log that a mail could not be sent: an error page would tell which addresses have an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.error("Mail not sent: %s: %s", template_prefix, error)


class PasswordResetForm(ResetPasswordForm):
    """Asks for the address of an account as it stands in the admin, in small or capital letters."""

    def clean_email(self):
        """Find the accounts that may have a new password; the form says the same when there is none."""
        email = self.cleaned_data["email"]
        accounts = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
        # the database takes some letters for equal that are not
        self.users = [user for user in accounts if user.email.lower() == email and user.has_usable_password()]
        return email
