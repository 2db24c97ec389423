"""Password hashing that leaves the machine to readers: one hash at a time in each process, on one core."""

import threading
from contextlib import contextmanager

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.shortcuts import render

SECONDS_TO_WAIT = 0.1
_one_at_a_time = threading.BoundedSemaphore()


class HashingBusy(ImmediateHttpResponse):
    """Another password is being checked in this process; allauth's middleware answers with the page that says so."""

    def __init__(self):
        page = render(context.request, "account/busy.html", status=503)
        page["Retry-After"] = "1"
        super().__init__(page)


@contextmanager
def hashing_turn():
    """Wait a moment for the turn to hash a password, or raise ``HashingBusy``: a longer queue would hold readers."""
    if not _one_at_a_time.acquire(timeout=SECONDS_TO_WAIT):
        raise HashingBusy
    try:
        yield
    finally:
        _one_at_a_time.release()


class OneCoreArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the parameters that OWASP recommends for one core; Django's take eight times as long.

    A password that was hashed with other parameters is hashed anew when its owner signs in.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1

    def encode(self, password, salt):
        """Hash a password in its turn."""
        with hashing_turn():
            return super().encode(password, salt)

    def verify(self, password, encoded):
        """Check a password in its turn."""
        with hashing_turn():
            return super().verify(password, encoded)
