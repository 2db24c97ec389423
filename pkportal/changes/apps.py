"""Change sets as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """Change sets: what somebody wants to change, compared, reviewed, applied and undone."""

    name = "pkportal.changes"
    verbose_name = _("review")
