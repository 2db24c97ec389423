"""The columns of a file: their names, their order, and the cells of a record."""

from collections.abc import Mapping, Sequence

from django.db import models
from django.db.models import F, Prefetch
from django.db.models.functions import Collate
from django.utils.html import format_html
from import_export.declarative import ModelDeclarativeMetaclass
from import_export.fields import Field
from import_export.resources import ModelResource

from pkportal.content.permanent_references import PermanentReferenceField

from .cells.qualifiers import Qualifier
from .record_widgets import RecordsWidget, RecordWidget, widget_for
from .widgets import BooleanWidget, TextsWidget, TextWidget


class FileColumn(Field):
    """One column of a file and the model's attribute behind it."""

    @property
    def is_many_to_many(self):
        """True if a cell names several records."""
        return isinstance(self.widget, RecordsWidget)

    @property
    def is_foreign_key(self):
        """True if a cell names one record."""
        return isinstance(self.widget, RecordWidget) and not self.is_many_to_many

    def get_value(self, instance):
        """Return the value; of a many-to-many field, the prefetched records or those that are about to be saved."""
        if not self.is_many_to_many:
            return getattr(instance, self.attribute)
        pending = getattr(instance, "pending_links", {})
        if self.attribute in pending:
            return pending[self.attribute]
        return getattr(instance, self.attribute).all() if instance.pk else []

    def set_value(self, instance, value):
        """Set the value; many-to-many links are pending until the record is saved."""
        if self.is_many_to_many:
            instance.pending_links[self.attribute] = value
        else:
            setattr(instance, self.attribute, value)


class CheckedColumn(FileColumn):
    """Whether the content of this row was checked against the record's source."""

    def __init__(self):
        super().__init__("is_checked", "checked", BooleanWidget())

    def get_value(self, instance):
        """Return what the file says, else what the database has."""
        return getattr(instance, "pending_check", instance.is_checked if instance.pk else False)

    def set_value(self, instance, value):
        """Keep the value until all rows are saved: the database computes the column."""
        instance.pending_check = value


class ComputedColumn(FileColumn):
    """A column that the database computes for public files; ``expression`` returns its SQL. A file that has it loads.

    It is not stored: ``dump`` leaves it out, and an import passes over it.
    """

    def __init__(self, name, meaning, expression, widget):
        super().__init__(column_name=name, widget=widget)
        self.meaning, self.expression = meaning, expression


class LinkedColumn(FileColumn):
    """What the records that a column links to have in another field: the name of a country. It is not stored."""

    def __init__(self, name, meaning, link, field):
        widget = TextsWidget() if link.is_many_to_many else TextWidget()
        super().__init__(column_name=name, widget=widget)
        self.meaning, self.link, self.field = meaning, link, field


class ReferenceColumn(FileColumn):
    """The permanent reference; a blank cell leaves it as it is, or to the database."""

    def set_value(self, instance, value):
        """Set the reference that the file gives."""
        if value:
            super().set_value(instance, value)


class ReferenceFirst(ModelDeclarativeMetaclass):
    """Metaclass of resources: the permanent reference is the first column of each file.

    A model whose natural key is the reference has it once.
    """

    def __new__(cls, name, bases, attrs):
        """Add the column to those that the class declares."""
        meta = attrs.get("Meta")
        model, fields = getattr(meta, "model", None), getattr(meta, "fields", None)
        if model and fields and isinstance(model._meta.get_field("reference"), PermanentReferenceField):
            meta.fields = ["reference", *(field for field in fields if field != "reference")]
        return super().__new__(cls, name, bases, attrs)


class ExportResource(ModelResource, metaclass=ReferenceFirst):
    """The export side of a resource: a subclass names its model, its file and its columns."""

    name = ""  # of the file, without .csv
    computed_columns: Sequence[ComputedColumn] = ()
    other_names: Mapping[str, Sequence[str]] = {}  # by column: what files of offices call it
    qualifiers: Mapping[str, Qualifier] = {}  # by column of numbers: where words such as “about” belong

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        """Return a column with one of our own widgets for every field of the model."""
        column_class = ReferenceColumn if isinstance(django_field, PermanentReferenceField) else FileColumn
        return column_class(field_name, field_name, widget_for(django_field))

    def get_import_id_fields(self):
        """Identify a record by its natural key, not by its primary key in one database."""
        return self._meta.model.key_fields

    def is_self_reference(self, column):
        """True if the cells name records of the same model, whose rows must all be saved first."""
        return (column.is_foreign_key or column.is_many_to_many) and column.widget.model is self._meta.model

    def columns(self):
        """Return the columns in the order of the file."""
        return [self.fields[name] for name in self._meta.fields]

    def public_columns(self):
        """Return the columns of a public file: those that are stored, then those that are computed."""
        return [*self.columns(), *self.computed_columns]

    def get_import_order(self):
        """Return the names of the columns in the order of the file."""
        return self._meta.fields

    get_export_order = get_import_order

    def cells(self, record):
        """Return the texts of one record's row."""
        return [column.widget.render(column.get_value(record)) for column in self.columns()]

    def key_of(self, row):
        """Return the natural key in a row, each part as a dump would write it: 01 becomes 1."""
        columns = [self.fields[name] for name in self.get_import_id_fields()]
        return tuple(column.widget.normalise(row[column.column_name]) for column in columns)

    @classmethod
    def key_order(cls):
        """Return the expressions that order records by natural key, the same on every server."""
        model = cls._meta.model
        fields = [model._meta.get_field(name) for name in model.key_fields]
        order = []
        for field in fields:
            if field.is_relation:
                order.append(Collate(F(f"{field.name}__{field.related_model.key_fields[0]}"), "C"))
            else:
                order.append(Collate(F(field.name), "C") if isinstance(field, models.CharField) else F(field.name))
        return order

    def select_columns(self, records, public):
        """Return a query set that loads only what the columns need, in a fixed number of queries for each chunk.

        With ``public``, linked records that are not published are left out.
        """
        prefetches = []
        for column in self.columns():
            if column.is_foreign_key or column.is_many_to_many:
                model = column.widget.model
                linked = model._default_manager.published() if public else model._base_manager.all()
                prefetches.append(Prefetch(column.attribute, linked.only(column.widget.key)))
        own_columns = [column.attribute for column in self.columns() if not column.is_many_to_many]
        records = records.select_related(None).prefetch_related(None).defer(None)
        return records.only("pk", *own_columns).prefetch_related(*prefetches)


def cell_diff(before: str, after: str) -> str:
    """Return the change of a cell as HTML with ``del`` and ``ins``."""
    if before == after:
        return format_html("{}", after)
    return format_html("<del>{}</del> <ins>{}</ins>", before, after) if before else format_html("<ins>{}</ins>", after)
