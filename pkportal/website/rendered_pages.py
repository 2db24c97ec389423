"""Public pages that are rendered inside another request, as previews: marked, and in no store."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django_htmx.middleware import HtmxDetails

from pkportal.content.version import EDITION
from pkportal.sources.terms import explained_terms

from .errors import not_found
from .glossary import explained_abbreviations

MAX_PROBLEMS = 20
KEPT_HEADERS = {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
PRIVATE_HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_own_address = re.compile(r"""(<form\b[^>]*\saction="|<a\b[^>]*\shref=")(?=\?)|(<form\b[^>]*\saction=")(?=#)""")
_outside = re.compile(r"""<(a|form)(?=\s[^>]*\b(?:href|action)="(?:/|https?:))""")


class PreviewMark(NamedTuple):
    """What a page says of itself when it is a preview; base.html shows it.

    ``problems`` say what of the change set is not shown. If it ``is_shared``, somebody without an account reads it, and
    can write a comment.
    """

    label: str
    as_of: datetime
    problems: Sequence[str] = ()
    is_shared: bool = False

    @property
    def first_problems(self) -> Sequence[str]:
        """The problems that are listed."""
        return self.problems[:MAX_PROBLEMS]

    @property
    def more_problems(self) -> int:
        """How many more there are."""
        return len(self.problems) - len(self.first_problems)


def render_public_page(request: HttpRequest, address: str, mark: PreviewMark, query: str = "") -> HttpResponse:
    """Return the public page at an address as any reader would get it, complete, marked as a preview.

    The request is another one for the same host; nothing of the account behind it reaches the page.
    """
    kept = {name: value for name, value in request.META.items() if name in KEPT_HEADERS or not name.startswith("HTTP_")}
    environ = {**kept, "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": query, EDITION: None}
    page = WSGIRequest(environ)
    page.user, page.htmx, page.preview = AnonymousUser(), HtmxDetails(page), mark
    terms = explained_terms.set(lru_cache(1)(explained_abbreviations))
    try:
        page.resolver_match = resolve(address)
        response = page.resolver_match.func(page, *page.resolver_match.args, **page.resolver_match.kwargs)
        if hasattr(response, "render"):
            response.render()
    except Http404 as error:
        response = not_found(page, error)
    finally:
        explained_terms.reset(terms)
    return response


def keep_private(response: HttpResponse) -> HttpResponse:
    """Let nobody keep a response, find it, or learn its address from the links in it; return it."""
    for name, value in PRIVATE_HEADERS.items():
        response.headers[name] = value
    return response


def open_links_outside(html: str) -> str:
    """Let links and forms that lead to the public site open it in a window of its own: no page of it can be framed."""
    return _outside.sub(r'<\1 target="_blank"', html)


def lead_to_public_page(html: str, address: str) -> str:
    """Let links and forms that ask something of the page itself lead to the public page."""
    return _own_address.sub(lambda match: f"{match[0]}{address}", html)
