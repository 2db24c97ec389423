"""The registry of resources: every class with a file name in an app's module ``resources``."""

import re
from functools import cache
from graphlib import TopologicalSorter

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules

from .resource import Resource


@cache
def resources_by_name() -> dict[str, type[Resource]]:
    """Return the resource classes by file name; a model comes after those that its columns link to.

    Where links leave a choice, the models of ``pkportal`` come first, then those of each app in turn.
    """
    autodiscover_modules("resources")
    resource_classes = {resource_class._meta.model: resource_class for resource_class in _named_subclasses(Resource)}
    models = sorted(resource_classes, key=lambda model: not model.__module__.startswith("pkportal."))
    graph = {model: _linked_models(resource_classes[model]) for model in models}
    order = TopologicalSorter(graph).static_order()
    return {resource_classes[model].name: resource_classes[model] for model in order}


def table_of_file(stem: str) -> str:
    """Return the table with which a file's name begins, if any: of ``contributions-country-ITA-2026-11-28 (1)``."""
    names = [name for name in resources_by_name() if re.match(rf"{name}(?![A-Za-z0-9_])", stem, re.IGNORECASE)]
    return max(names, key=len, default="")


@cache
def resources_by_model() -> dict[type[Model], type[Resource]]:
    """Return the resource classes by model, in the same order."""
    return {resource_class._meta.model: resource_class for resource_class in resources_by_name().values()}


def _named_subclasses(root):
    for subclass in root.__subclasses__():
        yield from _named_subclasses(subclass)
        if subclass.name:
            yield subclass


def _linked_models(resource_class):
    model = resource_class._meta.model
    fields = [*model._meta.fields, *model._meta.many_to_many]
    columns = resource_class._meta.fields
    linked = {field.related_model for field in fields if field.name in columns and field.is_relation}
    return sorted(linked - {model}, key=lambda other: other._meta.label)
