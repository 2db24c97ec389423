"""``python -m pkportal.serving HOST PORT`` serves the portal; it is loaded once, before its workers are forked."""

import sys

from django.urls import get_resolver

from pkportal.wsgi import application

from .workers import serve

get_resolver().url_patterns  # noqa: B018 - the views of all addresses are loaded into memory that the workers share
_program, host, port = sys.argv
serve(application, host, int(port))
