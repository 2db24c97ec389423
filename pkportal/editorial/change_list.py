"""Change list of the admin that loads only the columns it shows, and stays fast with a million rows."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.humanize.templatetags.humanize import intcomma
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.sql.where import WhereNode
from django.utils.translation import gettext as _

from pkportal.content.name_order import BY_NAME, is_name
from pkportal.content.queries import IsAmong, unlisted_columns
from pkportal.website.list_paginator import ListPaginator

MAX_FOUND = 10_000  # rows of a search that are listed


class RecordChangeList(ChangeList):
    """A change list that does not load long texts and computed columns."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django would look up the view of each link to see whether it leads to this list; none does
        self.filters_of_links, self.preserved_filters = self.preserved_filters, ""

    def url_for_result(self, result):
        """Return the address of a row's form, which leads back to the list with its filters."""
        address = super().url_for_result(result)
        return f"{address}?{self.filters_of_links}" if self.filters_of_links else address

    def get_filters(self, request):
        """Redirect to the unfiltered list for an unknown filter, as Django does for an invalid value."""
        try:
            return super().get_filters(request)
        except DisallowedModelAdminLookup as error:
            raise IncorrectLookupParameters from error

    def get_ordering_field(self, field_name):
        """Sort a column of names as people sort them."""
        name = super().get_ordering_field(field_name)
        is_own = isinstance(name, str) and name in {field.name for field in self.lookup_opts.fields}
        return f"{name}{BY_NAME}" if is_own and is_name(self.lookup_opts.get_field(name)) else name

    def get_results(self, request):
        """Say that a search found more than is listed."""
        super().get_results(request)
        if isinstance(self.result_count, AtLeast):
            text = _("More than %(number)s were found; the first are listed. Add a word or a filter to find others.")
            messages.info(request, text % {"number": intcomma(int(self.result_count))})

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


class AtLeast(int):
    """A number of rows beyond which none were counted: 10,000+."""

    def __str__(self):
        return f"{intcomma(int(self))}+"


class SearchPaginator(ListPaginator):
    """Paginator of a search: it lists the first thousands of rows that the database finds, in the order of the list.

    To look for a word in the order of a list may read all rows, and to order all that is found, too.
    """

    def __init__(self, queryset, per_page, orphans=0, allow_empty_first_page=True):
        keys = [*queryset.order_by().values_list("pk", flat=True)[: MAX_FOUND + 1]]
        number = AtLeast(MAX_FOUND) if len(keys) > MAX_FOUND else len(keys)
        # as one text, which costs less to send than thousands of numbers
        found = Cast(Value(f"{{{','.join(map(str, keys[:MAX_FOUND]))}}}"), ArrayField(BigIntegerField()))
        in_order = queryset.model._base_manager.filter(IsAmong(F("pk"), found)).order_by(*queryset.query.order_by)
        super().__init__(rows_by_keys_alone(queryset), per_page, number, in_order.values("pk"))

    def page(self, number):
        """Return a page, found by its keys."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self._get_page(self.object_list.filter(pk__in=self.keys[first : first + self.per_page]), number, self)


def rows_by_keys_alone(rows: QuerySet) -> QuerySet:
    """Return the query of rows that are found by keys which meet its conditions; some conditions join tables."""
    if len(rows.query.alias_map) > 1:
        return rows
    rows = rows.all()
    rows.query.where = WhereNode()
    return rows


class UsedRecordsFilter(RelatedOnlyFieldListFilter):
    """Filter by the related records that are in use; each of them is looked up, and not all rows are read for them."""

    def field_choices(self, field, request, model_admin):
        """Return the related records that some record has."""
        if field.many_to_many:  # without the records themselves, of which there may be many more than links
            rows = field.remote_field.through._base_manager.filter(**{field.m2m_reverse_field_name(): OuterRef("pk")})
        else:
            rows = model_admin.get_queryset(request).order_by().filter(**{self.field_path: OuterRef("pk")})
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, limit_choices_to=Q(Exists(rows)), ordering=ordering)


def related_model(model: Any, path: str) -> type[models.Model]:
    """Return the model at the end of a path of relations."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model
