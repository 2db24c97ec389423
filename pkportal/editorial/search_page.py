"""The page of the search over all kinds in the admin: what is found by kind, with links to forms and lists."""

from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.admin.views.main import SEARCH_VAR
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pkportal.content.models import Status
from pkportal.content.registry import models_with_label

from .addresses import row_address
from .search_all import SHOWN_OF_A_KIND, TO_ADD, FoundRow, search_all


class FoundRecord(NamedTuple):
    """A record that is found: its title, what tells it from others, its form, its status if it is not public."""

    title: str
    detail: str
    address: str
    status: str
    draft_address: str


class FoundKind(NamedTuple):
    """What is found of one kind: the number of all, the first of them, and the list in which all are."""

    label: str
    total: int
    records: list[FoundRecord]
    list_address: str
    has_exact: bool

    @property
    def rest(self) -> int:
        """The number of those that are not shown."""
        return self.total - len(self.records)


def search_page(admin_site: Any, request: Any) -> dict[str, Any]:
    """Return what is found for the words of a request among the kinds that its account may see."""
    words = request.GET.get(SEARCH_VAR, "").strip()
    models = [model for model, admin in admin_site._registry.items() if admin.has_view_permission(request)]
    rows = search_all(words, models) if words else []
    kinds = [found_kind(kind, [*of_kind], words) for kind, of_kind in groupby(rows, key=attrgetter("kind"))]
    return {"words": words, "kinds": sorted(kinds, key=lambda kind: not kind.has_exact), "shown": SHOWN_OF_A_KIND}


def found_kind(kind: str, rows: list[FoundRow], words: str) -> FoundKind:
    """Return what is found of one kind."""
    total, has_exact = rows[0].total, any(row.is_exact for row in rows)
    if kind == TO_ADD:
        return FoundKind(_("New in drafts"), total, [found_addition(row) for row in rows], "", has_exact)
    opts = apps.get_model(kind)._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    records = [found_record(row, f"admin:{opts.app_label}_{opts.model_name}_change") for row in rows]
    query = urlencode({SEARCH_VAR: words})
    return FoundKind(capfirst(opts.verbose_name_plural), total, records, f"{address}?{query}", has_exact)


def found_record(row: FoundRow, url_name: str) -> FoundRecord:
    """Return one record, with the draft that changes it."""
    is_hidden = row.status in Status.values and row.status != str(Status.PUBLISHED)
    status = Status(row.status).label if is_hidden else ""
    return FoundRecord(row.title, row.detail, reverse(url_name, args=[row.pk]), status, draft_address(row))


def found_addition(row: FoundRow) -> FoundRecord:
    """Return a record that a draft adds; its form is that of a new record."""
    model = models_with_label()[row.status]
    detail = f"{capfirst(model._meta.verbose_name)} {row.detail}"
    return FoundRecord(row.title, detail, row_address(model, row.detail), "", draft_address(row))


def draft_address(row: FoundRow) -> str:
    """Return the address of the open change set that a record is in."""
    return reverse("admin:changes_changeset_change", args=[row.draft]) if row.draft else ""
