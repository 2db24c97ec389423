"""Titles of drafts: what a record is called while it may still lack what its name is made of."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.validators import EMPTY_VALUES
from django.db.models import Model, QuerySet

MISSING = "…"  # in the place of what a new record lacks


def is_left_blank(value: Any) -> bool:
    """True if nothing was typed or chosen."""
    return value in EMPTY_VALUES or (isinstance(value, QuerySet) and not value)


def title_of_draft(record: Model, typed: Mapping[str, Any]) -> str:
    """Return a record in words with what was typed; where that is blank, with what is on record.

    It is called by its kind if that makes no words.
    """
    fields = {field.name: field for field in record._meta.concrete_fields if not field.generated}
    given = {name: value for name, value in typed.items() if name in fields and not is_left_blank(value)}
    known = {name: known_value(record, field) for name, field in fields.items() if name not in given}
    draft = type(record)(**given, **{name: value for name, value in known.items() if value is not None})
    if record.pk is None:
        for name, value in known.items():
            if is_left_blank(value) and not (fields[name].blank or fields[name].is_relation):
                setattr(draft, name, MISSING)
    try:
        words = str(draft)
    except (AttributeError, LookupError, TypeError, ValueError, ObjectDoesNotExist):
        words = ""
    return words.strip() if any(map(str.isalnum, words)) else str(record._meta.verbose_name)


def known_value(record: Model, field: Any) -> Any:
    """Return what a record has in a field; a linked record only if it is loaded."""
    return record._state.fields_cache.get(field.name) if field.is_relation else getattr(record, field.name)
