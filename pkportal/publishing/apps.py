"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Register pkportal.publishing as an app, and put the portal's name on the desk."""

    name = "pkportal.publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Name the desk."""
        from django.contrib import admin

        name = _("Peacekeeping Record – editorial desk")
        admin.site.site_header = admin.site.site_title = admin.site.index_title = name
