"""The ground floor as a Django app, for its commands and its database functions."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """What every kind of content stands on."""

    name = "pkportal"
