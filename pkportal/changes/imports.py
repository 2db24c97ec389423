"""Change sets of files: what a file does to records that the public sees waits for review like any other change."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from pkportal.content.models import Part, Publishable, Status
from pkportal.content.roots import root_path

from .drafts import Edit, extend, lay_all, note_act, note_saved
from .models import Act, ChangeSet, ReviewState


def are_public(model: Any, which: Q) -> bool:
    """True if the public sees any of some records; of those without a root that can be hidden, it sees all."""
    rows = model._base_manager.filter(which)
    if issubclass(model, Publishable):
        return rows.filter(status=Status.PUBLISHED).exists()
    if not issubclass(model, Part):
        return rows.exists()
    path = "__".join(root_path(model))
    return rows.filter(Q(**{f"{path}__status": Status.PUBLISHED}) | Q(**{f"{path}__isnull": True})).exists()


def propose_import(change_set: ChangeSet, edits: Iterable[Edit], author: User) -> None:
    """Let what a file does wait for review, as changes of a set; without edits, its stage waits in their place."""
    edits = [*edits]
    if edits:
        extend(change_set, edits, author)
    else:
        note_saved(change_set, author)


def record_import(change_set: ChangeSet, edits: Iterable[Edit], author: User) -> None:
    """Write down in a change set what was stored at once, as no reader sees it.

    Nobody is counted as a writer: the history of the records names the account, and who publishes them is asked then.
    """
    edits = [*edits]
    lay_all(change_set, {}, edits, author)
    change_set.state, change_set.published_at, change_set.published_by = ReviewState.PUBLISHED, timezone.now(), author
    change_set.save()
    note_act(change_set, Act.SAVED, author)
