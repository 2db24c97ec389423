"""Change list of the admin that loads only the columns it shows, and stays fast with a million rows."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import RelatedOnlyFieldListFilter
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import Exists, OuterRef, Q

from pkportal.website.lists import ListPaginator


class RecordChangeList(ChangeList):
    """A change list that does not load long texts and computed columns."""

    def get_filters(self, request):
        """Redirect to the unfiltered list for an unknown filter, as Django does for an invalid value."""
        try:
            return super().get_filters(request)
        except DisallowedModelAdminLookup as error:
            raise IncorrectLookupParameters from error

    def apply_select_related(self, qs):
        """Defer the columns that no row shows, of the records and of related records."""
        loaded = {"": self.model} | {path: related_model(self.model, path) for path in self.list_select_related or ()}
        deferred = [
            f"{path}__{name}".removeprefix("__") for path, model in loaded.items() for name in unlisted_columns(model)
        ]
        return super().apply_select_related(qs).defer(*deferred)


class RecordPaginator(ListPaginator):
    """Paginator of a change list: late pages cost little more than the first."""

    def __init__(self, queryset, per_page, orphans=0, allow_empty_first_page=True):
        super().__init__(queryset, per_page, queryset.order_by().count(), queryset)


class UsedRecordsFilter(RelatedOnlyFieldListFilter):
    """Filter by the related records that are in use; each of them is looked up, and not all rows are read for them."""

    def field_choices(self, field, request, model_admin):
        """Return the related records that some row of the list has."""
        rows = model_admin.get_queryset(request).order_by().filter(**{self.field_path: OuterRef("pk")})
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, limit_choices_to=Q(Exists(rows)), ordering=ordering)


def search_condition(model: type[models.Model], fields: list[str], word: str) -> Q:
    """Return the condition that one of the search fields contains a word.

    Records that foreign keys lead to are searched on their own, each once, and not again for every row.
    """
    own: list[str] = []
    related: dict[str, list[str]] = {}
    for name in fields:
        first, _separator, rest = name.partition("__")
        if rest and model._meta.get_field(first).many_to_one:
            related.setdefault(first, []).append(rest)
        else:
            own.append(name)
    found = Q()
    for name, names in related.items():
        other = model._meta.get_field(name).related_model
        found |= Q(**{f"{name}__in": other._base_manager.filter(search_condition(other, names, word)).values("pk")})
    for name in own:
        found |= Q(**{f"{name}__icontains": word})
    return found


def related_model(model: Any, path: str) -> type[models.Model]:
    """Return the model at the end of a path of relations."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def unlisted_columns(model: type[models.Model]) -> Iterator[str]:
    """Yield the names of the columns that no list shows: texts, the codes they cite, the search column."""
    for field in model._meta.concrete_fields:
        computed = field.generated and not isinstance(field.output_field, models.BooleanField)
        if computed or isinstance(field, models.TextField):
            yield field.name
