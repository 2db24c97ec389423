"""Registry of the installed models, found by their base classes and never by name."""

from functools import cache
from typing import Any

from django.apps import apps

from .models import Part, Record


@cache
def models_with(contract: type) -> list[type[Any]]:
    """Return the models that keep a contract, in the order of their apps: ``models_with(HasPage)``."""
    return [model for model in apps.get_models() if issubclass(model, contract) and not model._meta.proxy]


@cache
def parts_of(model: type[Any]) -> list[type[Part]]:
    """Return the models whose records are part of this model's records, directly."""
    return [part for part in models_with(Part) if part.part_of == model._meta.model_name]


@cache
def models_with_label() -> dict[str, type[Record]]:
    """Return the models of all records by their labels in small letters: ``{"app.model": Model, …}``."""
    return {model._meta.label_lower: model for model in models_with(Record)}


def model_with_reference(reference: str) -> type[Record] | None:
    """Return the model whose records have permanent references like this one."""
    prefix, _hyphen, _number = reference.rpartition("-")
    return next((model for model in models_with(Record) if model.reference_prefix == prefix), None)


def record_with_reference(reference: str) -> Record | None:
    """Return the record of any kind that has a permanent reference, public or not; None if there is none."""
    model = model_with_reference(reference)
    return model._base_manager.filter(reference=reference).first() if model else None
