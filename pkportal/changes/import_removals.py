"""Removals by a file that is the whole of something: what it may be the whole of, and what becomes of what it lacks."""

from typing import Any

from django.contrib.auth import get_permission_codename

from pkportal.content.models import Status
from pkportal.exchange.staging.removals import (
    count_removals,
    removed_records,
    value_of_all,
    which_removed,
    withdrawal_words,
)
from pkportal.exchange.staging.stage import Stage
from pkportal.exchange.staging.stage_columns import StageColumn

from .cells import STATUS, WITHDRAWAL_REASON, cells_of
from .drafts import Edit, removal
from .imports import are_public
from .models import Action


def possible_wholes(stage: Stage) -> list[str]:
    """Return what a file may be the whole of: ``kind=news`` if all of its rows are of this kind."""
    wholes = []
    for column in stage.columns:
        is_choice = column.is_link or bool(column.field and column.field.choices)
        if not is_choice or column.is_self_link or column.is_default or not column.is_stored:
            continue
        stored = value_of_all(stage, column)
        if stored not in (None, ""):
            wholes.append(f"{column.name}={text_of(column, stored)}")
    return wholes


def text_of(column: StageColumn, stored: Any) -> str:
    """Return what a stored value of a link or of a choice is in a file."""
    widget: Any = column.column.widget
    if column.is_link:
        return widget.model._base_manager.values_list(widget.key, flat=True).get(pk=stored)
    return widget.render(stored)


def removal_waits(stage: Stage, user: Any) -> bool:
    """True if readers see any of the records that a file does not have, or whoever sent it may not delete them."""
    if not count_removals(stage):
        return False
    opts = stage.model._meta
    may_delete = user.has_perm(f"{opts.app_label}.{get_permission_codename('delete', opts)}")
    return not may_delete or are_public(stage.model, which_removed(stage))


def removal_edits(stage: Stage) -> list[Edit]:
    """Return what becomes of the records that a file does not have: they are removed, or withdrawn."""
    return [withdrawal(record) if is_withdrawn else removal(record) for record, is_withdrawn in removed_records(stage)]


def withdrawal(record: Any) -> Edit:
    """Return the edit that withdraws a published record."""
    new = {STATUS: str(Status.WITHDRAWN), WITHDRAWAL_REASON: withdrawal_words()}
    was = cells_of(record, [*new])
    cells = {name: (was[name], cell) for name, cell in new.items()}
    return Edit(type(record), record.reference, Action.CHANGE, str(record), cells)
