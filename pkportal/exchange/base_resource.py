"""How records of one kind stand in a file: which columns, in which order, and what their cells say."""

from django.db import models
from django.db.models import F, Prefetch
from django.db.models.functions import Collate
from import_export.resources import ModelResource

from .columns import Column, widget_for


class BaseResource(ModelResource):
    """Records of one kind as a file; each kind names its model, its file and its columns."""

    name = ""  # of the file, without .csv

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        """Give every column of the table our own cell."""
        return Column(field_name, field_name, widget_for(django_field))

    def get_import_id_fields(self):
        """Know a record by its natural key, never by its number in one database."""
        return self._meta.model.key_fields

    def columns(self):
        """Give the columns in the order of the file."""
        return [self.fields[name] for name in self._meta.fields]

    def get_import_order(self):
        """Import in the order of the file."""
        return self._meta.fields

    get_export_order = get_import_order

    def cells(self, record):
        """Give the texts of one record's row."""
        return [column.widget.render(column.get_value(record)) for column in self.columns()]

    def key_of(self, row):
        """Give the texts that name the record of a row as a dump would write them: 01 is 1, and 19990612 a date."""
        columns = [self.fields[name] for name in self.get_import_id_fields()]
        return tuple(column.widget.same(row[column.column_name]) for column in columns)

    @classmethod
    def key_order(cls):
        """Order records by their natural key, the same on every server."""
        model = cls._meta.model
        fields = [model._meta.get_field(name) for name in model.key_fields]
        order = []
        for field in fields:
            if field.is_relation:
                order.append(Collate(F(f"{field.name}__{field.related_model.key_fields[0]}"), "C"))
            else:
                order.append(Collate(F(field.name), "C") if isinstance(field, models.CharField) else F(field.name))
        return order

    def prepared(self, records, public):
        """Load what the rows show and no more, in a fixed number of queries a chunk.

        For the public, a record that is still hidden is not named either.
        """
        linked = []
        for column in self.columns():
            if column.is_link or column.is_links:
                model = column.widget.model
                shown = model._default_manager.published() if public else model._base_manager.all()
                linked.append(Prefetch(column.attribute, shown.only(column.widget.key)))
        own = [column.attribute for column in self.columns() if not column.is_links]
        plain = records.select_related(None).prefetch_related(None).defer(None)
        return plain.only("pk", *own).prefetch_related(*linked)
