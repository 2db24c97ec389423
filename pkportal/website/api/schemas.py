"""JSON Schemas of what the API takes and gives: parameters by the fields of forms, rows by the columns of files."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDateFormField
from pkportal.content.permanent_references import PermanentReferenceField, reference_pattern
from pkportal.content.written_years import YEARS_PATTERN
from pkportal.exchange import columns, record_widgets, widgets
from pkportal.website.choices import MAX_TEXT, NONE, NOT, ChoicesField, RecordChoicesField, TextsField
from pkportal.website.data import describe_column
from pkportal.website.years import YearsField

from .keyset import MARK_PATTERN
from .page_form import ColumnsField, MarkField

Schema = dict[str, Any]

LONG_MONTHS, THIRTY_DAYS, LEAP_YEARS = "0[13578]|1[02]", "0[13-9]|1[0-2]", "(19|20)(0[48]|[2468][048]|[13579][26])|2000"
WHOLE_DAY = rf"([12][0-9]{{3}}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|({THIRTY_DAYS})-(29|30)|({LONG_MONTHS})-31)"
DAY_PATTERN = rf"{WHOLE_DAY}|({LEAP_YEARS})-02-29)"
DATE_PATTERN = rf"([12][0-9]{{3}}(-(0[1-9]|1[0-2]))?|{DAY_PATTERN})"
DATE_SCHEMA: Schema = {"type": "string", "pattern": f"^{DATE_PATTERN}$"}
NO_NUL = r"^[^\u0000]*$"
TEXT_PATTERN = rf"^{NOT}?[^\s\u0000-\u0020\u0085\u00a0-][^\u0000]*$"


def parameter(name: str, field: forms.Field) -> Schema:
    """Return a parameter of the query as OpenAPI describes it."""
    schema = field_schema(field)
    described = {
        "name": name,
        "in": "query",
        "required": field.required,
        "allowEmptyValue": not field.required,  # it asks nothing, as in a form
        "description": f"{capfirst(str(field.label or name))}. {about(field)}".strip(),
        "schema": schema,
    }
    if "array" in schema["type"]:
        described |= {"style": "form", "explode": isinstance(field, ChoicesField)}
    return described


def about(field: forms.Field) -> str:
    """Return what a parameter takes beside what its schema says."""
    match field:
        case ChoicesField():
            return _("Several values mean any of them; one after a minus means none of it.")
        case YearsField():
            return _("A year or several: 1999, 1999..2001, 2010.. or ..2005; also as people write them: since 2010.")
        case PartialDateFormField():
            return _("A year, a month or a day, also as people write it: 12 June 1999.")
        case MarkField():
            return _("From the links of a page.")
        case ColumnsField():
            return _("Separated by commas. Without it, those that are stored, and not those that explain them.")
    return ""


def field_schema(field: forms.Field) -> Schema:
    """Return the schema of the values of a form field."""
    match field:
        case ColumnsField(names=names):
            return array_of({"enum": [*names]})
        case MarkField():
            return {"type": "string", "pattern": MARK_PATTERN}
        case TextsField():
            text: Schema = {"pattern": TEXT_PATTERN, "maxLength": MAX_TEXT}
            text |= {} if field.has_none else {"not": {"const": NONE}}
            return {"type": ["array", "string"], "items": {"type": "string", **text}, **text}
        case ChoicesField():
            codes = [code for code, _label in field.all_labels()]
            is_open = not codes and not isinstance(field, RecordChoicesField)
            return array_of({"pattern": f"^{NOT}?{DATE_PATTERN}$"} if is_open else {"enum": with_opposites(codes)})
        case PartialDateFormField():
            return {**DATE_SCHEMA}
        case YearsField():
            return {"type": "string", "pattern": f"^({YEARS_PATTERN})$"}
        case forms.IntegerField():
            return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
        case forms.ChoiceField():
            return {"type": "string", "enum": [code for code, _label in field.choices if code]}
    return {"type": "string", "pattern": NO_NUL, "maxLength": getattr(field, "max_length", None) or MAX_TEXT}


def with_opposites(codes: list[str]) -> list[str]:
    """Return codes, and each after a minus."""
    return [*codes, *(f"{NOT}{code}" for code in codes)]


def array_of(items: Schema) -> Schema:
    """Return the schema of a list of texts; of a list of none where there are none to choose from."""
    if items.get("enum") == []:
        return {"type": "array", "items": {"type": "string"}, "maxItems": 0}
    return {"type": "array", "items": {"type": "string", **items}}


def row_schema(model: Any, all_columns: Iterable[columns.FileColumn]) -> Schema:
    """Return the schema of a row of a table; a column may be left out."""
    properties = {column.column_name: column_schema(column, model) for column in all_columns}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def column_schema(column: columns.FileColumn, model: Any) -> Schema:
    """Return the schema of a cell in JSON, with the description of the column."""
    described = describe_column(column, model)
    words = " ".join(str(text) for text in [described.meaning, described.help] if text)
    schema = {**cell_schema(column, model), "description": words}
    if described.codes and schema["type"] != "array":
        schema["enum"] = [it.code for it in described.codes]
    elif described.codes:
        schema["items"] = {"type": "string", "enum": [it.code for it in described.codes]}
    return optional(schema, column, model)


def cell_schema(column: columns.FileColumn, model: Any) -> Schema:
    """Return the schema of a cell that is not empty."""
    match column.widget:
        case record_widgets.RecordsWidget() | widgets.ChoicesWidget():
            return array_of({})
        case widgets.TextsWidget():
            return {"type": "array", "items": {"type": ["string", "null"]}}
        case widgets.BooleanWidget():
            return {"type": "boolean"}
        case widgets.NumberWidget(parse=parse):
            return {"type": "integer" if parse is int else "number"}
        case widgets.PartialDateWidget():
            return {**DATE_SCHEMA}
        case widgets.DateTimeWidget():
            return {"type": "string", "format": "date-time"}
        case widgets.DateWidget():
            return {"type": "string", "format": "date"}
        case widgets.ReferenceWidget():
            return {
                "type": "string",
                "pattern": f"^{reference_pattern(model.reference_prefix, model.reference_digits)}$",
            }
    return {"type": "string"}


def optional(schema: Schema, column: columns.FileColumn, model: Any) -> Schema:
    """Return a schema that allows what an empty cell is: an empty text, or null."""
    if isinstance(column, columns.ComputedColumn | columns.LinkedColumn):
        is_null = is_blank = True
    elif isinstance(column, columns.CheckedColumn) or column.is_many_to_many:
        return schema
    else:
        field = model._meta.get_field(column.attribute)
        is_null = field.null or (column.is_foreign_key and bool(column.widget.model.public_condition()))
        is_blank = field.blank and not isinstance(field, PermanentReferenceField)
    if is_blank and "enum" in schema:
        schema["enum"] = [*schema["enum"], ""]
    if is_null:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema
