"""Reading the API from pages of other sites: every answer allows it, and nobody's cookies are sent along (CORS)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import API_PATH

FOR_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
METHODS_ALLOWED = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Allow": METHODS_ALLOWED,
    "Access-Control-Allow-Methods": METHODS_ALLOWED,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def open_to_other_sites(get_response: Callable) -> Callable:
    """Return middleware that lets programs in the pages of other sites read the API, its errors included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API_PATH):
            return get_response(request)
        is_preflight = request.method == "OPTIONS"
        response = HttpResponse(status=204, headers=PREFLIGHT) if is_preflight else get_response(request)
        more = {"Allow": METHODS_ALLOWED} if response.status_code == 405 else {}
        for name, value in {**FOR_ALL, **more}.items():
            response.headers[name] = value
        return response

    return middleware
