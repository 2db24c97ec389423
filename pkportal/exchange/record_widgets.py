"""Widgets of cells that name records, and the widget of each model field."""

import decimal
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pkportal.content.absent_records import MOST_EXPLAINED, what_became_of
from pkportal.content.clean_texts import text_kind
from pkportal.content.dates import PartialDateField
from pkportal.content.names import NamedCodes
from pkportal.content.permanent_references import PermanentReferenceField

from .widgets import (
    SEPARATOR,
    BooleanWidget,
    ChoicesWidget,
    DateTimeWidget,
    DateWidget,
    NumberWidget,
    PartialDateWidget,
    ReferenceWidget,
    TextWidget,
    quote_each,
    split_values,
)


class RecordWidget(TextWidget):
    """One record, named by its code, or by another name that no other record has."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        (self.key,) = model.key_fields
        self.records_by_code: dict[str, models.Model] = {}
        self.names = NamedCodes(model, is_public=False, by_title=True)
        self.absent: dict[str, str] = {}

    def load_records(self, cells: Iterable[str] | None = None):
        """Load the codes once, before cells are read: all, or those of some cells; other names when a cell has one."""
        records = self.model._base_manager.only(self.key)
        if cells is not None:
            codes = {code for cell in cells for code in split_values(cell)}
            records = records.filter(**{f"{self.key}__in": codes}) if codes else records.none()
        self.records_by_code = {getattr(record, self.key): record for record in records}
        self.names = NamedCodes(self.model, is_public=False, by_title=True)
        self.absent = {}

    def find(self, names: list[str]) -> list[models.Model]:
        """Find records by code or by name, each once; the message says of which names there is none, or several."""
        codes = [name if name in self.records_by_code else self._code_of(name) for name in names]
        if unknown := [name for name, code in zip(names, codes, strict=True) if not code]:
            raise ValueError(unknown_record_message(self.model, unknown, map(self.what_became_of, unknown)))
        return [self.records_by_code[code] for code in dict.fromkeys(codes)]

    def _code_of(self, name):
        codes = self.names.meant_by(name)
        if len(codes) > 1:
            words = {"name": name, "codes": ", ".join(codes)}
            raise ValueError(_("“%(name)s” may be any of %(codes)s: write the code that is meant.") % words)
        return next(iter(codes), "")

    def codes_meant_by(self, name: str) -> Sequence[str]:
        """Return the code of the record that a code or a name means, several if it may mean several, or none."""
        return [name] if name in self.records_by_code else self.names.meant_by(name)

    def what_became_of(self, name: str) -> str:
        """Return what became of a record that is not on record, as far as that is known; each name is asked once."""
        if name not in self.absent and len(self.absent) < MOST_EXPLAINED:
            self.absent[name] = what_became_of(self.model, [name]).get(name, "")
        return self.absent.get(name, "")

    def clean(self, value: str, row=None, **kwargs) -> Any:
        """Find the record; the message says that there is none."""
        name = value.strip()
        return self.find([name])[0] if name else None

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Write the code."""
        return "" if value is None else getattr(value, self.key)

    def to_json(self, value: Any) -> Any:
        """Return the code, or null."""
        return value and getattr(value, self.key)


class RecordsWidget(RecordWidget):
    """Several records, named like one, sorted by code."""

    def clean(self, value: str, row=None, **kwargs) -> list[models.Model]:
        """Find every record; the message names all codes that are unknown."""
        return self.find(split_values(value))

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Join the codes."""
        return SEPARATOR.join(self.to_json(value))

    def to_json(self, value: Any) -> list[str]:
        """Return the codes as a list."""
        return sorted(getattr(record, self.key) for record in value)


def widget_for(field: models.Field) -> TextWidget:
    """Return the widget of a model field."""
    if isinstance(field, models.ManyToManyField):
        return RecordsWidget(field.related_model)
    if isinstance(field, models.ForeignKey):
        return RecordWidget(field.related_model)
    if isinstance(field, ArrayField):
        return ChoicesWidget(field.base_field.choices)
    if isinstance(field, models.IntegerField):
        return NumberWidget(int, _("a whole number"))
    if isinstance(field, models.DecimalField):
        return NumberWidget(decimal.Decimal, _("a number"))
    if isinstance(field, models.FloatField):
        return NumberWidget(float, _("a number"))
    for field_class, widget_class in [
        (PartialDateField, PartialDateWidget),
        (PermanentReferenceField, ReferenceWidget),
        (models.BooleanField, BooleanWidget),
        (models.DateTimeField, DateTimeWidget),  # a DateTimeField is a DateField too
        (models.DateField, DateWidget),
    ]:
        if isinstance(field, field_class):
            return widget_class()
    return TextWidget(text_kind(field))


def unknown_record_message(model: type[models.Model], codes: list[str], explanations: Iterable[str] = ()) -> str:
    """Say that no record has these codes, and what became of them."""
    names = {"model": model._meta.verbose_name, "codes": quote_each(codes)}
    none = ngettext("No %(model)s has the code %(codes)s.", "No %(model)s has any of the codes %(codes)s.", len(codes))
    known = [(code, text) for code, text in zip(codes, explanations, strict=False) if text]
    said = [text if len(codes) == 1 else f"“{code}”: {text}" for code, text in known]
    return " ".join([none % names, *said])
