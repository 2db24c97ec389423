"""Clashes: where others changed meanwhile what a change set changes too, somebody chooses, field by field."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .applying import problems_of
from .cells import draft_columns
from .comparing import CellDifference, cell_difference
from .drafts import give_up, may_edit, note_saved
from .models import OPEN, Action, Change, ChangeSet
from .past import last_cells
from .problems import Problem
from .review import lock
from .wording import CellWords

MINE, THEIRS = "mine", "theirs"


class Clash(NamedTuple):
    """One clash in words: what the cell was, what others made of it, and what the change set makes of it.

    Without a column it is about the whole record, which others deleted.
    """

    reference: str
    title: str
    column: str
    action: str
    was: str
    theirs: CellDifference | None
    mine: CellDifference | None
    seen: str  # a digest of theirs: what whoever chooses has seen

    @property
    def name(self):
        """Return the name of the choice in the form."""
        return choice_name(self.reference, self.column)


class ProblemInWords(NamedTuple):
    """What keeps a change set from being published, other than a clash: of which record, in which field, and why."""

    reference: str
    title: str
    label: str
    message: str
    needs: ChangeSet | None  # that must be published first


def problems_in_words(change_set: ChangeSet, problems: Iterable[Problem]) -> list[ProblemInWords]:
    """Return the problems of a change set that are no clashes, as readers call records and fields."""
    changes = {change.reference: change for change in change_set.changes.all()}
    named = []
    for problem in problems:
        if not problem.is_clash:
            change = changes.get(problem.reference)
            title = change.title if change else ""
            named.append(ProblemInWords(problem.reference, title, problem.label, problem.message, problem.needs))
    return named


def choice_name(reference: str, column: str) -> str:
    """Return the name of a choice: ``clash.MI-0007.summary``."""
    return f"clash.{reference}.{column}"


def seen_name(name: str) -> str:
    """Return the name under which a form sends what was seen."""
    return f"seen.{name}"


def clashes_of(change_set: ChangeSet, problems: Iterable[Problem]) -> list[Clash]:
    """Return the clashes among the problems of a change set."""
    changes = {change.reference: change for change in change_set.changes.all()}
    found = [(problem, changes[problem.reference]) for problem in problems if problem.is_clash]
    words = CellWords(
        (change.model, {problem.column: [*change.cells[problem.column], problem.theirs]})
        for problem, change in found
        if problem.column
    )
    return [clash(problem, change, words) for problem, change in found]


def clash(problem: Problem, change: Change, words: CellWords) -> Clash:
    """Return one clash in words."""
    title = f"{capfirst(str(change.model._meta.verbose_name))}: {change.title}"
    seen = digest_of_cell(problem.theirs)
    if not problem.column:
        return Clash(change.reference, title, "", change.action, "", None, None, seen)
    was, mine = change.cells[problem.column]
    column = draft_columns(change.model)[problem.column]
    theirs_now, mine_now = (
        cell_difference(change.model, problem.column, was, new, words) for new in (problem.theirs, mine)
    )
    was_now = words.of(change.model, column, was)
    return Clash(change.reference, title, problem.column, change.action, was_now, theirs_now, mine_now, seen)


def digest_of_cell(cell: str) -> str:
    """Return a short digest of a cell, so that a choice is about what was seen."""
    return hashlib.sha256(cell.encode()).hexdigest()[:12]


def settle(change_set: ChangeSet, user: User, choices: Mapping[str, str]) -> int:
    """Settle the clashes about which a form has a choice, and return how many are left.

    Raises ``PermissionDenied`` or ``ValidationError``; nothing is stored then.
    """
    with transaction.atomic():
        locked = lock(change_set, *OPEN)
        if not may_edit(user, locked):
            raise PermissionDenied
        clashes = [problem for problem in problems_of(locked) if problem.is_clash]
        changes = {change.reference: change for change in locked.changes.all()}
        settled = 0
        for problem in clashes:
            name = choice_name(problem.reference, problem.column)
            choice = choices.get(name)
            if choice in (MINE, THEIRS):
                if choices.get(seen_name(name)) != digest_of_cell(problem.theirs):
                    raise ValidationError(_("It was changed again meanwhile: look at the page again, then choose."))
                choose(changes[problem.reference], problem, choice)
                settled += 1
        if not settled:
            raise ValidationError(_("Choose what is to be kept."))
        save_choices(locked, changes.values(), user)
        return len(clashes) - settled


def choose(change: Change, problem: Problem, choice: Any) -> None:
    """Change one change so that it no longer clashes; without cells it is to be dropped."""
    if change.action == Action.REMOVE or not problem.column:
        choose_record(change, choice)
    elif choice == MINE:
        change.cells[problem.column] = [problem.theirs, change.cells[problem.column][1]]
    else:
        del change.cells[problem.column]


def choose_record(change: Change, choice: Any) -> None:
    """Remove a record as it is now, add again one that was deleted, or drop the change."""
    last = last_cells(change.model, change.reference) if choice == MINE else {}
    if change.action == Action.REMOVE:
        change.cells = {name: [cell, ""] for name, cell in last.items()}
        return
    new = last | {name: new for name, (_was, new) in change.cells.items()} if last else {}
    change.action, change.cells = Action.ADD, {name: ["", cell] for name, cell in new.items()}


def save_choices(change_set: ChangeSet, changes: Iterable[Change], user: User) -> None:
    """Store the changes after the choices; whatever was approved must be approved again."""
    empty = [change.reference for change in changes if not change.cells]
    Change.objects.bulk_update([change for change in changes if change.cells], ["action", "cells"])
    change_set.changes.filter(reference__in=empty).delete()
    note_saved(change_set, user)
    if not change_set.changes.exists():
        give_up(change_set, user, _("Nothing was left to change."))
