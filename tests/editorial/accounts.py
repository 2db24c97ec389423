"""Accounts of tests that sign in with a password, and how they do."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group, User

PASSWORD = "correct horse battery"  # noqa: S105 - of a test


def account(name, *groups, **fields):
    """Make an account with a password and roles."""
    user = User.objects.create_user(name, password=PASSWORD, **{"is_staff": True, **fields})
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def fill_in(client, **form):
    """Send the form of the sign-in; names in capital letters are headers and the address of the browser."""
    request = {name: form.pop(name) for name in [*form] if name.isupper()}
    return client.post("/admin/login/", form, **request)


def sign_in(client, user, **form):
    """Sign in with the right name and password, unless others are given."""
    return fill_in(client, **{"login": user.username, "password": PASSWORD, **form})


def totp_code(secret, steps=0):
    """Return the code that an authenticator app shows now, or some steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
