"""What a visitor reads when a page fails."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views import defaults

RETRY_SECONDS = 10


def server_error(request):
    """Answer 503 when the database was busy or not there, and 500 for any other fault."""
    _class, error, _traceback = sys.exc_info()
    if not isinstance(error, OperationalError | InterfaceError):
        return defaults.server_error(request)
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response
