"""The models that are installed, found by the contracts they keep and never by name."""

from functools import cache
from typing import Any

from django.apps import apps

from .models import Part


@cache
def models_with(contract: type) -> list[type[Any]]:
    """Return the models that keep a contract, in the order of their apps: ``models_with(HasPage)``."""
    return [model for model in apps.get_models() if issubclass(model, contract) and not model._meta.proxy]


@cache
def parts_of(model: type[Any]) -> list[type[Part]]:
    """Return the models whose records are part of this model's records, directly."""
    return [part for part in models_with(Part) if part.part_of == model._meta.model_name]
