"""What a reader gets when there is no page: a page in the portal's frame, or JSON or a line of text for a file.

An address that means a record in other words leads on to it.
"""

import sys
from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views import defaults

from pkportal.exchange.exporting import CONTENT_TYPES
from pkportal.sources.reference_files import REFERENCE_FORMATS

from .addresses import Withdrawal, asked_record
from .api import API_PATH, DOCS_PATH
from .near_pages import lower_case_address, near_pages, sought_in
from .notices import Notice, unknown_parameters

RETRY_SECONDS = 10
READING = ("GET", "HEAD")
JSON_ENDING = "json"
FILE_ENDINGS = {*CONTENT_TYPES, *REFERENCE_FORMATS}


def file_ending(request) -> str:
    """Return the ending of the file that a request asks for, or nothing if it asks for a page."""
    ending = request.path.rpartition(".")[2]
    return ending if ending in FILE_ENDINGS else ""


def is_for_programs(request) -> bool:
    """True if a request asks for a file or the API, so that nobody reads a page in answer to it."""
    return bool(file_ending(request)) or request.path_info.startswith(API_PATH)


def problem_response(request, status: int, title: str, detail: str = "", **more) -> HttpResponse:
    """Answer a program: for JSON with what RFC 9457 calls problem details, for other files with lines of text."""
    if file_ending(request) == JSON_ENDING or request.path_info.startswith(API_PATH):
        kind = f"{settings.SITE_URL}{DOCS_PATH}#problem-{status}"
        problem = {"type": kind, "title": title, "status": status, "detail": detail, **more}
        known = {name: value for name, value in problem.items() if value}
        return JsonResponse(known, status=status, content_type="application/problem+json")
    text = "".join(f"{line}\n" for line in [title, *detail.splitlines()])
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def refuse_parameters(request, notices: Iterable[Notice], status: int = 400) -> HttpResponse:
    """Answer 400 to a program whose parameters are not understood: each, what is wrong with it, and the nearest."""
    notices = [*notices]
    errors = [
        {"parameter": it.name, "detail": it.reason, "nearest": [words for words, _query in it.corrections]}
        for it in notices
    ]
    detail = "\n".join(map(str, notices))
    title = _("Not all parameters were understood.") if status == 400 else _("No row can meet all parameters.")
    return problem_response(request, status, title, detail, errors=errors)


def takes_no_parameters(view: Callable) -> Callable:
    """Let the view of a file refuse every parameter: the file is always the same."""

    @wraps(view)
    def refusing(request, *args, **kwargs):
        if notices := [*unknown_parameters(request.GET, {})]:
            return refuse_parameters(request, notices)
        return view(request, *args, **kwargs)

    return refusing


def bad_request(request, exception=None):
    """Answer 400 to a request that cannot be read."""
    if is_for_programs(request):
        return problem_response(request, 400, _("We cannot read this request."))
    return defaults.bad_request(request, exception)


def permission_denied(request, exception=None):
    """Answer 403."""
    if is_for_programs(request):
        return problem_response(request, 403, _("You do not have permission for this."))
    return defaults.permission_denied(request, exception)


def not_found(request, exception=None):
    """Lead on to the record that an address means, say why it was withdrawn, or answer 404 with the nearest."""
    asked = asked_record(request.path_info)
    is_known = request.resolver_match is not None  # its view found nothing
    address = asked.redirect_address() if asked else "" if is_known else lower_case_address(request.path_info)
    if address and address != request.path:
        return _redirect(request, address)
    if asked is None:
        return _missing(request, near_pages(request.path_info))
    if withdrawal := asked.withdrawal():
        return gone(request, withdrawal)
    if address := asked.named_address():
        return _redirect(request, address)
    return _missing(request, asked.nearest())


def _redirect(request, address):
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _missing(request, nearest):
    if not is_for_programs(request):
        return render(request, "404.html", {"nearest": nearest, "sought": sought_in(request.path_info)}, status=404)
    near = [{"title": record.title, "address": request.build_absolute_uri(record.address)} for record in nearest]
    detail = _("The nearest: %(names)s.") % {"names": ", ".join(record.code for record in nearest)} if nearest else ""
    return problem_response(request, 404, _("There is no page at this address."), detail, nearest=near)


def gone(request, withdrawal: Withdrawal):
    """Lead on to what took the place of a withdrawn record, or answer 410 with why and since when it is gone."""
    moved_to = withdrawal.redirect_address()
    if not is_for_programs(request):
        if moved_to and moved_to != request.path:
            return HttpResponsePermanentRedirect(moved_to)
        return render(request, "410.html", {"withdrawal": withdrawal}, status=410)
    words = {"title": withdrawal.title, "day": format_date(withdrawal.withdrawn_at, "j F Y")}
    detail = "\n".join(filter(None, [withdrawal.reason, moved_to and request.build_absolute_uri(moved_to)]))
    return problem_response(request, 410, _("“%(title)s” was withdrawn on %(day)s.") % words, detail)


def server_error(request):
    """Answer 503 when the database was busy or not there, and 500 for any other fault."""
    _class, error, _traceback = sys.exc_info()
    is_busy = isinstance(error, OperationalError | InterfaceError)
    if is_for_programs(request):
        title = _("The portal is busy. Ask again in some seconds.") if is_busy else _("The portal made a mistake.")
        response = problem_response(request, 503 if is_busy else 500, title)
    elif is_busy:
        response = render(request, "503.html", status=503)
    else:
        return defaults.server_error(request)
    if is_busy:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def takes_posts(view: Callable) -> Callable:
    """Let a view outside of the admin be sent a form; it must see to it that no other site can send one."""
    view.takes_posts = True  # type: ignore[attr-defined]
    return view


class ReadOnlyPages:
    """Middleware that answers 405 to whoever would change a public page: outside of the admin all is for reading.

    It stands before the check of CSRF tokens, which would answer 403 for want of a token that no page has.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Let the request pass."""
        return self.get_response(request)

    def process_view(self, request, view, arguments, keywords):
        """Answer 405 with the methods that are allowed."""
        if request.method in {*READING, "OPTIONS"} or request.path.startswith(reverse("admin:index")):
            return None
        if request.method == "POST" and getattr(view, "takes_posts", False):
            return None
        if is_for_programs(request):
            response = problem_response(request, 405, _("Files and the API of the portal can only be read."))
        else:
            response = render(request, "405.html", status=405)
        response.headers["Allow"] = ", ".join(READING)
        return response
