"""Links that lead nowhere by their format alone: addresses that are none, and Markdown that a page shows as typed."""

from django.db import models
from django.db.models import Q

from pkportal.content.queries import any_of

from .fields import MarkdownField

ADDRESS = r"^https?://[^\s/.]+(\.[^\s/.]+)+(:[0-9]+)?([/?#]\S*)?$"
NO_TARGET = r"\]\(\s*<?(?!https?://[^/\\\s]+\.[^/\\\s]|mailto:\S+@|/(?![/\\])|#)"  # as ``is_allowed`` reads links


def may_have_links(model: type[models.Model]) -> bool:
    """True if records of a model have an address or a text in Markdown."""
    return any(isinstance(field, models.URLField | MarkdownField) for field in model._meta.fields)


def has_invalid_link(model: type[models.Model]) -> Q:
    """Return the condition that an address of a record, or a link in its texts, is not an address by its format."""
    conditions = []
    for field in model._meta.fields:
        if isinstance(field, models.URLField):
            conditions.append(~Q(**{field.name: ""}) & ~Q(**{f"{field.name}__iregex": ADDRESS}))
        elif isinstance(field, MarkdownField):
            conditions.append(Q(**{f"{field.name}__iregex": NO_TARGET}))
    return any_of(conditions)
