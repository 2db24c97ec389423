"""The app of this room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Register pkportal.publishing as an app."""

    name = "pkportal.publishing"
    default_auto_field = "django.db.models.BigAutoField"
