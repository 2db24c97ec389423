"""Form fields of the admin: widgets for long texts, lists of choices and related records."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst

from pkportal.content.clean_texts import TextKind, clean_text
from pkportal.content.dates import PartialDateField

from . import typed_cells
from .autocomplete import AutocompleteMultipleWidget, AutocompleteWidget
from .waiting_choices import RecordsByCode, choice_value, is_by_code

WRAPPED = 100  # characters that a text of one line can have, from which it has more than one line on the page


class LongTextWidget(AdminTextareaWidget):
    """A text area that keeps line ends as they were: browsers send CRLF, which would count as an edit."""

    def value_from_datadict(self, data, files, name):
        """Return the text with plain line ends."""
        return clean_text(super().value_from_datadict(data, files, name) or "", TextKind.LONG)


class WrappedTextWidget(forms.Textarea):
    """A text of one line in an area that is as high as the text needs, so that all of it can be read on a phone."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 1, "cols": False, "class": "vTextField wrapped", **(attrs or {})})

    def value_from_datadict(self, data, files, name):
        """Return the text in one line: a line break, as in what was pasted, is a space."""
        return " ".join((super().value_from_datadict(data, files, name) or "").splitlines())


class LinkedRecordField(RecordsByCode):
    """Field of one record, which is shown with its code; one that is linked already is not looked up again."""

    def to_python(self, value):
        """Return the record, also one that waits."""
        if is_by_code(value):
            return self.by_code(value)
        linked = (record for record in self.linked if str(choice_value(record)) == value)
        return next(linked, None) or super().to_python(value)


class LinkedRecordsField(RecordsByCode, forms.ModelMultipleChoiceField):
    """Field of several records; those that are linked already are not looked up again when they are sent."""

    def clean(self, value):
        """Return the linked records if exactly they were sent, and else those that are stored, then those that wait."""
        is_same = self.linked and {*map(str, value or ())} == {str(choice_value(record)) for record in self.linked}
        if is_same:
            return self.linked
        waiting = [self.by_code(choice) for choice in value or () if is_by_code(choice)]
        stored = [choice for choice in value or () if not is_by_code(choice)]
        return [*(super().clean(stored) if stored else ()), *waiting] if waiting else super().clean(value)


def read_as_typed(form_class: type[forms.Field]) -> dict[str, Any]:
    """Return the options of a form field that has a widget of its own."""
    return {"form_class": form_class, "widget": form_class.widget}


class RecordFormFields:
    """Mixin of ``RecordAdmin`` and ``RecordInline``: which form field and widget each column gets."""

    formfield_overrides = {
        models.CharField: {"form_class": typed_cells.ShortTextField},
        models.SlugField: {"form_class": typed_cells.CodeField, "widget": AdminTextInputWidget},
        models.TextField: {"form_class": typed_cells.LongTextField, "widget": LongTextWidget, "strip": False},
        models.IntegerField: read_as_typed(typed_cells.WrittenNumberField),
        models.BigIntegerField: read_as_typed(typed_cells.WrittenNumberField),
        models.FloatField: read_as_typed(typed_cells.WrittenFractionField),
        models.DecimalField: read_as_typed(typed_cells.WrittenDecimalField),
        models.URLField: {"form_class": typed_cells.AddressField, "assume_scheme": "https"},
        PartialDateField: {"form_class": typed_cells.WrittenDateField},
        models.DateField: read_as_typed(typed_cells.WrittenDayField),
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Show tick boxes for an array of choices, and let each field refuse a value in the words of files."""
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            field = typed_cells.ChosenCodesField(
                choices=db_field.base_field.choices,
                widget=forms.CheckboxSelectMultiple,
                required=not db_field.blank,
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
            )
        else:
            if db_field.choices:
                kwargs["choices_form_class"] = typed_cells.ChosenCodeField
            elif type(db_field) is models.CharField and db_field.max_length >= WRAPPED:
                kwargs.setdefault("widget", WrappedTextWidget)
            field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, typed_cells.TypedText | typed_cells.TypedValue):
            field.db_field = db_field
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Use an autocomplete widget for a foreign key."""
        kwargs.setdefault("form_class", LinkedRecordField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteWidget(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Use an autocomplete widget for a many-to-many field."""
        kwargs.setdefault("form_class", LinkedRecordsField)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteMultipleWidget(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_autocomplete_fields(self, request):
        """Find every related record by typing: most models have too many records for a select."""
        fields = [*self.opts.fields, *self.opts.many_to_many]
        return [it.name for it in fields if it.is_relation and self.admin_site.is_registered(it.related_model)]
