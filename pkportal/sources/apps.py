"""The sources layer as a Django app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Sources, citations in texts, and Markdown as safe HTML."""

    name = "pkportal.sources"
