"""The content layer as a Django app: it owns the database functions that columns of every model are made of."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContentConfig(AppConfig):
    """Contracts of models with records: keys, publication, pages, search, history, checks."""

    name = "pkportal.content"

    def ready(self):
        """Give the tables of new models their triggers and constraints after each ``migrate``, and replace messages."""
        from .direction_constraints import constrain_directions
        from .kept_counts import count_changes
        from .link_sets import link_changes
        from .plain_messages import replace_messages
        from .reference_triggers import keep_references
        from .version import watch_content

        replace_messages()
        post_migrate.connect(watch_content, dispatch_uid="pkportal.content.watch_content")
        post_migrate.connect(count_changes, dispatch_uid="pkportal.content.count_changes")
        post_migrate.connect(link_changes, dispatch_uid="pkportal.content.link_changes")
        post_migrate.connect(constrain_directions, dispatch_uid="pkportal.content.constrain_directions")
        post_migrate.connect(keep_references, dispatch_uid="pkportal.content.keep_references")
