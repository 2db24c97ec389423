"""Log of sign-ins: who signed in, out or failed to, and from which network; never a password or a full address."""

import ipaddress
import logging

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied

log = logging.getLogger("pkportal.accounts")

PREFIX_LENGTHS = {4: 24, 6: 48}  # what an operator may know of an address: the network, not the machine


def shortened_address(address: str) -> str:
    """Return the network of an IP address, as in 192.0.2.0/24, and ``unknown`` for anything else."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((ip, PREFIX_LENGTHS[ip.version]), strict=False))


def log_event(level, event, user, request):
    """Write one line: what happened, to which account, from which network."""
    try:
        address = get_adapter().get_client_ip(request) if request else ""
    except PermissionDenied:  # by which allauth says that there is none
        address = ""
    log.log(level, "%s: user %s, from %s", event, user or "unknown", shortened_address(address))


def known_username(name):
    """Return a name if it is one of an account: what is typed for a name may be a password."""
    return User.objects.filter(username__iexact=name or "").values_list("username", flat=True).first()


def log_failure(credentials, request, **kwargs):
    """Log a wrong name or password."""
    log_event(logging.WARNING, "Sign-in failed", known_username(credentials.get("username")), request)


def log_throttled(credentials, request):
    """Log an attempt that was refused unread, because too many failed before it."""
    log_event(logging.WARNING, "Sign-in throttled", known_username(credentials.get("username")), request)


def log_signal(signal, event, level=logging.INFO):
    """Log each time that a signal about a user is sent, with the kind of second factor if it is about one."""

    def receive(user, request=None, authenticator=None, **kwargs):
        kind = f" ({authenticator.type})" if authenticator else ""
        log_event(level, event + kind, user and user.get_username(), request)

    signal.connect(receive, weak=False, dispatch_uid=f"pkportal.accounts: {event}")


def connect_log():
    """Log what Django and allauth tell about accounts."""
    user_login_failed.connect(log_failure, dispatch_uid="pkportal.accounts: failure")
    log_signal(user_logged_in, "Signed in")
    log_signal(user_logged_out, "Signed out")
    log_signal(authentication_failed, "Second factor failed", logging.WARNING)
    log_signal(authenticator_added, "Second factor added")
    log_signal(authenticator_removed, "Second factor removed")
    log_signal(password_changed, "Password changed")
    log_signal(password_reset, "Password reset by mail")
