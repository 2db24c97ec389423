"""Why the browser tests cannot run on this machine, if they cannot."""

import os
import shutil
from importlib.util import find_spec

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)

if not find_spec("pytest_playwright"):
    LACKING = "their tools are not installed: pip install -r tests/requirements.txt"
elif not CHROMIUM:
    LACKING = f"no browser was found: install one of {', '.join(NAMES)}, or name its program in CHROMIUM"
else:
    LACKING = ""
