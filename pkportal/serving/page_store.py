"""A store of whole responses that are never stale: their key has the content version.

Only what any anonymous reader gets is stored. The version is read before the page is made, so a page may be newer than
its key and never older.
"""

import gzip
import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
import psycopg
from django.conf import settings
from django.utils import timezone

from pkportal.content.version import EDITION, NextPublication
from pkportal.observability.metrics import count_store_answer

from .sessions import has_signed_session
from .shares import COMPRESSED, is_download
from .versions import AskedVersion

MAX_BYTES = 64 * 2**20  # of all pages of a worker
MAX_PAGE_BYTES = 2 * 2**20
MAX_VALUES = 100  # values that pages share, such as the counts of a list's filters
ENTRY_BYTES = 1_000  # what a page takes beside its body
MIN_COMPRESSED_BYTES = 200
BROTLI_QUALITY = 5
RELEASE = secrets.token_hex(4)  # files made by this program; another may write the same record in another way
NEVER_STORED = ("/healthz", "/metrics", f"/{settings.STATIC_URL.strip('/')}/", "/admin/", "/preview/")
CACHE_CONTROL = ("Cache-Control", "no-cache")  # a browser asks each time, and mostly hears 304

Headers = list[tuple[str, str]]


class Key(NamedTuple):
    """What an anonymous response depends on, beside the content."""

    scheme: str
    host: str
    path: str
    query: str
    htmx: tuple[str, str]  # the two headers by which django-htmx knows that a fragment is asked for


class StoredPage:
    """A stored response, compressed when it is first asked for so."""

    def __init__(self, headers: Headers, body: bytes):
        self.etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        self.headers = [*headers, ("ETag", self.etag), CACHE_CONTROL]
        self.bodies = {"": body}
        self.size = len(body) + ENTRY_BYTES

    def encoded(self, accepted: str) -> tuple[str, bytes]:
        """Return the best coding that a client accepts, or an empty text, and the body in it."""
        coding = best_coding(accepted) if len(self.bodies[""]) >= MIN_COMPRESSED_BYTES else ""
        if coding not in self.bodies:
            body = self.bodies[""]
            compressed = brotli.compress(body, quality=BROTLI_QUALITY) if coding == "br" else gzip.compress(body, 6)
            self.bodies[coding] = compressed
        return coding, self.bodies[coding]


