"""System checks of what a contract names: lookups, fields and generated columns must exist on the model."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist


@cache
def fields_along(model: Any, path: str) -> tuple:
    """Return the fields on a lookup path of relations: ``fields_along(Appointment, "command__mission")``."""
    fields = []
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        fields.append(field)
        model = field.related_model or model
    return tuple(fields)


def check_lookup(model: Any, attribute: str, lookup: str, error_id: str) -> Iterator[checks.Error]:
    """Yield an error that names the model, the attribute and the first field on a lookup path that is not there."""
    current = model
    for name in str(lookup).split("__"):
        try:
            field = current._meta.pk if name == "pk" else current._meta.get_field(name)
        except (AttributeError, FieldDoesNotExist):
            where = current._meta.label if hasattr(current, "_meta") else current
            yield checks.Error(
                f"{model._meta.label}.{attribute} names “{lookup}”, but {where} has no field “{name}”.",
                obj=model,
                id=error_id,
            )
            return
        current = field.related_model if field.is_relation else field


def check_own_field(model: Any, attribute: str, name: str, error_id: str) -> Iterator[checks.Error]:
    """Yield an error when a model has no column of its own by this name."""
    if name not in {field.name for field in model._meta.concrete_fields}:
        yield checks.Error(
            f"{model._meta.label}.{attribute} names “{name}”, but {model._meta.label} has no field “{name}”.",
            obj=model,
            id=error_id,
        )


def check_generated_column(model: Any, name: str, maker: str, error_id: str) -> Iterator[checks.Error]:
    """Yield an error when a model lacks the generated column that a contract requires."""
    try:
        is_generated = model._meta.get_field(name).generated
    except FieldDoesNotExist:
        is_generated = False
    if not is_generated:
        yield checks.Error(
            f"{model._meta.label} has no generated column “{name}”.",
            hint=f"Declare {name} = {maker}(…).",
            obj=model,
            id=error_id,
        )


def is_unique_key(model: Any, names: Sequence[str]) -> bool:
    """True if the database lets no two rows share the values of these fields, an absent value included."""
    fields = [model._meta.get_field(name) for name in names]
    may_be_null = any(field.null for field in fields)
    if len(fields) == 1 and fields[0].unique:
        return not may_be_null
    return any(
        {*constraint.fields} == {*names} and not (may_be_null and constraint.nulls_distinct is not False)
        for constraint in model._meta.total_unique_constraints
    )


def check_references(model: Any, others: Iterable[Any]) -> Iterator[checks.Error]:
    """Yield an error when a model does not say what its references begin with, or another model says the same."""
    if not re.fullmatch("[A-Z]+(-[A-Z]+)*", model.reference_prefix):
        yield checks.Error(
            f"{model._meta.label}.reference_prefix is not one or more words of capital letters: "
            f"“{model.reference_prefix}”.",
            hint='Set reference_prefix = "EV": the references of its records are then EV-0001, EV-0002.',
            obj=model,
            id="content.E018",
        )
        return
    for other in others:
        if other.reference_prefix == model.reference_prefix and not other._meta.proxy:
            yield checks.Error(
                f"{model._meta.label}.reference_prefix “{model.reference_prefix}” is that of {other._meta.label} too.",
                obj=model,
                id="content.E019",
            )
