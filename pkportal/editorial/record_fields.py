"""Form fields of the admin: widgets for long texts, lists of choices and related records."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget, AdminTextInputWidget
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst

from pkportal.content.clean_texts import TextKind, clean_text, text_kind
from pkportal.content.dates import WRITTEN_WIDTH, DayFormField

from .autocomplete import AutocompleteMultipleWidget, AutocompleteWidget, choice_text
from .numbers import WrittenNumberField


class LongTextWidget(AdminTextareaWidget):
    """A text area that keeps line ends as they were: browsers send CRLF, which would count as an edit."""

    def value_from_datadict(self, data, files, name):
        """Return the text with plain line ends; a text of blanks alone is empty."""
        value = super().value_from_datadict(data, files, name) or ""
        return clean_text(value, TextKind.LONG) if value.strip() else ""


class ShortTextField(forms.CharField):
    """Form field of a text on one line, without what nobody can see in it; ``kind`` is that of its column."""

    kind: TextKind | None = None

    def to_python(self, value):
        """Return a text as it is stored, whether it is typed or comes in a file."""
        text = super().to_python(value)
        return clean_text(text, self.kind) if self.kind and text else text


class LinkedRecordField(forms.ModelChoiceField):
    """Field of one record, which is shown with its code."""

    def label_from_instance(self, obj):
        """Add the code to the name, as the choices do."""
        return choice_text(obj)


class LinkedRecordsField(forms.ModelMultipleChoiceField):
    """Field of several records; those that are linked already are not looked up again when they are sent."""

    linked: list[models.Model] = []

    def clean(self, value):
        """Return the linked records if exactly they were sent."""
        is_same = self.linked and {*map(str, value or ())} == {str(record.pk) for record in self.linked}
        return self.linked if is_same else super().clean(value)

    label_from_instance = LinkedRecordField.label_from_instance


class RecordFormFields:
    """Mixin of ``RecordAdmin`` and ``RecordInline``: which form field and widget each column gets."""

    formfield_overrides = {
        models.CharField: {"form_class": ShortTextField},
        models.SlugField: {"form_class": forms.SlugField, "widget": AdminTextInputWidget},
        models.TextField: {"widget": LongTextWidget, "strip": False},
        models.IntegerField: {"form_class": WrittenNumberField, "widget": WrittenNumberField.widget},
        models.BigIntegerField: {"form_class": WrittenNumberField, "widget": WrittenNumberField.widget},
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayFormField, "widget": AdminDateWidget(attrs={"size": WRITTEN_WIDTH})},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Show tick boxes for an array of choices, and tell the field of a short text what it holds."""
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return forms.MultipleChoiceField(
                choices=db_field.base_field.choices,
                widget=forms.CheckboxSelectMultiple,
                required=not db_field.blank,
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
            )
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, ShortTextField):
            field.kind = text_kind(db_field)
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
