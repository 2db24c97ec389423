"""Forms of parts that are edited on the page of the record they are part of."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import InlineForeignKeyField
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pkportal.changes.cells import cells_of, draft_columns
from pkportal.changes.drafts import Edit
from pkportal.changes.models import Action

from .autocomplete import AutocompleteWidget
from .deleted_rows import sent_keys, with_deleted_as_new
from .draft_forms import REFERENCE_TOKEN, ROWS_TOKEN, DraftForm
from .optimistic_locking import TOKENS, split_tokens, token_of
from .swapped_keys import SwappingForm, SwappingFormSet
from .waiting_choices import as_key


class PartKeyField(forms.Field):
    """Hidden field of the primary key of the part that a form is of, which its formset has paired with its row."""

    widget = forms.HiddenInput

    def __init__(self, part: models.Model):
        super().__init__(required=False, initial=None if part._state.adding else part.pk)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return False: it says which part it is, and nothing of it."""
        return False

    def clean(self, value: Any) -> Any:
        """Return the key of the part; that of a row which claims to be new counts for nothing."""
        return super().clean(self.initial)


class InlineForm(SwappingForm, DraftForm):
    """Form of one part; a part that was not changed is not validated again and costs no query."""

    is_dropped = forms.BooleanField(label=_("Drop this row"), required=False)
    is_deleted = False  # by somebody else, while the page was open

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # Django wraps that of a related record
            widget.attrs["aria-label"] = field.label
            if isinstance(widget, AutocompleteWidget) and widget.loaded is None:  # by the draft
                widget.loaded = self.instance._state.fields_cache.get(name)
                field.linked = [widget.loaded] if widget.loaded else []

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

    @cached_property
    def changed_data(self):
        """Let a part stay deleted in which nothing was typed, or that is dropped."""
        is_left_out = self["is_dropped"].data or (self.is_deleted and self.is_untouched)
        return [] if self.instance.pk is None and is_left_out else super().changed_data

    @cached_property
    def is_untouched(self):
        """True if every field has the value that the page was opened with."""
        opened = dict(split_tokens(self.data.get(self.add_prefix(TOKENS))))
        fields = {name: self.fields[name] for name in opened if name in self.fields}
        return bool(fields) and all(
            token_of(typed_value(self, name, field)) == opened[name] for name, field in fields.items()
        )

    @cached_property
    def gone_reference(self):
        """The reference of a row that the draft was to add when the page was opened, and is not to any more."""
        sent = dict(split_tokens(self.data.get(self.add_prefix(TOKENS)))).get(REFERENCE_TOKEN, "")
        return sent if self.instance.pk is None and sent != self.reference else ""

    def remember_removal(self, is_removed: bool) -> None:
        """Compare whether the draft removes the part, too, when the form is sent."""
        if is_removed:
            self.initial[DELETION_FIELD_NAME] = True
        self.stored_tokens[DELETION_FIELD_NAME] = token_of(is_removed)
        self.initial[TOKENS] += f";{DELETION_FIELD_NAME}={token_of(is_removed)}"

    def is_removed_meanwhile(self):
        """True if the draft was not to remove the part when the page was opened, and is now."""
        opened = dict(split_tokens(self[TOKENS].data)).get(DELETION_FIELD_NAME)
        is_ticked = self.cleaned_data.get(DELETION_FIELD_NAME)
        return not is_ticked and bool(self.initial.get(DELETION_FIELD_NAME)) and opened == token_of(False)

    def clean(self):
        """Say once that a part was deleted meanwhile; what was typed is a new row from then on."""
        if self.is_deleted or (self.is_removed_meanwhile() and not self.is_untouched):
            self.data = self.data.copy()
            self.data[self.add_prefix(TOKENS)] = self.initial[TOKENS]
            raise ValidationError(self.what_became_of_row(), "deleted_meanwhile")
        return super().clean()

    def what_became_of_row(self):
        """Say what others did with the row, and how to go on."""
        if self.instance.pk:
            return _(
                "Somebody marked this row to be deleted while you had it open. It shows what you typed. Save again to "
                "keep it, or mark it too."
            )
        if self.gone_reference and self._meta.model._base_manager.filter(reference=self.gone_reference).exists():
            return _(
                "This row was published while you had it open, and is above. It shows what you typed: write it "
                "there, and drop this one."
            )
        return _(
            "Somebody deleted this row while you had it open. It shows what you typed. Save again to keep it as "
            "a new row, or drop it."
        )

    def _post_clean(self):
        """Validate the constraints with the parent, which Django leaves out and the database does not."""
        super()._post_clean()
        if self.errors or self.is_for_review:
            return
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)


def typed_value(form: forms.Form, name: str, field: forms.Field) -> Any:
    """Return the value that was typed in a field, or as it was typed if it cannot be read."""
    typed = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    try:
        return field.clean(typed)
    except ValidationError:
        return typed


class InlineFormSet(SwappingFormSet):
    """The forms of the parts of one record; with a draft, also of those that are to be added to it.

    A page pairs its rows with parts by their keys: others may have added and deleted some meanwhile.
    """

    deleted_count = 0

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound and self.management_form.is_valid():
            self.part_with_deleted()

    def part_with_deleted(self):
        """Make new rows of those whose part was deleted meanwhile."""
        key = self.model._meta.pk.name
        total = self.total_form_count()
        keys = sent_keys(self.data, self.prefix, min(self.initial_form_count(), total), key)
        parts = {str(part.pk): part for part in self.get_queryset()} if keys else {}
        deleted = [index for index, sent in enumerate(keys) if sent not in parts]
        if deleted:
            self.data = with_deleted_as_new(self.data, self.prefix, deleted, (len(keys), total), key)
            self.deleted_count = len(deleted)
            del self.management_form
        self._queryset = [parts[sent] for sent in keys if sent in parts]

    def _construct_form(self, i, **kwargs):
        """Tell the form of a row whose part was deleted."""
        form = super()._construct_form(i, **kwargs)
        first = self.initial_form_count() if self.deleted_count else 0
        form.is_deleted = first <= i < first + self.deleted_count or bool(self.is_bound and form.gone_reference)
        return form

    def add_fields(self, form, index):
        """Tick the box of a part that the draft removes, and remember that it is ticked."""
        super().add_fields(form, index)
        form.fields[self.model._meta.pk.name] = PartKeyField(form.instance)
        if self.can_delete:
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = _("Delete this row")
        if self.form.draft and self.can_delete and form.instance.pk:
            form.remember_removal(self.form.draft.removes(form.instance.reference))

    def clean(self):
        """Refuse two parts with the same key, also where part of the key is blank, which Django allows."""
        super().clean()
        names = [name for name in self.model.key_fields if name != self.fk.name]
        deleted = self.deleted_forms  # looks at every form each time it is asked for
        kept = [form for form in self.forms if form not in deleted and form.is_valid()]
        keys = Counter(
            tuple(as_key(form.cleaned_data.get(name)) for name in names) for form in kept if form.cleaned_data
        )
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
        deleted = self.deleted_forms
        kept = {form.reference for form in self.extra_forms if form not in deleted}
        return [reference for reference in self.shown_added() if reference not in kept]

    def shown_added(self):
        """Return the references of the rows to be added that the page had when it was opened."""
        shown = dict(split_tokens(self.data.get(TOKENS))).get(ROWS_TOKEN, "").split(",")
        return [reference for reference in self.form.draft.added(self.model) if reference in shown]
