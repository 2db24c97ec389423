"""What depends on records that are to be deleted: their parts, and the records that link to them, by name."""

from collections import Counter
from functools import cache
from typing import Any, NamedTuple

from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pkportal.content.models import Record
from pkportal.content.registry import models_with


class LinkTable(NamedTuple):
    """The table of a many-to-many field: whose it is, and its columns for that record and the one it links to."""

    model: Any
    field: Any
    own: str
    other: str


@cache
def link_tables() -> dict[Any, LinkTable]:
    """Return the tables of the links of all records, accounts and roles, by their models."""
    return {
        field.remote_field.through: LinkTable(model, field, field.m2m_field_name(), field.m2m_reverse_field_name())
        for model in [*models_with(Record), User, Group]
        for field in model._meta.many_to_many
    }


class Dependents(NestedObjects):
    """Collects what is deleted with some records, in one query for each relation, and names it without another.

    The links of a deleted record go with it and are only counted; those of other records to it are named.
    """

    def related_objects(self, related_model, related_fields, objs):
        """Load the records with those that their names are made of."""
        related = super().related_objects(related_model, related_fields, objs)
        keys = [field.name for field in related_model._meta.concrete_fields if field.many_to_one]
        return related.select_related(*keys) if keys else related

    def link_owner(self, link: Any) -> Any:
        """Return the record whose link this is."""
        return getattr(link, link_tables()[link._meta.model].own)

    def is_own_link(self, item: Any) -> bool:
        """True for a link of a record that is deleted too."""
        if item._meta.model not in link_tables():
            return False
        owner = self.link_owner(item)
        return owner in self.model_objs.get(owner._meta.model, ())

    def _nested(self, obj, seen, format_callback):
        """Leave out the links that go with their record."""
        return [] if self.is_own_link(obj) else super()._nested(obj, seen, format_callback)

    def label(self, item: Any, address_of: Any) -> str:
        """Return what is deleted in words, with a link to its form."""
        table = link_tables().get(item._meta.model)
        if table is None:
            return named(item, address_of)
        words = {"record": named(self.link_owner(item), address_of), "field": table.field.verbose_name}
        return format_html(_("{record} stays, but loses its link under “{field}”"), **words)

    def counts(self) -> dict[str, int]:
        """Count by kind what is deleted: links by whose they are and what they link to."""
        numbers: Counter[str] = Counter()
        for model, items in self.model_objs.items():
            table = link_tables().get(model)
            if table is None:
                numbers[str(model._meta.verbose_name_plural)] += len(items)
                continue
            words = {"records": table.model._meta.verbose_name_plural, "field": table.field.verbose_name}
            numbers[_("links of %(records)s: %(field)s") % words] += len(items)
        return dict(numbers)


def named(record: models.Model, address_of: Any) -> str:
    """Return a record with its kind, and with a link where it has a form."""
    kind, address = capfirst(str(record._meta.verbose_name)), address_of(record)
    if not address:
        return format_html("{}: {}", kind, record)
    return format_html('{}: <a href="{}">{}</a>', kind, address, record)
