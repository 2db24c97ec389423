"""Hub: the form of a record counts what is linked to it by kind, leads to the lists, and adds with it filled in."""

from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin import RelatedFieldListFilter
from django.db.models import Field
from django.urls import reverse
from django.utils.text import capfirst

from pkportal.changes.cells import draft_columns
from pkportal.content.models import Record
from pkportal.content.queries import count_each
from pkportal.content.registry import models_with
from pkportal.exchange.widgets import split_values

from .autocomplete import is_key
from .draft_forms import Draft
from .drafting import draft_of


class LinkedKind(NamedTuple):
    """The records of one kind that a field links to a record: how many, the list of them, and the form of another.

    ``drafted`` counts those that the draft of the record is to add.
    """

    label: str
    number: int
    address: str
    add_address: str
    drafted: int = 0


class ChosenRecordFilter(RelatedFieldListFilter):
    """Filter by one related record, which the address of the list names."""

    def field_choices(self, field, request, model_admin):
        """Return the record that is named, and no other of perhaps very many."""
        keys = [key for key in self.lookup_val or () if is_key(key)]
        return field.get_choices(include_blank=False, limit_choices_to={"pk__in": keys})

    def has_output(self):
        """Show the one choice."""
        return True


class HubAdmin(admin.ModelAdmin):
    """Admin whose form counts the records that are linked to its record."""

    def get_list_filter(self, request):
        """Add a filter for each link that the address names and no filter of the list is for."""
        filters = super().get_list_filter(request)
        offered = {entry[0] if isinstance(entry, tuple) else entry for entry in filters}
        chosen = [name for name in linking_fields(self.model) if filter_parameter(name) in request.GET]
        return [*filters, *((name, ChosenRecordFilter) for name in chosen if name not in offered)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Count what is linked to the record."""
        context["linked_kinds"] = self.linked_kinds(request, obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def linked_kinds(self, request, record) -> list[LinkedKind]:
        """Return the kinds of which a field links records to a record, in one query; those the account may see."""
        fields = {
            f"{model._meta.label}.{field.name}": field
            for model, field in fields_to(type(record))
            if self.admin_site._registry[model].has_view_permission(request)
        }
        linked = {name: field.model._default_manager.filter(**{field.name: record}) for name, field in fields.items()}
        numbers = count_each(linked) if linked else {}
        kinds = [type(record), *(field.model for field in fields.values())]
        return [
            self.linked_kind(request, record, field, numbers[name], kinds.count(field.model) > 1)
            for name, field in fields.items()
        ]

    def linked_kind(self, request, record, field, number, is_ambiguous) -> LinkedKind:
        """Return one kind; the field is named where its kind alone says too little."""
        opts = field.model._meta
        prefix = f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}"
        label = capfirst(opts.verbose_name_plural) + (f" ({field.verbose_name})" if is_ambiguous else "")
        may_add = self.admin_site._registry[field.model].has_add_permission(request)
        return LinkedKind(
            label,
            number,
            f"{reverse(f'{prefix}_changelist')}?{filter_parameter(field.name)}={record.pk}",
            f"{reverse(f'{prefix}_add')}?{field.name}={record.pk}" if may_add else "",
            count_drafted(draft_of(request), field, record),
        )


def count_drafted(draft: Draft | None, field: Field, record: Record) -> int:
    """Return how many records a draft is to add that a field links to a record."""
    column = draft_columns(field.model).get(field.name)
    if draft is None or column is None:
        return 0
    code = column.widget.render([record] if field.many_to_many else record)
    added = (draft.changes[reference] for reference in draft.added(field.model))
    return sum(code in split_values(change.cells.get(field.name, ("", ""))[1]) for change in added)


def fields_to(model: Any) -> list[tuple[Any, Field]]:
    """Return the fields of records that link to records of a model, with the models that have them."""
    return [
        (record, field)
        for record in models_with(Record)
        for field in map(record._meta.get_field, linking_fields(record))
        if field.related_model is model
    ]


def linking_fields(model: Any) -> list[str]:
    """Return the names of the fields by which records of a model link to records."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [field.name for field in fields if field.is_relation and issubclass(field.related_model, Record)]


def filter_parameter(name: str) -> str:
    """Return the parameter of a list by which Django filters by a linked record."""
    return f"{name}__id__exact"
