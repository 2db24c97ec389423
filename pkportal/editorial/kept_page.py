"""What a page with a form sends and shows beside the form itself: what is typed is kept, forgotten, or shown again."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from .unsaved_forms import (
    BROWSER_COOKIE,
    address_of_form,
    forget,
    forget_browser,
    keep_for_account,
    take_over,
    unsaved_form,
)

AUTOSAVE, STILL_OPEN, FORGET = "_autosave", "_still_open", "_forget"  # what a page sends beside the form
TYPED = "typed"  # in the address of a form: show again what was typed


def keep_typed(request: HttpRequest, text: str = "") -> JsonResponse:
    """Keep what was typed for the account, and say so."""
    if keep_for_account(request) is None:
        return JsonResponse({"text": _("This is too long to be kept. Save it.")})
    return JsonResponse({"text": text or _("Kept for you at {time}, but not saved yet.")})


def forget_typed(request: HttpRequest) -> HttpResponse:
    """Forget what was typed, and show the form as it is."""
    forget(request.user, address_of_form(request))
    return HttpResponseRedirect(request.get_full_path())


def typed_address(request: HttpRequest) -> str:
    """Return the address of a form that shows again what was typed."""
    query = request.GET.copy()
    query[TYPED] = "1"
    return f"{request.path}?{query.urlencode()}"


def typed_before_sign_in(request: HttpRequest) -> HttpResponse | None:
    """Lead to what was sent after the session had ended, once; None if there is nothing."""
    if not request.COOKIES.get(BROWSER_COOKIE):
        return None
    take_over(request)
    if unsaved_form(request) is None:
        return None
    response = HttpResponseRedirect(typed_address(request))
    forget_browser(response)
    return response
