"""A column of Markdown whose citations name sources the portal has."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .citations import bracketed_codes, cited_codes, misspelt

LONGEST = 50_000  # characters: the words of six such texts, in any script, are as much as search can hold of a record


class MarkdownField(models.TextField):
    """Text in Markdown; it is refused while it cites a source that does not exist."""

    description = _("Markdown with citations")
    default_error_messages = {
        "unknown_source": _('No source has the code "%(code)s".'),
        "misspelt": _("“%(citation)s” is no citation. Write [@code] or [@code, p. 12]."),
        "too_long": _("The text has %(size)d characters; it can have %(most)d."),
    }

    def validate(self, value, model_instance):
        """Name every unknown code at once; a text that cites nothing costs no query."""
        super().validate(value, model_instance)
        text = value or ""
        if len(text) > LONGEST:
            raise ValidationError(self.error_messages["too_long"], "too_long", {"size": len(text), "most": LONGEST})
        if wrong := misspelt(text):
            message = self.error_messages["misspelt"]
            raise ValidationError([ValidationError(message, "misspelt", {"citation": it}) for it in wrong[:10]])
        # by name, because a model of this app may have such a column itself
        source = apps.get_model("sources", "Source")
        longest = source._meta.get_field("code").max_length
        # the index of cited codes holds what stands in a code span too, and no code of any length
        codes = [*cited_codes(text), *(code for code in bracketed_codes(text) if len(code) > longest)]
        known = source.objects.filter(code__in=codes).values_list("code", flat=True)
        if unknown := sorted({*codes} - {*known}, key=codes.index):
            message = self.error_messages["unknown_source"]
            shown = [code if len(code) <= longest else f"{code[:longest]}…" for code in unknown]
            raise ValidationError([ValidationError(message, "unknown_source", {"code": it}) for it in shown])

    def formfield(self, **kwargs):
        """Mark the box, so that the desk can give it a preview; the admin's own widget stays."""
        formfield = super().formfield(**kwargs)
        attrs = formfield.widget.attrs
        attrs["class"] = f"{attrs.get('class', '')} markdown".strip()
        return formfield
