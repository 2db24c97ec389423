"""``python -m pkportal.serving HOST PORT`` serves the portal; it is loaded once, before its workers are forked."""

import sys

from pkportal.wsgi import application

from .workers import serve

_program, host, port = sys.argv
serve(application, host, int(port))
