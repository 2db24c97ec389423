"""The access log: one line and some counters a request, and an id that all lines of a request share."""

import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.http import HttpRequest, HttpResponse

from .current_request import CurrentRequest, client_address, current_request, shorten_address
from .metrics import count_request, kind_of_view

LOG = logging.getLogger("pkportal.access")
_request_id = re.compile(r"[A-Za-z0-9._:+/=-]{1,64}")
# in these folders a path or a query may hold a password, a token or the address of an account
_private_folder = re.compile(r"/(?:log_?in|password[a-z_]*|preview|reset)/")
_secret_parameter = re.compile(r"(?i)((?:^|&)[^=&]*(?:pass|token|secret|session|csrf)[^=&]*=)[^&]+")


def remember_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: lets log lines name the user and the view of Django's request."""

    def middleware(request):
        if current := current_request.get():
            current.django_request = request
        return get_response(request)

    return middleware


class RequestLog:
    """WSGI middleware around everything that answers requests: it logs and counts each, and gives it an id."""

    def __init__(self, application: WSGIApplication):
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, with its id as the header X-Request-ID; log it when its last byte is known."""
        answer = begin_log(environ)
        request = answer.request

        def start(status, headers, *error):
            answer.status = status[:3]
            answer.size = int(next((value for name, value in headers if name.lower() == "content-length"), 0))
            return start_response(status, [*headers, ("X-Request-ID", request.id)], *error)

        try:
            body = self.application(environ, start)
        except BaseException:
            answer.log()
            raise
        if isinstance(body, list | environ.get("wsgi.file_wrapper", list)):  # the server sends a file by itself
            answer.log()
            return body
        answer.body = body
        return answer


class LoggedResponse:
    """The body of a response on its way to the server: it is logged when it is closed."""

    def __init__(self, environ: WSGIEnvironment, request: CurrentRequest):
        self.method = environ["REQUEST_METHOD"]
        self.path, self.query = logged_address(environ)  # Django puts other text into the environment
        self.request = request
        self.begin = time.perf_counter()
        self.status = "500"
        self.size = 0
        self.body: Any = ()

    def __iter__(self) -> Iterator[bytes]:
        self.size = 0
        for part in self.body:
            self.size += len(part)
            yield part

    def close(self) -> None:
        """Close the body, and log the request."""
        try:
            if hasattr(self.body, "close"):
                self.body.close()
        finally:
            self.log()

    def log(self) -> None:
        """Write the line of this request, and count it."""
        seconds = time.perf_counter() - self.begin
        view = kind_of_view(self.request)
        count_request(self.method, view, self.status, seconds)
        fields = {"method": self.method, "path": self.path, "status": int(self.status), "bytes": self.size}
        if self.query:
            fields["query"] = self.query
        LOG.info("request", {**fields, "ms": round(seconds * 1000, 1), "view": view})


def begin_log(environ: WSGIEnvironment, view: str = "") -> LoggedResponse:
    """Make a request the one that this thread answers, and return its line; ``view`` if no view of Django answers."""
    request = CurrentRequest(request_id(environ), shorten_address(client_address(environ)))
    request.view = view
    current_request.set(request)
    return LoggedResponse(environ, request)


def request_id(environ: WSGIEnvironment) -> str:
    """Return the id that a proxy or client gave the request, if it is a short plain word, else a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if _request_id.fullmatch(given) else os.urandom(8).hex()


def logged_address(environ: WSGIEnvironment) -> tuple[str, str]:
    """Return the path and the query of a request without what is secret in them."""
    path = (environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).encode("latin-1").decode(errors="replace")
    if private := _private_folder.search(path):
        rest = "…" if path[private.end() :] else ""
        return path[: private.end()] + rest, ""
    query = environ.get("QUERY_STRING", "")
    return path, _secret_parameter.sub(r"\1…", query) if query else ""
