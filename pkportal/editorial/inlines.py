"""Parts that are edited on the page of their whole: their rules are asked of both together."""

from collections import Counter

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .autocomplete import AutocompleteWidget
from .optimistic_locking import OptimisticLockingForm


class InlineForm(OptimisticLockingForm):
    """A part whose key may be taken already by another part of the same whole."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(choice := getattr(field.widget, "widget", None), AutocompleteWidget):
                choice.loaded = self.instance._state.fields_cache.get(name)

    def _post_clean(self):
        """Ask the rules again with the whole in them: Django leaves it out, and the database would refuse."""
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)


class InlineFormSet(forms.BaseInlineFormSet):
    """The parts of one whole."""

    def clean(self):
        """Refuse two parts with one key; where part of the key is blank, Django takes them for different."""
        super().clean()
        names = [name for name in self.model.key_fields if name != self.fk.name]
        kept = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        keys = Counter(tuple(form.cleaned_data.get(name) for name in names) for form in kept if form.cleaned_data)
        if any(number > 1 for number in keys.values()):
            words = get_text_list([str(self.model._meta.get_field(name).verbose_name) for name in names], _("and"))
            raise ValidationError(_("Two of them have the same %(key)s.") % {"key": words})
