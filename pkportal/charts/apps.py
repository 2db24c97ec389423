"""The charts layer as a Django app."""

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Charts as SVG: pure functions from data to geometry, drawn by template tags."""

    name = "pkportal.charts"
