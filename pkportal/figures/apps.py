"""The room of figures: pictures as SVG, from plain data to geometry, drawn by templates."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Pure functions from data to geometry; a template draws the marks and a stylesheet colours them."""

    name = "pkportal.figures"
