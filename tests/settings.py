"""The portal's settings for tests: one kind of content more, plain http, and static files under their own names."""

from pkportal.settings import *  # noqa: F403
from pkportal.settings import INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.equipment"]
ROOT_URLCONF = "tests.urls"

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True  # or it warns that nothing is collected
SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = []  # pytest-django adds "testserver"
STAFF_MFA = "optional"  # or each test of the admin would set up a second factor first
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; ours has tests of its own
