"""Counts of what of the public record is checked against its sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce

from .checking import Checkable
from .kept_counts import columns_read, kept_counts_of, kept_number, kept_rows
from .models import Part
from .queries import IsAmong, keys_of, union_all
from .registry import models_with


@dataclass(frozen=True)
class CheckCount:
    """How many records of one model are public, and how many of them are checked."""

    model: type[models.Model]
    total: int
    checked: int

    @property
    def label(self) -> str:
        """Return the model's name in the plural."""
        return self.model._meta.verbose_name_plural

    @property
    def share(self) -> int:
        """Return the checked share in whole per cent, rounded down: only all of it is a hundred."""
        return 100 * self.checked // self.total if self.total else 0


class GroupCount(NamedTuple):
    """How many records of a group are public, and how many of them are checked."""

    group: str
    total: int
    checked: int


def check_counts() -> list[CheckCount]:
    """Count the records of every model that can be checked, in one query; the largest first."""
    counts, _groups = check_counts_with([])
    return counts


def check_counts_with(groups: Iterable[QuerySet]) -> tuple[list[CheckCount], list[GroupCount]]:
    """Count the records of every model that can be checked, and in the same query those of groups of records.

    ``groups`` are queries as of ``count_groups_checked``.
    """
    by_label = {model._meta.label: model for model in models_with(Checkable)}
    models = [count_checked(model, label) for label, model in by_label.items()]
    counted = [GroupCount(*row) for row in union_all([*models, *groups])]
    counts = [CheckCount(by_label[it.group], it.total, it.checked) for it in counted if it.group in by_label]
    largest_first = sorted(counts, key=lambda count: (-count.total, count.label))
    return largest_first, [it for it in counted if it.group not in by_label]


def count_checked(model, label):
    """Return the query of how many public records of a model there are and how many are checked."""
    return count_groups_checked(model, Value(label))


def count_groups_checked(model, group):
    """Return the query of how many public records of each group there are and how many are checked.

    Kept counts are read in place of the records if they have all columns that are read.
    """
    rows = _public_rows(model).order_by()
    counts = kept_counts_of(model, columns_read(rows.annotate(group_name=group).values("group_name", "is_checked")))
    is_checked = Q(is_checked=True)
    if counts:
        rows = kept_rows(rows, counts)
        total, checked = _kept_sum(rows), _kept_sum(rows, filter=is_checked)
    else:
        total, checked = Count("*"), Count(Value(1), filter=is_checked)  # an index without the key can count
    grouped = rows.annotate(group_name=group).values("group_name").annotate(total=total, checked=checked)
    return grouped.values_list("group_name", "total", "checked")


def _kept_sum(rows, **options):
    """Return how many records the rows of kept counts stand for."""
    return Cast(Coalesce(Sum(kept_number(rows), **options), Value(0)), models.BigIntegerField())


def _public_rows(model):
    """Return the public records; parts by the set of the records that they are part of, which costs half a join."""
    if not issubclass(model, Part) or "__" in model.part_of:
        return model.objects.published()
    field = model._meta.get_field(model.part_of)
    if field.null:
        return model.objects.published()
    return model.objects.filter(IsAmong(F(field.name), keys_of(field.related_model.objects.published())))
