"""Where the site's fonts are found: cut when first asked for, kept beside the code, served like any static file."""

import hashlib
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

PACKAGES = ["fontpkg-source-serif-4", "fontpkg-public-sans", "fonttools", "brotli"]
FONTS = ["fonts/record-serif.woff2", "fonts/record-sans.woff2"]
FILES = [*FONTS, "fonts/record-serif-licence.txt", "fonts/record-sans-licence.txt"]


class FontFinder(BaseFinder):
    """Hands the fonts and their licences to collectstatic, and to the server that develops."""

    def check(self, **kwargs):
        """Find nothing wrong: what is missing shows when a font is cut, and names itself."""
        return []

    def find(self, path, find_all=False):
        """Give the place of one of our files, made if need be; nothing for any other path."""
        if path not in FILES:
            return []
        found = str(kept() / path)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        """Give all our files and where they are."""
        storage = FileSystemStorage(location=kept())
        for path in FILES:
            if not matches_patterns(path, ignore_patterns):
                yield path, storage


def kept():
    """Give the folder of this edition's files: beside the code, or where that is closed, of this process alone."""
    folder = settings.BASE_DIR / ".fonts" / edition()
    try:
        make(folder)
    except OSError:
        folder = Path(passing().name)
        make(folder)
    return folder


def edition():
    """Name what the files are made from, so that a new pin or another cut makes new ones."""
    recipe = Path(__file__).with_name("typefaces.py").read_bytes()
    pins = "\n".join(f"{name}=={version(name)}" for name in PACKAGES)
    return hashlib.sha256(recipe + pins.encode()).hexdigest()[:16]


@cache
def passing():
    """Open a folder that goes when this process does."""
    return tempfile.TemporaryDirectory(prefix="pkportal-fonts-")


def make(folder):
    """Put the files into a folder, unless they are there; each whole or not at all, whoever else is making them."""
    if all((folder / path).exists() for path in FILES):
        return
    from pkportal.website.typefaces import FACES  # fonttools takes its time, and most processes never cut a font

    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for face in FACES:
        for path, content in face.files().items():
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(content)
            Path(file.name).chmod(0o644)
            Path(file.name).replace(folder / path)
