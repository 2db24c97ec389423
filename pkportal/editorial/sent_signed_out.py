"""What is sent after the session has ended, other than the form of a record: nothing is stored, its words come back."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .models import UnsavedForm
from .unsaved_forms import BROWSER_COOKIE, data_of, keep_for_browser, take_over

SENT = "sent to "  # before the address under which it is kept: it is no form that can be shown again
REMARKS = {"reason", "note", "public_note", "place"}  # fields for words; no form of an account has one


def back_through_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in, and from there to the page on which something was sent; keep the words of its remarks."""
    messages.warning(request, _("Your session had ended, so what you sent was not stored: send it again."))
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, request.get_host())
    address = urlsplit(came_from)._replace(scheme="", netloc="").geturl() if is_ours else reverse("admin:index")
    response = redirect_to_login(address, reverse("admin:login"))
    if remarks_in(request.POST):
        keep_for_browser(request, response, f"{SENT}{request.path}")
    return response


def show_lost_remarks(request: HttpRequest) -> bool:
    """Show an account the remarks that its browser sent before it signed in, once; say if there were any."""
    if not request.COOKIES.get(BROWSER_COOKIE):
        return False
    take_over(request)
    sent = UnsavedForm.objects.filter(account=request.user, address__startswith=SENT)
    remarks = [remark for form in sent for remark in remarks_in(data_of(form))]
    for remark in remarks:
        messages.info(request, _("You had written: %(remark)s") % {"remark": remark})
    sent.delete()
    return bool(remarks)


def remarks_in(data: QueryDict) -> list[str]:
    """Return the words of what was sent: reasons, notes, comments on the whole or on a cell."""
    return [text for name, text in data.items() if text.strip() and (name in REMARKS or name.startswith("text."))]
