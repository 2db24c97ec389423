"""The admin site: staff only, with the second factor that their role needs, until eight hours after their last page."""

import time
from functools import partial, wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from .app_order import place_of
from .autocomplete import CodedChoicesView
from .front_page import front_page
from .parameters import check_parameters
from .search_page import search_page
from .second_factor import lacks_second_factor
from .sent_once import answer_once
from .sent_signed_out import back_through_sign_in, show_lost_remarks
from .unsaved_forms import forget_browser, keep_for_browser

SEEN = "seen"  # when the session was last prolonged
FORM_VIEWS = {"add_view", "change_view", "many_view"}
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

    def get_urls(self):
        """Add the search over all kinds."""
        return [path("search/", self.admin_view(self.search), name="search"), *super().get_urls()]

    def search(self, request):
        """Show what is found in all kinds that the account may see."""
        context = {**self.each_context(request), "title": _("Search"), **search_page(self, request)}
        return TemplateResponse(request, "admin/search.html", context)

    def get_app_list(self, request, app_label=None):
        """List what was written about the subject first, then what it rests on, then the review and the accounts."""
        return sorted(super().get_app_list(request, app_label), key=lambda app: place_of(app["app_label"]))

    def autocomplete_view(self, request):
        """Show the code of each choice too."""
        return CodedChoicesView.as_view(admin_site=self)(request)

    def admin_view(self, view, cacheable=False):
        """Lead a user without the second factor to the page that sets one up; refuse parameters that no page sends."""

        @wraps(view)
        def guarded(request, *args, **kwargs):
            prolong(request.session)
            if lacks_second_factor(request.user):
                return redirect("mfa_activate_totp")
            check_parameters(request)
            had_sent = request.method == "GET" and show_lost_remarks(request)
            response = answer_once(request, partial(view, request, *args, **kwargs))
            if had_sent:
                forget_browser(response)
            return response

        inner = super().admin_view(guarded, cacheable)

        @wraps(inner)
        def told(request, *args, **kwargs):
            response = inner(request, *args, **kwargs)
            if request.method == "POST" and not request.user.is_authenticated:
                if is_kept(view):
                    keep_for_browser(request, response)
                elif response.headers.get("Location", "").startswith(reverse("admin:login")):
                    return back_through_sign_in(request)
            return response

        return told


def is_kept(view):
    """True for the form of a record: what is sent after the session has ended is kept until somebody signs in."""
    return getattr(getattr(view, "__self__", None), "keeps_unsaved", False) and view.__name__ in FORM_VIEWS


def prolong(session):
    """Let a session end eight hours after its last page, not after its first."""
    if time.time() - session.get(SEEN, 0) > SECONDS_BETWEEN:
        session[SEEN] = time.time()


def begin_session(request, **kwargs):
    """Note when the session begins: it is written at the sign-in anyway, and then not again at the first page."""
    prolong(request.session)
