"""Change sets as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """Change sets: what somebody wants to change, compared, reviewed, applied and undone."""

    name = "pkportal.changes"
    verbose_name = _("review")

    def ready(self):
        """Say of records that are named and not on record what became of them."""
        from pkportal.content.absent_records import explain_absence_by

        from .absent_records import explain_absent

        explain_absence_by(explain_absent)
