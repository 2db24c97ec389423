"""How far the public record is checked against its sources, counted from the rows themselves."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Q, Value

from pkportal.content.checking import Checkable


@dataclass(frozen=True)
class CheckCount:
    """How many records of one kind are public, and how many of them are checked as they stand."""

    model: type
    total: int
    checked: int

    @property
    def label(self):
        """Name the kind in the plural."""
        return self.model._meta.verbose_name_plural

    @property
    def share(self):
        """Give the checked part in whole per cent, rounded down: only all of it is a hundred."""
        return 100 * self.checked // self.total if self.total else 0


def check_counts():
    """Count every kind of record that can be checked, in one query; the largest first."""
    models = {
        model._meta.label: model
        for model in apps.get_models()
        if issubclass(model, Checkable) and not model._meta.proxy
    }
    first, *others = [count_checked(model, label) for label, model in models.items()]
    found = first.union(*others, all=True)
    kinds = [CheckCount(models[label], total, checked) for label, total, checked in found]
    return sorted(kinds, key=lambda it: (-it.total, it.label))


def count_checked(model, label):
    """Ask how many public records of a kind there are and how many are checked."""
    total, checked = Count("pk"), Count("pk", filter=Q(is_checked=True))
    rows = model.objects.published().order_by().annotate(of_kind=Value(label)).values("of_kind")
    return rows.annotate(total=total, checked=checked).values_list("of_kind", "total", "checked")
