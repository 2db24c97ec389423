"""Static files finder for the joined stylesheet: a page loads one file, made of several small ones."""

import atexit
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SHEET = "css/site.css"
SOURCES = [
    "tokens",
    "base",
    "layout",
    "components",
    "lists",
    "charts",
    "record",
    "analysis",
    "front-page",
    "search",
    "print",
]


class StylesheetFinder(BaseFinder):
    """Finds ``css/site.css``, made of the files in ``static/css`` in the order of ``SOURCES``."""

    def __init__(self, *args, **kwargs):
        folder = mkdtemp(prefix="stylesheet-")
        atexit.register(rmtree, folder, ignore_errors=True)
        self._storage = FileSystemStorage(folder)

    def check(self, **kwargs):
        """Return no problems: there is nothing to configure."""
        return []

    def find(self, path, find_all=False, **kwargs):
        """Return the path of the joined file; it is joined at each call, so that a change is visible at once."""
        if path != SHEET:
            return []
        file = Path(self._storage.path(SHEET))
        file.parent.mkdir(exist_ok=True)
        file.write_text(joined_css(), encoding="utf-8")
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns):
        """Yield the joined file for ``collectstatic``."""
        self.find(SHEET)
        yield SHEET, self._storage


def joined_css() -> str:
    """Return the text of the joined stylesheet."""
    folder = settings.BASE_DIR / "static" / "css"
    return "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in SOURCES)
