"""The OpenAPI document as people read it: the operations of each table, their parameters, and some values of each."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pkportal.website.choices import NOT

from .shared_values import values_of

MAX_VALUES_SHOWN = 12


class ParameterDescription(NamedTuple):
    """A parameter: its name, what it asks, whether it must be there, some of its values, how many more there are."""

    name: str
    about: str
    is_required: bool
    values: list[str]
    more: int


class OperationDescription(NamedTuple):
    """An operation: its path, what it gives, more about that, and its parameters."""

    path: str
    summary: str
    about: str
    parameters: list[ParameterDescription]


class OperationGroup(NamedTuple):
    """The operations of one table: its name, its title, and the operations."""

    name: str
    title: str
    operations: list[OperationDescription]


def described_operations(document: Mapping[str, Any]) -> list[OperationGroup]:
    """Return the operations of an OpenAPI document in groups; the first of a group says what its title is."""
    groups: dict[str, list[OperationDescription]] = {}
    for path, methods in document["paths"].items():
        operation = methods["get"]
        (tag,) = operation["tags"]
        parameters = [described_parameter(it, document["components"]["schemas"]) for it in operation["parameters"]]
        about = operation.get("description", "")
        groups.setdefault(tag, []).append(OperationDescription(path, operation["summary"], about, parameters))
    return [OperationGroup(tag, group[0].summary.partition(",")[0], group) for tag, group in groups.items()]


def described_parameter(parameter: Mapping[str, Any], schemas: Mapping[str, Any]) -> ParameterDescription:
    """Return a parameter with the first of the values that it may have; those after a minus are not repeated."""
    values = values_of(parameter["schema"], schemas)
    if "items" in parameter["schema"] and parameter.get("explode"):
        values = [value for value in values if not value.startswith(NOT)]
    shown = values[:MAX_VALUES_SHOWN]
    about, is_required = parameter["description"], parameter["required"]
    return ParameterDescription(parameter["name"], about, is_required, shown, len(values) - len(shown))
