"""Addresses of admin pages."""

from django.urls import reverse

from pkportal.changes.models import ChangeSet


def change_set_address(change_set: ChangeSet) -> str:
    """Return the address of the page of a change set."""
    return reverse("admin:changes_changeset_change", args=[change_set.pk])
