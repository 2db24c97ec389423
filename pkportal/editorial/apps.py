"""The editorial layer as a Django app."""

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with the portal's site in the place of ``admin.site``."""

    default = False  # it is the app django.contrib.admin
    default_site = "pkportal.editorial.site.PortalAdminSite"


class EditorialConfig(AppConfig):
    """The admin: base classes, roles, signing in, and the site's name on every page."""

    name = "pkportal.editorial"

    def ready(self):
        """Name the admin site, log sign-ins, mail about reviews, and grant permissions on models after ``migrate``."""
        from django.contrib import admin
        from django.contrib.auth.signals import user_logged_in

        from .mail import mail_later
        from .roles import grant_permissions
        from .sign_in_log import connect_log
        from .site import begin_session

        name = _("Peacekeeping Record – admin")
        admin.site.site_header = admin.site.site_title = name
        admin.site.index_title = _("Start")
        apps.get_app_config("auth").verbose_name = _("accounts")
        post_migrate.connect(grant_permissions, dispatch_uid="pkportal.editorial.grant_permissions")
        connect_log()
        log = apps.get_model("changes", "LogItem")
        post_save.connect(mail_later, sender=log, dispatch_uid="pkportal.editorial.mail_later")
        user_logged_in.connect(begin_session, dispatch_uid="pkportal.editorial.begin_session")
