"""Keys that rows of one page swap or pass on: a row may take the key that another row of the page gives up."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from pkportal.content.unique_constraints import unique_at_the_end


class SwappingForm(forms.ModelForm):
    """Form of a row, to which its formset tells which rows are changed with it; what two rows have is found there."""

    row_set: Any = None

    def _update_errors(self, errors):
        """Leave out that another record has the same key, if that is a row which is changed with this one."""
        if hasattr(errors, "error_dict"):
            refused = {
                name: [error for error in found if not self.takes_over(error)]
                for name, found in errors.error_dict.items()
            }
            errors = ValidationError({name: found for name, found in refused.items() if found})
        super()._update_errors(errors)

    def takes_over(self, error: ValidationError) -> bool:
        """True if an error says that a record has the same key, and that record is a changed row of the same page."""
        names = (error.params or {}).get("unique_check")
        if not names or self.row_set is None:
            return False
        model = self._meta.model
        key = {field.attname: getattr(self.instance, field.attname) for field in map(model._meta.get_field, names)}
        others = model._base_manager.filter(**key).exclude(pk=self.instance.pk)
        holders = {*others.values_list("pk", flat=True)}
        is_free = bool(holders) and holders <= self.row_set.changed_keys
        self.row_set.swaps_keys |= is_free
        return is_free


class SwappingFormSet(forms.BaseInlineFormSet):
    """Rows that may swap their keys, which the database then checks once all of them are saved."""

    swaps_keys = False

    def _construct_form(self, i, **kwargs):
        """Tell each form of which rows it is one."""
        form = super()._construct_form(i, **kwargs)
        form.row_set = self
        return form

    @cached_property
    def changed_keys(self) -> set[int]:
        """Return the primary keys of the stored rows that are changed or deleted."""
        return {form.instance.pk for form in self.initial_forms if form.has_changed()}

    def save(self, commit=True):
        """Save the rows, in any order if they swap keys."""
        with unique_at_the_end() if self.swaps_keys else nullcontext():
            return super().save(commit)
