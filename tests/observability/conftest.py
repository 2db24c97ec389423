"""The portal as its server calls it, and the log it writes."""

import io
import json
import logging
from typing import NamedTuple
from urllib.parse import unquote_to_bytes
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from pkportal.observability.current_request import current_request
from pkportal.observability.log_lines import JSONFormatter, LogfmtFormatter
from pkportal.observability.request_log import RequestLog


class Response(NamedTuple):
    """A response as the server gets it."""

    status: int
    headers: dict[str, str]
    body: bytes


def call(environ, application):
    """Call a WSGI application as a server does, and read the whole response."""
    started = {}

    def start_response(status, headers, *error):
        started.update(status=int(status[:3]), headers=dict(headers))

    body = application(environ, start_response)
    try:
        content = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    return Response(**started, body=content)


@pytest.fixture
def serve():
    """Return a function that asks the portal for a path: ``serve("/about/", REMOTE_ADDR="192.0.2.7")``."""

    def answer(address, method="GET", data=b"", **environ):
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "REMOTE_ADDR": "192.0.2.77",
            "HTTP_HOST": "testserver",
            "CONTENT_LENGTH": str(len(data)),
            "wsgi.input": io.BytesIO(data),
            **environ,
        }
        setup_testing_defaults(environ)
        return call(environ, RequestLog(WSGIHandler()))

    for signal in [request_started, request_finished]:  # the connection has the transaction of the test
        signal.disconnect(close_old_connections)
    yield answer
    for signal in [request_started, request_finished]:
        signal.connect(close_old_connections)
    current_request.set(None)


class Log:
    """The lines of a log, and what they say."""

    def __init__(self):
        self.stream = io.StringIO()

    @property
    def lines(self):
        return self.stream.getvalue().splitlines()

    def events(self, name=None):
        """Return the lines as dictionaries; with a name, only those of this event."""
        events = [json.loads(line) for line in self.lines]
        return [event for event in events if name in {None, event["event"]}]


@pytest.fixture
def log(monkeypatch):
    """Return the log in JSON, as the handlers of the settings write it."""
    return redirected(monkeypatch, JSONFormatter())


@pytest.fixture
def logfmt(monkeypatch):
    """Return the log in logfmt."""
    return redirected(monkeypatch, LogfmtFormatter())


def redirected(monkeypatch, formatter):
    log = Log()
    (console,) = [handler for handler in logging.root.handlers if handler.name == "console"]
    monkeypatch.setattr(console, "stream", log.stream)
    monkeypatch.setattr(console, "formatter", formatter)
    return log
