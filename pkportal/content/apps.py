"""The content layer as a Django app: it owns the database functions that columns of every model are made of."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Contracts of models with records: keys, publication, pages, search, history, checks."""

    name = "pkportal.content"
