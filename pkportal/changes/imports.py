"""Change sets of files: what a file does to records that the public sees waits for review like any other change."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, Q

from pkportal.content.models import Part, Publishable, Status
from pkportal.content.roots import root_path
from pkportal.exchange.importing import ImportResult
from pkportal.exchange.resource import ImportedRow

from .cells import draft_columns
from .drafts import Edit, extend
from .models import Action, Change, ChangeSet, Origin


def touches_public(model: Any, result: ImportResult) -> bool:
    """True if any row of a file that was just imported changes what the public sees, or adds to it."""
    pks = [row.object_id for row in [*result.new, *result.changed]]
    rows = model._base_manager.filter(pk__in=pks)
    if issubclass(model, Publishable):
        was_or_is_public = any("status" in row.cells for row in result.changed)
        return was_or_is_public or rows.filter(status=Status.PUBLISHED).exists()
    if not issubclass(model, Part):
        return bool(pks)
    path = "__".join(root_path(model))
    return rows.filter(Q(**{f"{path}__status": Status.PUBLISHED}) | Q(**{f"{path}__isnull": True})).exists()


def propose_import(model: Any, result: ImportResult, author: User) -> ChangeSet:
    """Return a new change set with the rows of a file that are new or changed."""
    change_set = ChangeSet.objects.create(title=result.file[:300], origin=Origin.IMPORT, opened_by=author)
    extend(change_set, [edit_of(model, row) for row in [*result.new, *result.changed]], author)
    return change_set


def edit_of(model: Any, row: ImportedRow) -> Edit:
    """Return what one row of a file does; its check and its dates of publication are left out."""
    columns = draft_columns(model)
    cells = {name: cells for name, cells in row.cells.items() if name in columns}
    return Edit(model, row.reference, Action.ADD if row.is_new() else Action.CHANGE, row.title, cells)


def drafted_in(model: type[Model], result: ImportResult) -> dict[str, ChangeSet]:
    """Return the open change sets that change records of a file too, by the reference of the record."""
    references = [row.reference for row in result.changed]
    label = model._meta.label_lower
    changes = Change.objects.filter(kind=label, reference__in=references, change_set__in=ChangeSet.objects.open())
    return {change.reference: change.change_set for change in changes.select_related("change_set")}
