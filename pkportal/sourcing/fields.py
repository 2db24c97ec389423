"""A column of Markdown whose citations name sources the portal has."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .citations import cited_codes


class MarkdownField(models.TextField):
    """Text in Markdown; it is refused while it cites a source that does not exist."""

    description = _("Markdown with citations")
    default_error_messages = {"unknown_source": _('No source has the code "%(code)s".')}

    def validate(self, value, model_instance):
        """Name every unknown code at once; a text that cites nothing costs no query."""
        super().validate(value, model_instance)
        codes = cited_codes(value or "")
        # by name, because a model of this app may have such a column itself
        known = apps.get_model("sourcing", "Source").objects.filter(code__in=codes).values_list("code", flat=True)
        if unknown := sorted({*codes} - {*known}, key=codes.index):
            message = self.error_messages["unknown_source"]
            raise ValidationError([ValidationError(message, "unknown_source", {"code": it}) for it in unknown])

    def formfield(self, **kwargs):
        """Mark the box, so that the desk can give it a preview; the admin's own widget stays."""
        formfield = super().formfield(**kwargs)
        attrs = formfield.widget.attrs
        attrs["class"] = f"{attrs.get('class', '')} markdown".strip()
        return formfield
