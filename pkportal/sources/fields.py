"""Model field for Markdown whose citations are validated against the sources."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from pkportal.content.absent_records import what_became_of

from .citations import bracketed_codes, cited_codes, malformed_citations

MAX_LENGTH = 50_000  # characters; the search column of a record can hold the words of six such texts in any script


class MarkdownField(models.TextField):
    """Text in Markdown; it is invalid while it cites a source that does not exist."""

    description = _("Markdown with citations")
    default_error_messages = {
        "unknown_source": _('No source has the code "%(code)s".'),
        "malformed": _("“%(citation)s” is not a citation. Write [@code] or [@code, p. 12]."),
        "too_long": _("The text has %(size)d characters; it can have %(most)d."),
    }

    def validate(self, value, model_instance):
        """Report every unknown code at once; a text without citations costs no query."""
        super().validate(value, model_instance)
        text = value or ""
        if len(text) > MAX_LENGTH:
            raise ValidationError(self.error_messages["too_long"], "too_long", {"size": len(text), "most": MAX_LENGTH})
        if wrong := malformed_citations(text):
            message = self.error_messages["malformed"]
            raise ValidationError([ValidationError(message, "malformed", {"citation": it}) for it in wrong[:10]])
        # found by name, because a model of this app may have such a field itself
        source = apps.get_model("sources", "Source")
        max_length = source._meta.get_field("code").max_length
        # the index of cited codes includes code spans, and cannot hold a code of any length
        codes = [*cited_codes(text), *(code for code in bracketed_codes(text) if len(code) > max_length)]
        known = source.objects.filter(code__in=codes).values_list("code", flat=True)
        if unknown := sorted({*codes} - {*known}, key=codes.index):
            known_of = what_became_of(source, unknown)
            short = {code: code if len(code) <= max_length else f"{code[:max_length]}…" for code in unknown}
            said = {code: self.error_messages["unknown_source"] % {"code": shown} for code, shown in short.items()}
            texts = [f"{text} {known_of.get(code, '')}".strip() for code, text in said.items()]
            raise ValidationError([ValidationError(text, "unknown_source") for text in texts])

    def formfield(self, **kwargs):
        """Add a class to the widget, by which the admin finds it to add a preview."""
        formfield = super().formfield(**kwargs)
        attrs = formfield.widget.attrs
        attrs["class"] = f"{attrs.get('class', '')} markdown".strip()
        return formfield
