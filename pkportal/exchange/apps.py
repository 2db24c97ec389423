"""The app of this room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Register pkportal.exchange as an app."""

    name = "pkportal.exchange"
    default_auto_field = "django.db.models.BigAutoField"
