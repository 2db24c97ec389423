"""Columns of a staging table: the name and the type of each, and how a value is written for COPY."""

import datetime
import decimal
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import Field

from pkportal.exchange.columns import CheckedColumn, ExportResource, FileColumn, ReferenceColumn
from pkportal.exchange.widgets import split_values

from .sql import db_name

BLANK = "\\N"  # of COPY
COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_in_array = re.compile(r'(["\\])')


class StageColumn:
    """One column of a file in the staging table.

    A link is the primary key of the linked record, links are an array of them. Links to records of the same model,
    which may be rows of the file, are texts first.
    """

    def __init__(self, resource: ExportResource, column: FileColumn, is_default: bool = False):
        self.column, self.resource, self.is_default = column, resource, is_default
        self.model = resource._meta.model
        self.name, self.attribute = column.column_name, column.attribute

    @cached_property
    def field(self) -> Field | None:
        """Return the model field, unless the value is kept elsewhere: a mark."""
        try:
            field = self.model._meta.get_field(self.attribute)
        except FieldDoesNotExist:
            return None
        return None if field.generated else field

    @property
    def is_mark(self) -> bool:
        """True if the cells say whether the record is checked."""
        return isinstance(self.column, CheckedColumn)

    @property
    def is_reference(self) -> bool:
        """True if the cells are permanent references; a blank one leaves the reference as it is."""
        return isinstance(self.column, ReferenceColumn)

    @property
    def is_links(self) -> bool:
        """True if a cell names several records."""
        return self.column.is_many_to_many

    @property
    def is_link(self) -> bool:
        """True if a cell names one record."""
        return self.column.is_foreign_key

    @property
    def is_self_link(self) -> bool:
        """True if the cells name records of the same model."""
        return (self.is_link or self.is_links) and self.column.widget.model is self.model

    @property
    def is_stored(self) -> bool:
        """True if the value is a column of the model's own table."""
        return bool(self.field and self.field.concrete and not self.is_links)

    @property
    def sql_name(self) -> str:
        """Return the quoted name in the staging table; of what is stored, the same as in the model's table."""
        return db_name(self.field.column if self.field and self.is_stored else self.attribute)

    @property
    def codes_name(self) -> str:
        """Return the quoted name of the texts of links to the same model."""
        return db_name(f"{self.attribute}__codes")

    @property
    def copied_name(self) -> str:
        """Return the name of the column that COPY fills."""
        return self.codes_name if self.is_self_link else self.sql_name

    def declarations(self, domains: dict[str, str]) -> list[str]:
        """Return what the staging table selects of the model's table, without rows, to have columns of its types."""
        if self.is_links:
            declared = [f"NULL::bigint[] AS {self.sql_name}"]
        elif self.is_mark or not self.field:
            declared = [f"NULL::boolean AS {self.sql_name}"]
        elif self.field.column in domains:  # what was validated once need not be validated by each statement
            declared = [f"t.{self.sql_name}::{domains[self.field.column]} AS {self.sql_name}"]
        else:
            declared = [f"t.{self.sql_name}"]
        return [*declared, f"NULL::text[] AS {self.codes_name}"] if self.is_self_link else declared

    def codes_in(self, text: str) -> list[str]:
        """Return the names of records in a cell."""
        return split_values(text) if self.is_links else [text.strip()][: bool(text.strip())]

    def copy_text(self, value: Any) -> str:
        """Return a value of the field as COPY reads it."""
        if self.is_self_link:
            return copy_array(value).translate(COPY_ESCAPES)
        if self.is_links:
            return copy_array(sorted(record.pk for record in value))
        if self.is_link:
            return BLANK if value is None else str(value.pk)
        if self.is_reference and not value:
            return BLANK
        if self.field:
            value = self.field.get_db_prep_save(value, connection)
        return BLANK if value is None else plain_text_of(value).translate(COPY_ESCAPES)


def plain_text_of(value: Any) -> str:
    """Return a value as PostgreSQL reads it from text."""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list | tuple):
        return copy_array(value)
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def copy_array(values: Iterable[Any]) -> str:
    """Return an array as PostgreSQL reads it from text."""
    texts = (_in_array.sub(r"\\\1", str(value)) for value in values)
    return "{" + ",".join(f'"{text}"' for text in texts) + "}"
