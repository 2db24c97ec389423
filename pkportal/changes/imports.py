"""Change sets of files: what a file does to records that the public sees waits for review like any other change."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from pkportal.content.models import Part, Publishable, Status
from pkportal.content.roots import root_path
from pkportal.exchange.importing import ImportedRow, ImportResult

from .cells import draft_columns
from .drafts import Edit, extend, lay_all, note_act
from .models import Act, Action, ChangeSet, Origin, ReviewState


def touches_public(model: Any, result: ImportResult) -> bool:
    """True if any row of a file that was just imported changes what the public sees, or adds to it."""
    was_or_is_public = any("status" in row.cells for row in result.changed)
    pks = [row.object_id for row in [*result.new, *result.changed]]
    return (was_or_is_public and issubclass(model, Publishable)) or are_public(model, Q(pk__in=pks))


def are_public(model: Any, which: Q) -> bool:
    """True if the public sees any of some records; of those without a root that can be hidden, it sees all."""
    rows = model._base_manager.filter(which)
    if issubclass(model, Publishable):
        return rows.filter(status=Status.PUBLISHED).exists()
    if not issubclass(model, Part):
        return rows.exists()
    path = "__".join(root_path(model))
    return rows.filter(Q(**{f"{path}__status": Status.PUBLISHED}) | Q(**{f"{path}__isnull": True})).exists()


def propose_import(model: Any, result: ImportResult, author: User) -> ChangeSet:
    """Return a new change set with the rows of a file that are new or changed."""
    change_set = ChangeSet.objects.create(title=result.file[:300], origin=Origin.IMPORT, opened_by=author)
    extend(change_set, edits_of(model, result), author)
    return change_set


def record_import(change_set: ChangeSet, edits: Iterable[Edit], author: User) -> None:
    """Write down in a change set what was stored at once, as no reader sees it.

    Nobody is counted as a writer: the history of the records names the account, and who publishes them is asked then.
    """
    edits = [*edits]
    lay_all(change_set, {}, edits, author)
    change_set.state, change_set.published_at, change_set.published_by = ReviewState.PUBLISHED, timezone.now(), author
    change_set.save()
    note_act(change_set, Act.SAVED, author)


def edits_of(model: Any, result: ImportResult) -> list[Edit]:
    """Return what the new and the changed rows of a file do."""
    return [edit_of(model, row) for row in [*result.new, *result.changed]]


def edit_of(model: Any, row: ImportedRow) -> Edit:
    """Return what one row of a file does; its check and its dates of publication are left out."""
    columns = draft_columns(model)
    cells = {name: cells for name, cells in row.cells.items() if name in columns}
    return Edit(model, row.reference, Action.ADD if row.is_new() else Action.CHANGE, row.title, cells)
