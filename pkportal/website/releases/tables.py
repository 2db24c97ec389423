"""The tables of a release: what their columns are, in the words of the standards that describe them to programs."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.text import capfirst

from pkportal.content.models import Part
from pkportal.exchange import columns, record_widgets, widgets
from pkportal.exchange.registry import resources_by_model, resources_by_name

from ..column_descriptions import CodeDescription, describe_column

TYPES: list[tuple[type[widgets.TextWidget], str]] = [
    (widgets.ChoicesWidget, "list"),
    (record_widgets.RecordsWidget, "list"),
    (widgets.BooleanWidget, "boolean"),
    (widgets.DateWidget, "date"),
    (widgets.DateTimeWidget, "datetime"),
]
PARTIAL_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


class TableLink(NamedTuple):
    """What a cell names: the table of the other records, and the column with their codes."""

    table: str
    column: str


class TableColumn(NamedTuple):
    """A column of a table of a release; ``type`` is one of Table Schema.

    Only cells of a column that ``is_required`` are never blank. ``codes`` are those of its fixed list.
    """

    name: str
    title: str
    about: str
    type: str
    pattern: str
    is_required: bool
    is_unique: bool
    codes: list[CodeDescription]
    link: TableLink | None


class ReleaseTable(NamedTuple):
    """A table of a release: a name, words, columns, its primary key, and the other keys that no two rows share."""

    name: str
    title: str
    about: str
    model: Any
    columns: list[TableColumn]
    primary_key: str
    unique_keys: list[list[str]]

    @property
    def own_columns(self) -> list[TableColumn]:
        """Return the columns of which a cell has one value."""
        return [column for column in self.columns if column.type != "list"]


def release_tables() -> list[ReleaseTable]:
    """Return all tables; one comes after those that it links to."""
    return [release_table(name, resource_class) for name, resource_class in resources_by_name().items()]


def release_table(name: str, resource_class: type[columns.ExportResource]) -> ReleaseTable:
    """Return the table of one kind.

    Its primary key is the code by which others name its rows; of a kind that nobody names, the permanent reference.
    """
    model, resource = resource_class._meta.model, resource_class()
    described = [table_column(column, model) for column in resource.public_columns()]
    keys = [[*constraint.fields] for constraint in model._meta.total_unique_constraints]
    primary_key = model.key_fields[0] if len(model.key_fields) == 1 else "reference"
    about = " ".join(model.__doc__.split())
    return ReleaseTable(name, title_of_table(model), about, model, described, primary_key, keys)


def title_of_table(model: type[Any]) -> str:
    """Return what readers call the table of a kind."""
    return capfirst(str(model._meta.verbose_name_plural))


def table_column(column: columns.FileColumn, model: type[Any]) -> TableColumn:
    """Return one column."""
    words = describe_column(column, model)
    field = None if isinstance(column, columns.ComputedColumn) else model._meta.get_field(column.attribute)
    return TableColumn(
        column.column_name,
        str(words.meaning),
        str(words.help),
        column_type(column.widget),
        PARTIAL_DATE if isinstance(column.widget, widgets.PartialDateWidget) else "",
        field is not None and is_required(field, model),
        field is not None and field.unique,
        words.codes,
        link_of(column),
    )


def column_type(widget: widgets.TextWidget) -> str:
    """Return the type of Table Schema."""
    if isinstance(widget, widgets.NumberWidget):
        return "integer" if widget.parse is int else "number"
    return next((name for widget_class, name in TYPES if isinstance(widget, widget_class)), "string")


def is_required(field: Any, model: type[Any]) -> bool:
    """True if no public row has a blank cell; a record that is not public is left out of the cells that name it."""
    if field.many_to_many:
        return False
    if field.many_to_one:
        is_root = issubclass(model, Part) and field.name == model.part_of.split("__")[0]
        return not field.null and (is_root or field.related_model.public_condition() == Q())
    if field.generated or field.unique:
        return True
    return not field.null and not field.blank


def link_of(column: columns.FileColumn) -> TableLink | None:
    """Return what the cells of a column name."""
    if not isinstance(column.widget, record_widgets.RecordWidget):
        return None
    return TableLink(resources_by_model()[column.widget.model].name, column.widget.key)


def code_list_rows(tables: Iterable[ReleaseTable]) -> list[list[str]]:
    """Return the rows of all code lists: table, column, code, label, and what the code means."""
    return [
        [table.name, column.name, *map(str, code)]
        for table in tables
        for column in table.columns
        for code in column.codes
    ]
