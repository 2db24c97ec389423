"""What all tests stand on."""

import os
from pathlib import Path

import pytest

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
