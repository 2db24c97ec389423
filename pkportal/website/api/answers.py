"""Answers of the API: JSON with an ETag of the content version, links to the pages beside it, or 304."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag

from pkportal.content.version import EDITION


class JsonBody(NamedTuple):
    """The text of an answer, and the addresses of the pages beside it by their relation: next, prev."""

    text: str
    links: Mapping[str, str | None] = {}


def json_response(request: HttpRequest, make: Callable[[], JsonBody]) -> HttpResponse:
    """Answer with JSON, or with 304 and without making it if the client has what the present content gives.

    Where the server keeps no edition of the content, the ETag is that of the text.
    """
    edition = request.environ.get(EDITION)
    if edition is None:
        response = _fresh(make())
        set_response_etag(response)
        return _uncached(get_conditional_response(request, etag=response["ETag"], response=response))
    # unlike that of a file: the store of pages would answer 304 itself, without the headers that other sites need
    address = hashlib.blake2b(request.build_absolute_uri().encode(), digest_size=6).hexdigest()
    etag = f'W/"api-{edition.files}-{address}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _fresh(make())
    response.headers["ETag"] = etag
    return _uncached(response)


def _fresh(body):
    response = HttpResponse(body.text, content_type="application/json")
    if link := ", ".join(f'<{address}>; rel="{name}"' for name, address in body.links.items() if address):
        response.headers["Link"] = link
    return response


def _uncached(response):
    # with this header the store of pages keeps nothing: whoever reads a million rows would push all pages out of it
    response.headers["Cache-Control"] = "no-cache"
    return response


def rows_body(rows: list[str], links: Mapping[str, str | None], **more: str) -> JsonBody:
    """Return the body of rows, which are JSON already, with the links of their page."""
    lines = ",".join(f"\n{row}" for row in rows)
    others = "".join(f', "{name}": {json.dumps(value)}' for name, value in more.items())
    return JsonBody(f'{{"data": [{lines}\n], "links": {json.dumps(links)}{others}}}\n', links)
