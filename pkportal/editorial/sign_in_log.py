"""Log of sign-ins: who signed in, out or failed to, and from which network; never a password or a full address.

It is a line of the log each, and a row of the audit log, but for attempts that were refused unread: anybody can send
any number of those.
"""

import logging

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from pkportal.observability.current_request import client_address, shorten_address

from .models import AccountAct

log = logging.getLogger("pkportal.accounts")
THROTTLED = "sign-in throttled"


def log_event(level, event, user, request, **fields):
    """Write one line: what happened, to which account, from which network."""
    address = shorten_address(client_address(request.META)) if request else ""
    log.log(level, event, {"user": user or "unknown", "address": address, **fields})
    if event != THROTTLED:
        account = User.objects.filter(username=user).first() if user else None
        text = " ".join(fields.values())
        AccountAct.objects.create(user=account, name=user or "", act=event, text=text, network=address)


def known_username(name):
    """Return a name if it is one of an account: what is typed for a name may be a password."""
    return User.objects.filter(username__iexact=name or "").values_list("username", flat=True).first()


def log_failure(credentials, request, **kwargs):
    """Log a wrong name or password."""
    log_event(logging.WARNING, "sign-in failed", known_username(credentials.get("username")), request)


def log_throttled(credentials, request):
    """Log an attempt that was refused unread, because too many failed before it."""
    log_event(logging.WARNING, THROTTLED, known_username(credentials.get("username")), request)


def log_signal(signal, event, level=logging.INFO):
    """Log each time that a signal about a user is sent, with the kind of second factor if it is about one."""

    def receive(user, request=None, authenticator=None, **kwargs):
        fields = {"factor": authenticator.type} if authenticator else {}
        log_event(level, event, user and user.get_username(), request, **fields)

    signal.connect(receive, weak=False, dispatch_uid=f"pkportal.accounts: {event}")


def connect_log():
    """Log what Django and allauth tell about accounts."""
    user_login_failed.connect(log_failure, dispatch_uid="pkportal.accounts: failure")
    log_signal(user_logged_in, "signed in")
    log_signal(user_logged_out, "signed out")
    log_signal(authentication_failed, "second factor failed", logging.WARNING)
    log_signal(authenticator_added, "second factor added")
    log_signal(authenticator_removed, "second factor removed")
    log_signal(password_changed, "password changed")
    log_signal(password_reset, "password reset by mail")
