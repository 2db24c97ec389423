"""Which cell a model's column gets, and the one column that is not a column of the table."""

import decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _
from import_export.fields import Field

from pkportal.content.dates import PartialDateField

from .widgets import (
    BooleanWidget,
    ChoicesWidget,
    DateTimeWidget,
    DateWidget,
    NumberWidget,
    RecordsWidget,
    RecordWidget,
    TextWidget,
)


class PartialDateWidget(TextWidget):
    """A date as exactly as it is known."""

    is_text = False

    def clean(self, value, row=None, **kwargs):
        """Leave the reading of it to the column, which says what is wrong."""
        return value.strip() or None


def widget_for(field):
    """Choose the cell of a model field."""
    if isinstance(field, models.ManyToManyField):
        return RecordsWidget(field.related_model)
    if isinstance(field, models.ForeignKey):
        return RecordWidget(field.related_model)
    if isinstance(field, ArrayField):
        return ChoicesWidget(field.base_field.choices)
    if isinstance(field, PartialDateField):
        return PartialDateWidget()
    if isinstance(field, models.BooleanField):
        return BooleanWidget()
    if isinstance(field, models.DateTimeField):
        return DateTimeWidget()
    if isinstance(field, models.DateField):
        return DateWidget()
    if isinstance(field, models.IntegerField):
        return NumberWidget(int, _("a whole number"))
    if isinstance(field, models.DecimalField):
        return NumberWidget(decimal.Decimal, _("a number"))
    if isinstance(field, models.FloatField):
        return NumberWidget(float, _("a number"))
    return TextWidget()


class Column(Field):
    """One column of a file and the model's attribute behind it."""

    @property
    def is_links(self):
        """Say whether the cell names several records."""
        return isinstance(self.widget, RecordsWidget)

    @property
    def is_link(self):
        """Say whether the cell names one record."""
        return isinstance(self.widget, RecordWidget) and not self.is_links

    def get_value(self, instance):
        """Take the value; of links, those that were loaded or will be saved."""
        if not self.is_links:
            return getattr(instance, self.attribute)
        pending = getattr(instance, "pending_links", {})
        if self.attribute in pending:
            return pending[self.attribute]
        return getattr(instance, self.attribute).all() if instance.pk else []


class CheckedColumn(Column):
    """Whether the record was checked against its source: said of the row as the file has it."""

    def __init__(self):
        super().__init__("is_checked", "checked", BooleanWidget())

    def get_value(self, instance):
        """Take what the file says, else what the database has."""
        return getattr(instance, "pending_check", instance.is_checked if instance.pk else False)
