"""Registry of what search covers: the models and the field words of each, collected once a process."""

from functools import cache

from pkportal.content.pages import Searchable, SearchMethod
from pkportal.content.registry import models_with
from pkportal.sources.cited_by import can_cite, rows_citing
from pkportal.sources.models import Source

KIND_FIELD = "kind"  # the field word that names a model: kind:lesson


@cache
def searchable_models() -> dict[str, type[Searchable]]:
    """Return the models that search covers, by name."""
    return {model._meta.model_name: model for model in models_with(Searchable)}


@cache
def search_fields_of(model: type[Searchable]) -> dict[str, list]:
    """Return the lookups of each field word of a model; a model that can cite has the field word ``source`` too."""
    fields = {
        word: lookups if isinstance(lookups, list) else [lookups] for word, lookups in model.search_fields.items()
    }
    return {**({"source": [SearchMethod(rows_citing, Source)]} if can_cite(model) else {}), **fields}


@cache
def field_names() -> tuple[str, ...]:
    """Return the field words of all models, and the one that names a model."""
    names = dict.fromkeys(name for model in searchable_models().values() for name in search_fields_of(model))
    return (KIND_FIELD, *names)


def code_columns(model: type[Searchable]) -> list[str]:
    """Return the columns by which a record is found as by its name: its key, if it is one column, and its codes."""
    key = model.key_fields if len(model.key_fields) == 1 else ()
    return [*dict.fromkeys([*key, *(model.names_in.codes if model.names_in else ())])]
