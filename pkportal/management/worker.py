"""The application as `manage.py up` serves it, loaded by each worker of the server and by nobody else."""

import os
import sys

from pkportal.wsgi import application

__all__ = ["application"]

if sys.platform != "win32":
    # A terminal's Ctrl-C goes to a whole group of processes. A worker that hears it, and then the server's own word to
    # end, may hang until it is killed; in a group of its own it hears the server alone.
    os.setpgrp()
