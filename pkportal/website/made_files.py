"""Static files finder for files that are made from others: the joined stylesheets, and the outlines of maps."""

import atexit
from collections.abc import Callable
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from pkportal.charts.geography import MAP_AREAS, outlines_svg

from .stylesheet import STYLESHEET_PARTS, joined_css

MADE_FILES: dict[str, Callable[[], str]] = {
    **{sheet: partial(joined_css, sheet) for sheet in STYLESHEET_PARTS},
    **{area.outlines_file: partial(outlines_svg, area) for area in MAP_AREAS},
}


class MadeFilesFinder(BaseFinder):
    """Finds the files of ``MADE_FILES``, which a function makes."""

    def __init__(self, *args, **kwargs):
        folder = mkdtemp(prefix="made-files-")
        atexit.register(rmtree, folder, ignore_errors=True)
        self._storage = FileSystemStorage(folder)

    def check(self, **kwargs):
        """Return no problems: there is nothing to configure."""
        return []

    def find(self, path, find_all=False, **kwargs):
        """Return the path of a file; it is made at each call, so that a change is visible at once."""
        if path not in MADE_FILES:
            return []
        file = Path(self._storage.path(path))
        file.parent.mkdir(exist_ok=True)
        file.write_text(MADE_FILES[path](), encoding="utf-8")
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns):
        """Yield the files for ``collectstatic``."""
        for path in MADE_FILES:
            self.find(path)
            yield path, self._storage
