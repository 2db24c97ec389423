"""The website layer as a Django app."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The public site: lists, filters, search, downloads."""

    name = "pkportal.website"
