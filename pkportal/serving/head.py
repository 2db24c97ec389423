"""Answers to HEAD: the headers of the answer to GET, and nothing of its body."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from waitress.task import Task, WSGITask


class HeadersOnly:
    """WSGI middleware that does not read the body of an answer to HEAD: a file would be made for nobody."""

    def __init__(self, application: WSGIApplication):
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        body = self.application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if close := getattr(body, "close", None):
            close()
        return []


class HeadTaskMixin(Task):
    """A task that writes headers only to a client that asks for no more; waitress leaves this to the application."""

    chunked_response: bool

    @property
    def is_head(self) -> bool:
        """True if the request is a HEAD."""
        return self.request.command == "HEAD"

    def write(self, data):
        """Write a part of the body, with the headers before the first one."""
        super().write(b"" if self.is_head else data)

    def finish(self):
        """End the response; a body that is sent in chunks has an end of its own."""
        if not self.wrote_header:
            self.write(b"")
        self.chunked_response = self.chunked_response and not self.is_head
        super().finish()


class ApplicationTask(HeadTaskMixin, WSGITask):
    """A response of the application."""
