"""Pages of claims: those of the texts of one record, and how many of all cite a source, by kind and by record."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from pkportal.content.contracts import fields_along
from pkportal.content.registry import models_with_label, parts_of
from pkportal.content.roots import root_path
from pkportal.exchange.registry import resources_by_model
from pkportal.sources.claims import claims, claims_of, markdown_fields


class Coverage(NamedTuple):
    """How many claims the texts of a kind or of a record have, and how many of them cite a source."""

    name: str
    address: str
    claims: int
    cited: int

    @property
    def uncited(self) -> int:
        """Return how many cite nothing."""
        return self.claims - self.cited

    @property
    def share(self) -> int:
        """Return the cited share in whole per cent, rounded down: only all of it is a hundred."""
        return 100 * self.cited // self.claims if self.claims else 0


class ClaimPages(admin.ModelAdmin):
    """Admin with the pages of claims."""

    def get_urls(self):
        """Add the pages of claims."""
        view = self.admin_site.admin_view
        return [
            path("claims/", view(self.coverage), name="changes_check_coverage"),
            path("claims/<str:kind>/<str:reference>/", view(self.claims), name="changes_check_claims"),
            *super().get_urls(),
        ]

    def claims(self, request, kind, reference):
        """Show each claim of the texts of a record, with its citations or without any."""
        model = models_with_label().get(kind)
        if model is None or not markdown_fields(model):
            raise Http404
        if not request.user.has_perm(f"{model._meta.app_label}.{get_permission_codename('view', model._meta)}"):
            raise PermissionDenied
        record = model._base_manager.filter(reference=reference).first()
        if record is None:
            raise Http404
        texts = [
            (capfirst(field.verbose_name), claims(getattr(record, field.name))) for field in markdown_fields(model)
        ]
        found = [claim for _label, of_text in texts for claim in of_text]
        context = {
            "title": gettext("Claims of %(record)s") % {"record": record},
            "texts": [(label, of_text) for label, of_text in texts if of_text],
            "total": len(found),
            "uncited": sum(not claim.is_cited for claim in found),
            "parts": [*coverage_of_parts(record)],
            "form_address": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk]),
        }
        return self.claims_page(request, "admin/changes/claims.html", context)

    def coverage(self, request):
        """Show how many claims cite a source, by kind and by record, with the least covered first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        by_kind: dict[Any, list[int]] = {}
        by_root: dict[tuple[Any, int], list[int]] = {}
        for model in resources_by_model():
            for root, numbers in counted_claims(model):
                add(by_kind.setdefault(model, [0, 0]), numbers)
                if root and parts_of(root[0]):
                    add(by_root.setdefault(root, [0, 0]), numbers)
        context = {
            "title": gettext("Claims with and without a source"),
            "kinds": [
                Coverage(capfirst(model._meta.verbose_name_plural), "", *numbers) for model, numbers in by_kind.items()
            ],
            "records": sorted((it for it in coverage_of(by_root) if it.claims), key=lambda it: (-it.uncited, it.name)),
        }
        return self.claims_page(request, "admin/changes/claim_coverage.html", context)

    def claims_page(self, request, template, context):
        """Render a page of the admin."""
        own = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, template, {**own, **context})


def add(numbers: list[int], more: list[int]) -> None:
    """Add numbers to others, place by place."""
    numbers[:] = [number + other for number, other in zip(numbers, more, strict=True)]


def counted_claims(model: Any) -> Iterator[tuple[tuple[Any, int] | None, list[int]]]:
    """Yield for each record of a model its root, as a model and a key, and the numbers of claims and of cited ones."""
    fields = markdown_fields(model)
    if not fields:
        return
    key = "__".join([*root_path(model), "pk"])
    for pk, *texts in model._base_manager.order_by().values_list(key, *(field.name for field in fields)):
        found = [claim for text in texts for claim in claims(text)]
        yield (root_model_of(model), pk) if pk else None, [len(found), sum(claim.is_cited for claim in found)]


def coverage_of(by_root: dict[tuple[Any, int], list[int]]) -> Iterator[Coverage]:
    """Yield the coverage of each root record and its parts, with its name and the address of its claims."""
    for model in {model for model, _pk in by_root}:
        records = model._base_manager.in_bulk([pk for root, pk in by_root if root is model])
        for pk, record in records.items():
            yield Coverage(str(record), claims_address(record), *by_root[model, pk])


def coverage_of_parts(root: Any) -> Iterator[Coverage]:
    """Yield the coverage of each part of a record that has claims."""
    model: Any
    for model in resources_by_model():
        path = root_path(model)
        if path and markdown_fields(model) and root_model_of(model) is type(root):
            to_root = "__".join(path)
            for part in model._base_manager.filter(**{to_root: root.pk}).select_related(to_root).order_by("pk"):
                found = claims_of(part)
                if found:
                    cited = sum(claim.is_cited for claim in found)
                    yield Coverage(str(part), claims_address(part), len(found), cited)


def root_model_of(model: Any) -> Any:
    """Return the model of the roots of a model's records."""
    path = root_path(model)
    return fields_along(model, "__".join(path))[-1].related_model if path else model


def claims_address(record: Any) -> str:
    """Return the address of the claims of a record."""
    return reverse("admin:changes_check_claims", args=[record._meta.label_lower, record.reference])
