"""Addresses of admin pages."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.models import ChangeSet

ROW = "draft_row"  # in the address of a form: the reference of a record that is still to be added
FROM_SET = "change_set"  # in the address of a form: the change set that it shows, if that has no root record


def change_set_address(change_set: ChangeSet) -> str:
    """Return the address of the page of a change set."""
    return reverse("admin:changes_changeset_change", args=[change_set.pk])


def form_address(model: Any, pk: int, change_set: ChangeSet | None = None) -> str:
    """Return the address of the form of a record.

    It shows the open change set of the root record; that of a file, which has none, only where the address names it.
    """
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
    is_rootless = change_set is not None and change_set.is_open and not change_set.root_reference
    return f"{address}?{FROM_SET}={change_set.pk}" if change_set and is_rootless else address


def row_address(model: Any, reference: str) -> str:
    """Return the address of the form of a record that an open change set is to add."""
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_add')}?{ROW}={reference}"


def imported_address(imported: ImportedFile) -> str:
    """Return the address of the page of an imported file."""
    opts = imported.model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_imported", args=[imported.pk])


def imports_address(model: Any) -> str:
    """Return the address of the list of the files that were imported into a kind."""
    return f"{reverse('admin:changes_importedfile_changelist')}?{urlencode({'kind': model._meta.label_lower})}"
