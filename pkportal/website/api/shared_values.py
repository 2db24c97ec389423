"""Long lists of values in the OpenAPI document: each stands there once, and the parameters refer to it."""

from collections.abc import Iterator, Mapping
from typing import Any

from pkportal.website.choices import NONE, NOT

from .schemas import Schema

MOST_IN_PLACE = 20  # values that are written beside a parameter
SCHEMAS = "#/components/schemas/"
ABSENCE = [NONE, f"{NOT}{NONE}"]


def share_values(document: Schema) -> None:
    """Give each long list of values a name among the schemas, by the parameter that has it first.

    That a parameter may also ask for absence is written beside it, so that it refers to the same list as others.
    """
    schemas, names = document["components"]["schemas"], dict[tuple[str, ...], str]()
    for parameter in parameters_in(document):
        schema = parameter["schema"]
        all_values = schema.get("items", schema).get("enum", ())
        values = tuple(value for value in all_values if value not in ABSENCE)
        if len(values) <= MOST_IN_PLACE:
            continue
        if values not in names:
            names[values] = free_name(f"{parameter['name']}_values", schemas)
            schemas[names[values]] = {"type": "string", "enum": [*values]}
        shared: Schema = {"$ref": f"{SCHEMAS}{names[values]}"}
        if len(values) < len(all_values):
            shared = {"anyOf": [shared, {"type": "string", "enum": ABSENCE}]}
        parameter["schema"] = {**schema, "items": shared} if "items" in schema else shared


def parameters_in(document: Schema) -> Iterator[Schema]:
    """Yield the parameters of all operations."""
    for methods in document["paths"].values():
        for operation in methods.values():
            yield from operation["parameters"]


def free_name(name: str, schemas: Schema) -> str:
    """Return a name that no schema has yet."""
    number, free = 1, name
    while free in schemas:
        number += 1
        free = f"{name}_{number}"
    return free


def values_of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[Any]:
    """Return the values that a parameter may have by its schema, or by those that this refers to; absence is last."""
    schema = schema.get("items", schema)
    parts = schema.get("anyOf", [schema])
    named = [schemas[part["$ref"].removeprefix(SCHEMAS)] if "$ref" in part else part for part in parts]
    return [value for part in named for value in part.get("enum", [])]
