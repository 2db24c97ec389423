"""Forms of parts that are edited on the page of the record they are part of."""

from collections import Counter

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import InlineForeignKeyField
from django.forms.utils import ErrorDict
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .autocomplete import AutocompleteWidget
from .optimistic_locking import OptimisticLockingForm


class InlineForm(OptimisticLockingForm):
    """Form of one part; a part that was not changed is not validated again and costs no query."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(widget := getattr(field.widget, "widget", None), AutocompleteWidget):
                widget.loaded = self.instance._state.fields_cache.get(name)

    def full_clean(self):
        """Skip validation for a part that was not changed, and take its values from the instance."""
        if not self.is_bound or not self.instance.pk or self.has_changed():
            super().full_clean()
            return
        self._errors = ErrorDict(renderer=self.renderer)
        columns = {field.name for field in self.instance._meta.concrete_fields}
        self.cleaned_data = {
            name: field.parent_instance if isinstance(field, InlineForeignKeyField) else getattr(self.instance, name)
            for name, field in self.fields.items()
            if name in columns
        }

    def _post_clean(self):
        """Validate the constraints with the parent, which Django leaves out and the database does not."""
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)


class InlineFormSet(forms.BaseInlineFormSet):
    """The forms of the parts of one record."""

    def clean(self):
        """Refuse two parts with the same key, also where part of the key is blank, which Django allows."""
        super().clean()
        names = [name for name in self.model.key_fields if name != self.fk.name]
        kept = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        keys = Counter(tuple(form.cleaned_data.get(name) for name in names) for form in kept if form.cleaned_data)
        if any(number > 1 for number in keys.values()):
            labels = get_text_list([str(self.model._meta.get_field(name).verbose_name) for name in names], _("and"))
            raise ValidationError(_("Two rows have the same %(key)s.") % {"key": labels})
