"""Middleware of the admin: who may stay signed in there, for how long, and what a busy sign-in answers."""

import time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from .password_hashing import HashingBusy
from .second_factor import lacks_second_factor

SEEN = "seen"  # when the session was last prolonged
SECONDS_BETWEEN = settings.SESSION_COOKIE_AGE // 100  # a write at each page would be too much


class StaffMiddleware:
    """Lets staff use the admin once they have the second factor that their role needs; public pages cost nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer as the view does."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Lead a signed-in user without the second factor to the page that sets one up."""
        if "admin" not in request.resolver_match.app_names or request.user.is_anonymous:
            return None
        if not request.user.is_staff:
            raise PermissionDenied
        prolong(request.session)
        return redirect("mfa_activate_totp") if lacks_second_factor(request.user) else None

    def process_exception(self, request, exception):
        """Ask for patience when passwords come faster than they can be checked."""
        if not isinstance(exception, HashingBusy):
            return None
        page = render(request, "account/busy.html", status=503)
        page["Retry-After"] = "1"
        return page


def prolong(session):
    """Let a session end eight hours after its last page, not after its first."""
    if time.time() - session.get(SEEN, 0) > SECONDS_BETWEEN:
        session[SEEN] = time.time()


def begin_session(request, **kwargs):
    """Note when the session begins: it is written at the sign-in anyway, and then not again at the first page."""
    prolong(request.session)
