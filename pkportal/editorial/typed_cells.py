"""Form fields that read what is typed as the same cell of a file is read, and refuse it in the same words."""

from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from pkportal.content.dates import WRITTEN_WIDTH, DayFormField, PartialDateFormField
from pkportal.content.plain_messages import NOT_AN_ADDRESS
from pkportal.exchange.cell_reading import ColumnReader
from pkportal.exchange.cells.conversions import conversion_for
from pkportal.exchange.cells.seen_texts import seen_text
from pkportal.exchange.columns import ExportResource
from pkportal.exchange.record_widgets import widget_for
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.widgets import SEPARATOR


@cache
def resource_of(model: type[models.Model]) -> ExportResource:
    """Return the resource that reads files of a model; its columns are read, and not changed."""
    return resources_by_model()[model]()


class SentAsShown:
    """Mixin of form fields that do not read again what was sent as it was shown: nobody has changed that."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the texts first: most fields of a page with many rows are sent as they were shown."""
        return data != ("" if initial is None else str(initial)) and super().has_changed(initial, data)


class TypedText(SentAsShown):
    """Mixin of form fields of free text: what nobody can see in it is taken out, as it is of a file."""

    db_field: models.Field

    @cached_property
    def widget_in_files(self):
        """Return the widget of the column in files."""
        return widget_for(self.db_field)

    def to_python(self, value):
        """Return a text as it is stored."""
        text = str(value if value is not None else "")
        try:
            self.widget_in_files.clean(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        converted = conversion_for(self.db_field, self.widget_in_files).convert(text)
        return super().to_python(converted.text if converted else text)

    def run_validators(self, value):
        """Name all that is wrong with a text at once, as of a file."""
        self.db_field.run_validators(value)


class ShortTextField(TypedText, forms.CharField):
    """Form field of a text on one line."""


class CodeField(TypedText, forms.SlugField):
    """Form field of a code."""


class AddressField(TypedText, forms.URLField):
    """Form field of an address on the web."""

    default_error_messages = {"invalid": NOT_AN_ADDRESS}


class LongTextField(TypedText, forms.CharField):
    """Form field of a text with line breaks."""


class TypedValue(SentAsShown):
    """Mixin of form fields of numbers, dates and codes, which people write in many ways."""

    db_field: models.Field
    conversion = ""  # what was read, in words, where it is not written as a dump would write it

    @cached_property
    def reader(self) -> ColumnReader:
        """Return the reader of the column in files."""
        resource = resource_of(self.db_field.model)
        return ColumnReader(resource, resource.fields[self.db_field.name])

    def to_python(self, value: Any) -> Any:
        """Read a value as it is read in a file; what belongs in another field is to be chosen there."""
        text = str(value if value is not None else "")
        if not seen_text(text):
            return None
        reading = self.reader.judge(text)
        if reading.refusal:
            raise ValidationError(reading.refusal)
        if reading.qualifier:
            raise ValidationError(self.belongs_elsewhere(text, reading.qualifier))
        self.conversion = reading.conversion
        return reading.value

    def belongs_elsewhere(self, text: str, choice: str) -> str:
        """Say in which field belongs what is said besides a number."""
        name = self.reader.qualifier.column if self.reader.qualifier else ""
        field: Any = self.db_field.model._meta.get_field(name)
        words = {"value": text, "choice": dict(field.flatchoices)[choice], "field": field.verbose_name}
        said = _("“%(value)s” says more than a number: write the number alone, and choose “%(choice)s” as %(field)s.")
        return said % words


class WrittenNumberField(TypedValue, forms.IntegerField):
    """Form field of a whole number."""

    widget = AdminTextInputWidget(attrs={"inputmode": "numeric", "class": "vIntegerField"})


class WrittenFractionField(TypedValue, forms.FloatField):
    """Form field of a number with a fraction."""

    widget = AdminTextInputWidget(attrs={"inputmode": "decimal", "class": "vIntegerField"})


class WrittenDecimalField(TypedValue, forms.DecimalField):
    """Form field of a number with a fraction that is stored exactly."""

    widget = WrittenFractionField.widget


class ChosenCodeField(TypedValue, forms.TypedChoiceField):
    """Form field of one choice."""

    def __deepcopy__(self, memo):
        """Share the choices, which are those of the column: Django copies each of them for each row of a page."""
        return forms.Field.__deepcopy__(self, memo)

    def to_python(self, value):
        """Return the code, blank if there is none."""
        return super().to_python(value) or ""


class ChosenCodesField(TypedValue, forms.MultipleChoiceField):
    """Form field of several choices."""

    def to_python(self, value):
        """Return the codes."""
        return super().to_python(SEPARATOR.join(map(str, value or ()))) or []


class WrittenDateField(TypedValue, PartialDateFormField):
    """Form field of a date of which only the year, or only the year and month, may be known."""


class WrittenDayField(TypedValue, DayFormField):
    """Form field of a whole day."""

    widget = AdminDateWidget(attrs={"size": WRITTEN_WIDTH})


def conversions_in_words(typed: Iterable[forms.BaseForm]) -> list[str]:
    """Return what was read in the fields of these forms where it is not what was typed, each with its field."""
    fields = [form.fields[name] for form in typed for name in form.changed_data]
    read = [field for field in fields if isinstance(field, TypedValue) and field.conversion]
    return [f"{field.label}: {field.conversion}." for field in read]
