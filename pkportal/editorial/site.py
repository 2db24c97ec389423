"""The admin site: staff only, with the second factor that their role needs, until eight hours after their last page."""

import time
from functools import wraps

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from pkportal.content.models import Record
from pkportal.content.registry import models_with

from .front_page import front_page
from .parameters import check_parameters
from .second_factor import lacks_second_factor

SEEN = "seen"  # when the session was last prolonged
SECONDS_BETWEEN = settings.SESSION_COOKIE_AGE // 100  # a write at each page would be too much


class PortalAdminSite(AdminSite):
    """Django's admin site behind the sign-in of allauth."""

    def has_permission(self, request):
        """Refuse an account that is not of the staff: the sign-in would send it back here."""
        if request.user.is_authenticated and not request.user.is_staff:
            raise PermissionDenied
        return super().has_permission(request)

    def index(self, request, extra_context=None):
        """Show what is to be done above the list of kinds."""
        return super().index(request, {**front_page(self, request), **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        """List what was written about the subject first, then what it rests on, then the review and the accounts."""
        return sorted(super().get_app_list(request, app_label), key=lambda app: place_of(app["app_label"]))

    def admin_view(self, view, cacheable=False):
        """Lead a user without the second factor to the page that sets one up; refuse parameters that no page sends."""

        @wraps(view)
        def guarded(request, *args, **kwargs):
            prolong(request.session)
            if lacks_second_factor(request.user):
                return redirect("mfa_activate_totp")
            check_parameters(request)
            return view(request, *args, **kwargs)

        return super().admin_view(guarded, cacheable)


def place_of(app_label: str) -> tuple[int, int]:
    """Return the place of an app in the list of all: by what it is about, then as the apps are installed."""
    labels = [config.label for config in apps.get_app_configs()]
    name = apps.get_app_config(app_label).name
    is_of_record = any(model._meta.app_label == app_label for model in models_with(Record))
    is_ours = name.startswith("pkportal.")
    return (is_ours if is_of_record else 2 if is_ours else 3), labels.index(app_label)


def prolong(session):
    """Let a session end eight hours after its last page, not after its first."""
    if time.time() - session.get(SEEN, 0) > SECONDS_BETWEEN:
        session[SEEN] = time.time()


def begin_session(request, **kwargs):
    """Note when the session begins: it is written at the sign-in anyway, and then not again at the first page."""
    prolong(request.session)
