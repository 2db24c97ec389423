"""The content layer as a Django app: it owns the database functions that columns of every model are made of."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from .plain_messages import replace_messages


class ContentConfig(AppConfig):
    """Contracts of models with records: keys, publication, pages, search, history, checks."""

    name = "pkportal.content"

    def __init__(self, app_name, app_module):
        super().__init__(app_name, app_module)
        replace_messages()  # before any form is declared: its fields have their messages from then on

    def ready(self):
        """Give the tables of new models their triggers and constraints after each ``migrate``."""
        from .direction_constraints import constrain_directions
        from .kept_counts import count_changes
        from .link_sets import link_changes
        from .reference_triggers import keep_references
        from .unique_constraints import make_deferrable
        from .version import watch_content

        post_migrate.connect(watch_content, dispatch_uid="pkportal.content.watch_content")
        post_migrate.connect(count_changes, dispatch_uid="pkportal.content.count_changes")
        post_migrate.connect(link_changes, dispatch_uid="pkportal.content.link_changes")
        post_migrate.connect(constrain_directions, dispatch_uid="pkportal.content.constrain_directions")
        post_migrate.connect(keep_references, dispatch_uid="pkportal.content.keep_references")
        post_migrate.connect(make_deferrable, dispatch_uid="pkportal.content.make_deferrable")
