"""The portal as a Django app, for its commands."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The commands of manage.py: up, down, dump, load."""

    name = "pkportal"