class Edition:
    """The pages of one version of the content on one day; the next edition begins without any."""

    def __init__(self, version: int, day: date, next_publication: NextPublication):
        self.version = version
        self.day = day
        self.ends_at = time.monotonic() + next_publication.seconds if next_publication.seconds else float("inf")
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
        self.midnight = timezone.make_aware(midnight).timestamp()
        self.files = f"{RELEASE}-{version}-{day:%j}-{next_publication.at or 0:.0f}"
        self.pages: OrderedDict[Key, StoredPage] = OrderedDict()
        self.values: OrderedDict[Hashable, Any] = OrderedDict()
        self.size = 0
        self.lock = threading.Lock()

    def is_current(self, version: int) -> bool:
        """True if the content is still that of this edition."""
        return version == self.version and time.time() < self.midnight and time.monotonic() < self.ends_at

    def file_etag(self, key: Key) -> str:
        """Return the ETag of the file at an address: it changes with the content, and is another for other rows."""
        address = hashlib.blake2b("\n".join([key.host, key.path, key.query]).encode(), digest_size=6).hexdigest()
        return f'W/"{self.files}-{address}"'

    def get(self, key: Key) -> StoredPage | None:
        """Return a page, and note that it was asked for."""
        with self.lock:
            if page := self.pages.get(key):
                self.pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return a value that several pages need, made when it is first asked for."""
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
                return self.values[key]
        value = make()
        with self.lock:
            self.values[key] = value
            if len(self.values) > MAX_VALUES:
                self.values.popitem(last=False)
        return value

    def put(self, key: Key, page: StoredPage) -> None:
        """Keep a page; those that were not asked for the longest make room."""
        with self.lock:
            if key in self.pages:
                return
            self.pages[key] = page
            self.size += page.size
            while self.size > MAX_BYTES:
                _key, oldest = self.pages.popitem(last=False)
                self.size -= oldest.size


class PageStore:
    """WSGI middleware that answers anonymous requests from the store, and stores what they are answered."""

    def __init__(self, application: WSGIApplication, version: AskedVersion):
        self.application = application
        self.version = version
        self.edition = Edition(-1, date(1970, 1, 1), NextPublication(None, None))
        self.lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        edition = self.current_edition() if is_anonymous_reading(environ) else None
        if edition is None:
            count_store_answer("bypass")
            return self.application(environ, start_response)
        return self.respond(edition, environ, start_response)

    def respond(self, edition: Edition, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer an anonymous request from an edition, or make what it lacks."""
        key = key_of(environ)
        if page := edition.get(key):
            count_store_answer("hit")
            return answer(page, environ, start_response)
        if has_etag(environ, etag := edition.file_etag(key)):
            count_store_answer("hit")
            return not_modified(etag, start_response)
        count_store_answer("miss")
        return self.make(edition, key, environ, start_response)

    def current_edition(self) -> Edition | None:
        """Return the edition of the content as it is now, or nothing if the database cannot be asked."""
        try:
            version = self.version()
            if not self.edition.is_current(version):
                with self.lock:
                    if not self.edition.is_current(version):
                        self.edition = Edition(version, timezone.localdate(), self.version.next_publication())
        except psycopg.Error:
            return None
        return self.edition

    def make(self, edition, key, environ, start_response):
        """Let the application answer as if no cookie had been sent, and store the answer if anybody would get it."""
        anonymous = {name: value for name, value in environ.items() if name != "HTTP_COOKIE"}
        status, headers, response = self.ask_application({**anonymous, EDITION: edition})
        names = {name.lower() for name, _value in headers}
        if not status.startswith("200") or names & {"set-cookie", "cache-control"}:
            start_response(status, headers)
            return response
        if getattr(response, "streaming", True):
            start_response(status, [*headers, ("ETag", edition.file_etag(key)), CACHE_CONTROL])
            return response
        if environ["REQUEST_METHOD"] == "HEAD":
            start_response(status, headers)
            return response
        body = b"".join(response)
        response.close()
        page = StoredPage([header for header in headers if header[0].lower() not in {"content-length", "vary"}], body)
        if len(body) <= MAX_PAGE_BYTES:
            edition.put(key, page)
        return answer(page, environ, start_response)

    def ask_application(self, environ: WSGIEnvironment) -> tuple[str, Headers, Any]:
        """Return status, headers and body; the store compresses pages itself, once for all who ask."""
        started: list[tuple[str, Headers]] = []

        def start_response(status, headers, error=None):
            started.append((status, headers))
            return lambda data: None

        if not is_download(environ["PATH_INFO"]) or environ["PATH_INFO"].endswith(COMPRESSED):
            environ = {**environ, "HTTP_ACCEPT_ENCODING": ""}
        response = self.application(environ, start_response)
        return *started[-1], response


def is_anonymous_reading(environ: WSGIEnvironment) -> bool:
    """True if a request reads a page as anybody would."""
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and not environ["PATH_INFO"].startswith(NEVER_STORED)
        and not has_signed_session(environ.get("HTTP_COOKIE", ""))
        and "HTTP_AUTHORIZATION" not in environ
    )


def key_of(environ: WSGIEnvironment) -> Key:
    """Return what the answer to an anonymous request depends on."""
    scheme = environ["wsgi.url_scheme"]
    if settings.SECURE_PROXY_SSL_HEADER:
        header, _secure = settings.SECURE_PROXY_SSL_HEADER
        scheme = environ.get(header, scheme)
    return Key(
        scheme,
        environ.get("HTTP_HOST", ""),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
        (environ.get("HTTP_HX_REQUEST", ""), environ.get("HTTP_HX_REQUEST_URI_AUTOENCODED", "")),
    )


def best_coding(accepted: str) -> str:
    """Return the coding to answer with, for an Accept-Encoding header: ``br``, ``gzip`` or an empty text for none."""
    codings = {}
    for item in accepted.lower().split(","):
        name, _, weight = item.partition(";")
        codings[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in ("br", "gzip") if codings.get(name, codings.get("*", False))), "")


def has_etag(environ: WSGIEnvironment, etag: str) -> bool:
    """True if the client has the response with this ETag already."""
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    return known == "*" or etag.removeprefix("W/") in (item.strip().removeprefix("W/") for item in known.split(","))


def not_modified(etag: str, start_response: StartResponse) -> Iterable[bytes]:
    """Answer that the client's response is still right."""
    start_response("304 Not Modified", [("ETag", etag), CACHE_CONTROL, ("Vary", "Accept-Encoding, HX-Request")])
    return []


def answer(page: StoredPage, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with a stored page, in a coding that the client accepts."""
    if has_etag(environ, page.etag):
        return not_modified(page.etag, start_response)
    coding, body = page.encoded(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = [*page.headers, ("Vary", "Accept-Encoding, Cookie, HX-Request"), ("Content-Length", str(len(body)))]
    if coding:
        headers.append(("Content-Encoding", coding))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
