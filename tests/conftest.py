"""What all tests stand on."""

import pytest


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
