"""What all tests stand on."""

import os
import re
from pathlib import Path

import pytest
from django.http import HttpResponse

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_finish(session):
    """Where the browser tests must run, end with an error when there are none, whatever the reason."""
    if os.environ.get("BROWSER_TESTS") == "required" and not any(BROWSER in it.path.parents for it in session.items):
        pytest.exit("BROWSER_TESTS is “required”, and there is no browser test to run.", returncode=1)


@pytest.fixture(autouse=True)
def plain_addresses(settings):
    """Serve static files under their own names, and every page over plain http: nothing is collected for a test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True  # or it warns that nothing is collected
    settings.SECURE_SSL_REDIRECT = False
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture(autouse=True)
def _white_space_as_a_browser_reads_it(monkeypatch):
    """Collapse line breaks in the text of HTML responses: how a template is broken into lines does not matter."""

    def text(response):
        decoded = response.content.decode(response.charset or "utf-8")
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return decoded
        joined = re.sub(r"\s*\n\s*", " ", re.sub(r">\s*\n\s*(?=</?(?:p|li|h[1-4]|tr|ul|ol|div)\b)", ">\n", decoded))
        return re.sub(r"(<(?:p|li|h[1-4])\b[^>]*>) | (?=</(?:p|li|h[1-4])>)", r"\1", joined)

    monkeypatch.setattr(HttpResponse, "text", property(text))
