"""The parts of the OpenAPI document: the operations of each table, made of its filters and its columns."""

from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.exchange.staging.header import key_default
from pkportal.website.whole_numbers import MAX_NUMBER

from .finding import key_of_one_part
from .page_form import ColumnsForm, PageForm
from .schemas import NO_NUL, Schema, cell_schema, parameter, row_schema
from .tables import ApiTable, names_of

PROBLEM = "Problem"
PROBLEM_SCHEMA: Schema = {
    "type": "object",
    "description": "What is wrong with a request (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "parameter": {"type": "string"},
                    "detail": {"type": "string"},
                    "nearest": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["parameter", "detail", "nearest"],
            },
        },
        "nearest": {
            "type": "array",
            "items": {"type": "object", "properties": {"title": {"type": "string"}, "address": {"type": "string"}}},
        },
    },
    "required": ["type", "title", "status"],
}
LINKS_SCHEMA: Schema = {
    "type": "object",
    "properties": {name: {"type": ["string", "null"]} for name in ["prev", "next"]},
    "required": ["prev", "next"],
}
KEY_BOUNDS = {"pattern": NO_NUL, "minimum": 0, "maximum": MAX_NUMBER}  # of texts, and of numbers
PROBLEMS = {
    400: gettext_lazy("A parameter was not understood."),
    404: gettext_lazy("There is no such record, no such page, or no row can meet all parameters."),
    405: gettext_lazy("The API is for reading."),
    410: gettext_lazy("The record was withdrawn."),
    429: gettext_lazy("You have too many requests open."),
    503: gettext_lazy("The portal is busy."),
}


def list_document(table: ApiTable) -> Schema:
    """Return the operation that reads a table page by page."""
    filterset, columns = table.filterset(HttpRequest()), names_of(table.all_columns())
    fields = {**filterset.form.fields, **PageForm(columns=columns).fields}
    return {
        "operationId": f"list_{table.name}",
        "summary": _("%(records)s, page by page") % {"records": capfirst(table.model._meta.verbose_name_plural)},
        "description": table.model.__doc__,
        "tags": [table.name],
        "parameters": [parameter(name, field) for name, field in fields.items()],
        "responses": responses(rows_schema({"$ref": f"#/components/schemas/{table.name}"}), 400, 404),
    }


def rows_schema(row: Schema, **more: Schema) -> Schema:
    """Return the schema of a page of rows."""
    properties = {"data": {"type": "array", "items": row}, "links": LINKS_SCHEMA, **more}
    return {"type": "object", "properties": properties, "required": [*properties]}


def record_document(table: ApiTable) -> Schema:
    """Return the operation that reads one record by its permanent reference, or by its key where that is one word."""
    key = key_of_one_part(table.model)
    about = _("The permanent reference, or %(key)s.") % {"key": key} if key else _("The permanent reference.")
    named = {"name": "key", "in": "path", "required": True, "description": about, "schema": {"type": "string"}}
    return _one_record(table, f"get_{table.name}", [named], 404, 410)


def key_document(table: ApiTable) -> Schema:
    """Return the operation that reads one record by the parts of its key."""
    resource, model = table.resource(), table.model
    parts = [
        {
            "name": name,
            "in": "query",
            "required": key_default(resource, name) is None,
            "description": f"{capfirst(str(model._meta.get_field(name).verbose_name))}.",
            "schema": {**KEY_BOUNDS, **cell_schema(resource.fields[name], model)},
        }
        for name in model.key_fields
    ]
    return _one_record(table, f"find_{table.name}", parts, 404)


def _one_record(table: ApiTable, name: str, named: list[Schema], *problems: int) -> Schema:
    columns = ColumnsForm(columns=names_of(table.all_columns()))
    return {
        "operationId": name,
        "summary": _("One %(record)s") % {"record": table.model._meta.verbose_name},
        "tags": [table.name],
        "parameters": [*named, *(parameter(name, field) for name, field in columns.fields.items())],
        "responses": responses({"$ref": f"#/components/schemas/{table.name}"}, 400, *problems),
    }


def responses(schema: Schema, *problems: int) -> Schema:
    """Return the answers of an operation: what it gives, what is unchanged, where it leads on, and problems."""
    headers = {name: {"schema": {"type": "string"}, "required": False} for name in ["ETag", "Link"]}
    content = {"application/json": {"schema": schema}}
    return {
        "200": {"description": _("What was asked for."), "content": content, "headers": headers},
        "301": {"description": _("The same, at the address that names it by its codes.")},
        "304": {"description": _("What you have is still right.")},
        **{str(status): problem(status) for status in sorted({*problems, 503})},
        "429": {"description": str(PROBLEMS[429])},
    }


def problem(status: int) -> Schema:
    """Return the answer that says what is wrong."""
    schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
    return {"description": str(PROBLEMS[status]), "content": {"application/problem+json": {"schema": schema}}}


def component_schemas(tables: list[ApiTable]) -> dict[str, Any]:
    """Return the schemas that operations refer to: a row of each table, and a problem."""
    return {PROBLEM: PROBLEM_SCHEMA, **{table.name: row_schema(table.model, table.all_columns()) for table in tables}}


def tables_document() -> Schema:
    """Return the operation that lists the tables."""
    addresses = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
    properties = {"tables": addresses, "openapi": {"type": "string"}, "docs": {"type": "string"}}
    schema = {"type": "object", "properties": properties, "required": [*properties]}
    return {
        "operationId": "list_tables",
        "summary": _("All tables"),
        "tags": ["tables"],
        "parameters": [],
        "responses": responses(schema),
    }
