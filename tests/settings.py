"""The portal's settings with one kind of content more, which only the tests install."""

from pkportal.settings import *  # noqa: F403
from pkportal.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.equipment"]
ROOT_URLCONF = "tests.urls"
