"""Forms of parts that are edited on the page of the record they are part of."""

from collections import Counter
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import InlineForeignKeyField
from django.forms.utils import ErrorDict
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pkportal.changes.cells import cells_of, draft_columns
from pkportal.changes.drafts import Edit
from pkportal.changes.models import Action

from .autocomplete import AutocompleteWidget
from .draft_forms import ROWS_TOKEN, DraftForm
from .optimistic_locking import TOKENS, split_tokens


class InlineForm(DraftForm):
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
        self.cleaned_data[DELETION_FIELD_NAME] = self.initial.get(DELETION_FIELD_NAME, False)

    def _post_clean(self):
        """Validate the constraints with the parent, which Django leaves out and the database does not."""
        super()._post_clean()
        if self.errors or self.draft:
            return
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)


class InlineFormSet(forms.BaseInlineFormSet):
    """The forms of the parts of one record; with a draft, also of those that are to be added to it."""

    def add_fields(self, form, index):
        """Tick the box of a part that the draft removes."""
        super().add_fields(form, index)
        if self.form.draft and self.can_delete and self.form.draft.removes(getattr(form.instance, "reference", "")):
            form.initial[DELETION_FIELD_NAME] = True

    def clean(self):
        """Refuse two parts with the same key, also where part of the key is blank, which Django allows."""
        super().clean()
        names = [name for name in self.model.key_fields if name != self.fk.name]
        kept = [form for form in self.forms if form not in self.deleted_forms and form.is_valid()]
        keys = Counter(tuple(form.cleaned_data.get(name) for name in names) for form in kept if form.cleaned_data)
        if any(number > 1 for number in keys.values()):
            labels = get_text_list([str(self.model._meta.get_field(name).verbose_name) for name in names], _("and"))
            raise ValidationError(_("Two rows have the same %(key)s.") % {"key": labels})

    def edits(self) -> Iterator[Edit]:
        """Yield what was typed in the rows of a draft."""
        parent = draft_columns(self.model)[self.fk.name].widget.render(self.instance)
        removed = self.deleted_forms if self.can_delete else []
        for form in self.initial_forms:
            draft, reference = form.draft, form.instance.reference
            if form in removed:
                cells = {name: (cell, "") for name, cell in cells_of(form.instance).items()}
                yield Edit(self.model, reference, Action.REMOVE, str(form.instance), cells)
            elif form.has_changed() or (draft and draft.removes(reference)):
                title = str(form.instance)
                yield form.edit() or Edit(self.model, reference, Action.CHANGE, title, {})
        for form in self.extra_forms:
            if form.has_changed() and form not in removed and (edit := form.edit(**{self.fk.name: parent})):
                yield edit

    def dropped(self) -> list[str]:
        """Return the references of rows that were to be added, and that the page no longer has."""
        if not self.form.draft or not self.is_bound:
            return []
        kept = {form.reference for form in self.extra_forms if form not in self.deleted_forms}
        return [reference for reference in self.shown_added() if reference not in kept]

    def shown_added(self):
        """Return the references of the rows to be added that the page had when it was opened."""
        shown = dict(split_tokens(self.data.get(TOKENS))).get(ROWS_TOKEN, "").split(",")
        return [reference for reference in self.form.draft.added(self.model) if reference in shown]
