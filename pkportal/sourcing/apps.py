"""The app of this room."""

from django.apps import AppConfig


class SourcingConfig(AppConfig):
    """Register pkportal.sourcing as an app."""

    name = "pkportal.sourcing"
    default_auto_field = "django.db.models.BigAutoField"
