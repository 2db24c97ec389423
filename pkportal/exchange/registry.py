"""Every kind of content that has a file, found by contract: each app's ``rows`` module, each class with a name."""

from graphlib import TopologicalSorter

from django.utils.module_loading import autodiscover_modules

from .resource import Resource


def resources_by_name():
    """Give the Rows of each file by its name, in an order in which what is named comes first."""
    autodiscover_modules("rows")
    rows = {kind._meta.model: kind for kind in _named_subclasses(Resource)}
    order = TopologicalSorter({model: _models_referred_to(kind) for model, kind in rows.items()})
    return {rows[model].name: rows[model] for model in order.static_order()}


def _named_subclasses(root):
    for kind in root.__subclasses__():
        yield from _named_subclasses(kind)
        if kind.name:
            yield kind


def _models_referred_to(kind):
    model = kind._meta.model
    fields = [*model._meta.fields, *model._meta.many_to_many]
    named = {field.related_model for field in fields if field.name in kind._meta.fields and field.is_relation}
    return sorted(named - {model}, key=lambda other: other._meta.label)
