"""Reading cells: the one place where a text of a file becomes a value of a model field, or a refusal in words.

A cell is read as the form reads it: the column's widget parses the text, then the model field validates the value.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from pkportal.content.direction import refuse_direction, short_text_fields

from .columns import FileColumn
from .csv_file import unescape_formula
from .invalid_values import not_a_choice_message
from .resource import Resource

MAX_REMEMBERED = 50_000  # distinct texts of a column


class CellReading(NamedTuple):
    """What was read in a cell: a value, or why there is none.

    ``conversion`` says what was read where the text is not as a dump would write it.
    """

    value: Any = None
    refusal: str = ""
    conversion: str = ""


class ColumnReader:
    """Reads the cells of one column, each distinct text once.

    Linked records are loaded when the reader is made. ``refused`` has the conversions that a person has refused, as
    names of columns and texts.
    """

    def __init__(self, resource: Resource, column: FileColumn, refused: Collection[tuple[str, str]] = ()):
        self.column, self.widget = column, column.widget
        self.field = _field_of(resource, column)
        self.is_short_text = self.field in short_text_fields(resource._meta.model)
        self.refused = {text for name, text in refused if name == column.column_name}
        self.readings: dict[str, CellReading] = {}
        if column.is_foreign_key or column.is_many_to_many:
            self.widget.load_records()

    def read(self, text: str) -> CellReading:
        """Read a cell as it stands in the file."""
        reading = self.readings.get(text)
        if reading is None:
            reading = self._read(unescape_formula(text))
            if len(self.readings) < MAX_REMEMBERED:
                self.readings[text] = reading
        return reading

    def _read(self, text: str) -> CellReading:
        try:
            return CellReading(self._validated(self.widget.clean(text)))
        except ValidationError as error:
            return CellReading(refusal=" ".join(error.messages))
        except ValueError as error:
            return CellReading(refusal=str(error))

    def _validated(self, value: Any) -> Any:
        """Return a value that the model field accepts; raise ``ValidationError`` or ``ValueError``."""
        field = self.field
        if field is None or field.many_to_many:
            return value
        is_blank = value in field.empty_values or (isinstance(value, str) and value.isspace())
        if is_blank and not (field.null if field.is_relation or value is None else field.blank) and field.editable:
            raise ValueError(_("This cell cannot be blank."))
        if field.is_relation or (value in field.empty_values and field.blank):
            return value
        try:
            value = field.clean(value, None)
        except ValidationError as error:
            if [part.code for part in error.error_list] == ["invalid_choice"]:
                raise ValueError(not_a_choice_message(field, value)) from None
            raise
        if self.is_short_text:
            refuse_direction(str(value or ""))
        return value


def _field_of(resource: Resource, column: FileColumn) -> models.Field | None:
    """Return the model field of a column; None for one whose value is kept elsewhere, such as a mark."""
    try:
        field = resource._meta.model._meta.get_field(column.attribute)
    except FieldDoesNotExist:
        return None
    return None if field.generated else field
