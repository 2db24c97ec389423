"""Read replicas: anonymous reads go to a server that follows the primary, all else goes to the primary.

A read that fails on one server is made again on another, so it is answered in full before anything is sent.
"""

import contextlib
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import FileWrapper

import psycopg
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import DEFAULT_DB_ALIAS, Error, connections

from pkportal.observability.metrics import count_read, report_lag

from .page_store import Headers, PageStore, is_anonymous_reading
from .versions import AskedVersion
from .watching import REPLICA_LOG, Primary, WatchedServer

_request = threading.local()


class Answer(NamedTuple):
    """A whole response of one server."""

    status: str
    headers: Headers
    body: Any


class Replica(WatchedServer):
    """A server that follows the primary, with a store of the pages that were made from it."""

    def __init__(self, alias: str, application: WSGIApplication, primary: Primary):
        super().__init__(alias, AskedVersion(alias))
        self.primary = primary
        self.store = PageStore(application, self.version)
        self.lag = float("inf")
        self.was_near = True

    @property
    def is_near(self) -> bool:
        """True if it answered lately, and has what the primary had ``REPLICA_LAG`` seconds ago."""
        return self.is_up and self.lag <= settings.REPLICA_LAG

    def saw(self, version: int) -> None:
        """Note how far behind it is."""
        self.lag = self.primary.lag_of(version)
        self.report("behind" if self.lag == float("inf") else f"{self.lag:.0f} seconds behind")

    def failed(self, error: psycopg.Error) -> None:
        """Note that it does not answer."""
        self.lag = float("inf")
        self.report(str(error))

    def report(self, reason: str) -> None:
        """Set the metric; log when the replica is left out, and when it is used again."""
        report_lag(self.name, self.lag)
        is_near = self.lag <= settings.REPLICA_LAG
        if is_near is not self.was_near:
            event = "replica used again" if is_near else "replica left out"
            REPLICA_LOG.warning(event, {"replica": self.name, "reason": reason})
        self.was_near = is_near

    def answer(self, environ: WSGIEnvironment, max_lag: float) -> Answer | None:
        """Answer a request, or return nothing if another server must be asked."""
        edition = self.store.current_edition()
        if edition is None:
            self.is_up = False
            return None
        if self.primary.lag_of(edition.version) > max_lag:
            return None
        with reading_from(self.name):
            answer = ask(lambda start_response: self.store.respond(edition, environ, start_response))
            return answer and without_database(answer, environ)


class ReadReplicas:
    """WSGI middleware around the store of pages of the primary: anonymous reads go to replicas."""

    def __init__(self, primary_store: PageStore, aliases: list[str]):
        self.primary_store = primary_store
        self.primary = Primary(primary_store.version)
        self.replicas = [Replica(alias, primary_store.application, self.primary) for alias in aliases]
        got_request_exception.connect(note_failure, dispatch_uid="pkportal.serving.replicas")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if not is_anonymous_reading(environ):
            return self.primary_store(environ, start_response)
        for server in [self.primary, *self.replicas]:
            server.keep_watching()
        name, answer = next(self.answers(environ), (self.primary.name, None))
        count_read(name)
        if answer is None:
            return self.primary_store(environ, start_response)
        start_response(answer.status, answer.headers)
        return answer.body

    def answers(self, environ: WSGIEnvironment) -> Iterator[tuple[str, Answer]]:
        """Yield the answers of servers that do not fail: near replicas, the primary, then any replica.

        A worker asks the same replica as long as it can, because its pages are stored. While nothing is known of the
        replicas, after a quiet time, the primary answers. When it is down, an old page is better than none.
        """
        first = os.getpid() % len(self.replicas)
        replicas = [*self.replicas[first:], *self.replicas[:first]]
        is_primary_up = self.primary.answers_now()  # before replicas: they are near to what it has
        for replica in replicas:
            if replica.is_near and (answer := replica.answer(environ, settings.REPLICA_LAG)):
                yield replica.name, answer
        if is_primary_up and (answer := ask(lambda start: self.primary_store(environ, start))):
            yield self.primary.name, answer
        for replica in replicas:
            if replica.answers_now() and (answer := replica.answer(environ, float("inf"))):
                yield replica.name, answer


@contextlib.contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Let all code of this thread that asks for Django's default connection have another one.

    So no statement of a page can go to another server than the rest of the page, however it was written.
    """
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[alias]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary


def note_failure(**kwargs):
    """Remember that the database failed: receiver of ``got_request_exception``.

    A statement that took too long would do so on any server.
    """
    error = sys.exception()
    _request.failed = isinstance(error, Error) and not isinstance(error.__cause__, psycopg.errors.QueryCanceled)


def ask(respond: Callable[[StartResponse], Any]) -> Answer | None:
    """Return an answer, or nothing if the database failed meanwhile."""
    started: list[tuple[str, Headers]] = []

    def start_response(status, headers, error=None):
        started.append((status, headers))
        return lambda data: None

    _request.failed = False
    body = respond(start_response)
    if _request.failed:
        body.close()
        return None
    return Answer(*started[-1], body)


def without_database(answer: Answer, environ: WSGIEnvironment) -> Answer | None:
    """Return an answer whose body needs no database any more, or nothing if the database fails before.

    A file is complete on disk before its first byte is sent: one that breaks off could not be made again.
    """
    status, headers, body = answer
    if not getattr(body, "streaming", False):
        return answer
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the web server closes it when it is sent
    with contextlib.closing(body):
        try:
            for part in body:
                file.write(part)
        except Error:
            file.close()
            return None
    headers = [*headers, ("Content-Length", str(file.tell()))]
    file.seek(0)
    return Answer(status, headers, environ.get("wsgi.file_wrapper", FileWrapper)(file))
