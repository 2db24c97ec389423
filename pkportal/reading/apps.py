"""The app of this room."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """Register pkportal.reading as an app."""

    name = "pkportal.reading"
    default_auto_field = "django.db.models.BigAutoField"
