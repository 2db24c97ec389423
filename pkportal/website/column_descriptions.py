"""Columns of files in words: what each means, and how its values are written."""

from typing import NamedTuple

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pkportal.exchange import columns, record_widgets, widgets

from .code_meanings import meanings_of_codes


class CodeDescription(NamedTuple):
    """A code of a fixed list: what stands in a cell, what the site calls it, and what it means."""

    code: str
    label: str
    meaning: str


class ColumnDescription(NamedTuple):
    """A column of a file: its name, meaning, help text, the format of its values, and its codes."""

    name: str
    meaning: str
    help: str
    format: str
    codes: list[CodeDescription]


def describe_column(column: columns.FileColumn, model: type[Model]) -> ColumnDescription:
    """Describe a column by the verbose name and the help text of its field."""
    if isinstance(column, columns.CheckedColumn):
        meaning = _("Whether the central claim was compared with its source, and the record has not been edited since")
        return ColumnDescription(column.column_name, meaning, "", value_format(column), [])
    if isinstance(column, columns.ComputedColumn | columns.LinkedColumn):
        about = _("In files of this site only: it is computed, and ignored when a file is loaded.")
        return ColumnDescription(column.column_name, capfirst(column.meaning), about, value_format(column), [])
    field = model._meta.get_field(column.attribute)
    meanings = meanings_of_codes(field)
    codes = [
        CodeDescription(str(code), label, meanings.get(code, ""))
        for code, label in getattr(field, "base_field", field).flatchoices
    ]
    return ColumnDescription(
        column.column_name, capfirst(field.verbose_name), field.help_text, value_format(column), codes
    )


def value_format(column: columns.FileColumn) -> str:
    """Say in words how a value is written in a cell."""
    widget = column.widget
    if column.is_many_to_many:
        return _("%(records)s by %(key)s, separated by semicolons") % record_names(widget)
    if column.is_foreign_key:
        return _("one of the %(records)s, by %(key)s") % record_names(widget)
    for widget_class, words in (
        (widgets.ChoicesWidget, _("codes, separated by semicolons")),
        (widgets.TextsWidget, _("texts, separated by semicolons")),
        (widgets.NumberWidget, _("number")),
        (widgets.BooleanWidget, _("yes or no")),
        (widgets.DateWidget, _("day: 1999-06-12")),
        (widgets.DateTimeWidget, _("date and time in UTC: 2026-11-22T09:30:00Z")),
        (widgets.PartialDateWidget, _("date as far as known: 1999, 1999-06 or 1999-06-12")),
    ):
        if isinstance(widget, widget_class):
            return words
    return _("text")


def record_names(widget: record_widgets.RecordWidget) -> dict[str, str]:
    """Return the plural name of the model that a cell refers to, and the key it uses."""
    return {"records": widget.model._meta.verbose_name_plural, "key": widget.key}
