"""The exchange layer as a Django app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Files of records, in and out."""

    name = "pkportal.exchange"
