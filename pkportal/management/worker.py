"""The WSGI application as ``manage.py up`` serves it; only the workers of its server import this module."""

import os
import sys

from pkportal.wsgi import application

__all__ = ["application"]

if sys.platform != "win32":
    # A terminal's Ctrl-C goes to a whole process group. A worker that gets this signal and then the server's own may
    # hang until it is killed; in a group of its own it gets only the server's.
    os.setpgrp()
