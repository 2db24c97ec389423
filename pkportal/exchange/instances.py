"""Which record a row of a file is: the one with its permanent reference, or else the one with its natural key."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader

from pkportal.content.models import Record
from pkportal.content.permanent_references import reference_pattern
from pkportal.content.registry import models_with


class RecordLoader(BaseInstanceLoader):
    """Instance loader by reference and natural key: loads all records at once, in a fixed number of queries."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.columns = [resource.fields[name] for name in resource.get_import_id_fields()]
        records = [*resource.select_columns(resource._meta.model._base_manager.all(), public=False)]
        self.by_key = {self.key_of(record): record for record in records}
        self.by_reference = {record.reference: record for record in records} if "reference" in resource.fields else {}
        # a later dump of the same record has all of its references; any other file may name only those there are
        self.may_bring_references = self.by_reference.keys() <= resource.references_in_file

    def key_of(self, record):
        """Return the natural key of a record as its cells have it."""
        return tuple(column.widget.render(column.get_value(record)) for column in self.columns)

    def get_instance(self, row):
        """Return the record of a row, or None; refuse a reference that is not that of the record."""
        with_key = self.by_key.get(self.resource.key_of(row))
        reference = self.resource.reference_of(row)
        if not reference:
            return with_key
        with_reference = self.by_reference.get(reference)
        if with_key and with_key is not with_reference:
            raise ValidationError({"reference": other_reference_message(with_key)})
        model = self.resource._meta.model
        pattern = reference_pattern(model.reference_prefix, model.reference_digits)
        if with_reference is None and not (self.may_bring_references and re.fullmatch(pattern, reference)):
            raise ValidationError({"reference": unknown_reference_message(model, reference)})
        return with_reference


def other_reference_message(record: Record) -> str:
    """Say which reference a record has."""
    names = {"model": record._meta.verbose_name, "reference": record.reference}
    return _("The %(model)s with this key is %(reference)s.") % names


def unknown_reference_message(model: type[Model], reference: str) -> str:
    """Say that no record of a model has this reference, and what it is that has."""
    names = {"model": model._meta.verbose_name, "reference": reference}
    for other in models_with(Record):
        if other is not model and reference.rpartition("-")[0] == other.reference_prefix:
            names["other"] = other._meta.verbose_name
            return _("“%(reference)s” is the reference of another kind: %(other)s, not %(model)s.") % names
    return _("No %(model)s has the reference “%(reference)s”. Leave the cell blank to get the next one.") % names
