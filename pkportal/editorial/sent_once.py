"""A form that is sent twice is answered once: a button that was clicked twice, a line that broke, a page sent again.

Each page that is shown has a CSRF token of its own, so two requests with the same token and the same content are one
form that was sent twice. The second waits for the first, and leads where that led.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
KEPT = """
WITH old AS (DELETE FROM editorial_sentform WHERE sent_at < now() - interval '1 day')
INSERT INTO editorial_sentform (digest, address, popup_data) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""
POPUP_DATA = "popup_response_data"  # in Django's page that closes a window and chooses its record in the other one


def answer_once(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a form that was sent; one that was answered already leads where the answer led, and does nothing."""
    if not is_sent_form(request):
        return answer()
    digest = digest_of_form(request)
    with locked(digest), connection.cursor() as cursor:
        cursor.execute("SELECT address, popup_data FROM editorial_sentform WHERE digest = %s", [digest])
        if known := cursor.fetchone():
            return answer_again(request, *known)
        response = answer()
        address = response.url if isinstance(response, HttpResponseRedirect) else ""
        popup_data = (getattr(response, "context_data", None) or {}).get(POPUP_DATA, "")
        if address or popup_data:
            cursor.execute(KEPT, [digest, address, popup_data])
    return response


def answer_again(request: HttpRequest, address: str, popup_data: str) -> HttpResponse:
    """Lead where the first answer led, or close the window with the record that was added in it."""
    if popup_data:
        return TemplateResponse(request, "admin/popup_response.html", {POPUP_DATA: popup_data})
    messages.info(request, _("This was sent twice, and was done once."))
    return redirect(address)


def is_sent_form(request: HttpRequest) -> bool:
    """True for a form with the token that its page was shown with; what scripts send has that of the session."""
    return request.method == "POST" and len(request.POST.get(TOKEN, "")) == CSRF_TOKEN_LENGTH


def digest_of_form(request: HttpRequest) -> str:
    """Return a digest of what was sent, by whom and where to."""
    files = [(name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent]
    content = repr((request.user.pk, request.get_full_path(), [*request.POST.lists()], files))
    return hashlib.sha256(content.encode()).hexdigest()


@contextmanager
def locked(digest: str) -> Iterator[None]:
    """Let nobody else answer the same form meanwhile; the database ends the lock if this process is killed."""
    key = int(digest[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
